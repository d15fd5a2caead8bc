import { z } from 'zod';
import { endpoint, may, orgParams, pastQuery } from '../platform/endpoint.ts';

/** The documents an auditor asks for, by the name in their address. */
export const reportNames = ['scope', 'soa', 'treatment-plan', 'risk-register', 'evidence-index'] as const;
export type ReportName = (typeof reportNames)[number];

export const reportFormats = ['pdf', 'docx', 'xlsx'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** How a document stands: an approved or superseded version, a draft (in review too), or a register printed for information. */
export const reportStandings = ['draft', 'approved', 'superseded', 'plain'] as const;

/** The id of a version, or `latest` for the one with the highest number; without it the one in force, else the latest. */
export const reportVersion = z.union([z.uuid(), z.literal('latest')]);

const version = z.strictObject({
  id: z.uuid(),
  /** "Version 3", "Draft 4", as it stands on the document. */
  label: z.string(),
  standing: z.enum(reportStandings),
  /** The day of approval, for a draft that of its last change. */
  on: z.iso.date(),
});
export type ReportVersion = z.infer<typeof version>;

export const reportInfo = z
  .strictObject({
    report: z.enum(reportNames),
    title: z.string(),
    /** What it shows, in one sentence. */
    about: z.string(),
    formats: z.array(z.enum(reportFormats)),
    /** Newest first. Empty for a document without versions of its own. */
    versions: z.array(version),
    /** The standing of what is printed when no version is named; null while there is nothing to print. */
    standing: z.enum(reportStandings).nullable(),
    /** What has to be made first; null when the document can be had. */
    missing: z.string().nullable(),
  })
  .meta({ id: 'ReportInfo' });
export type ReportInfo = z.infer<typeof reportInfo>;

export const listReports = endpoint({
  name: 'reports.list',
  method: 'GET',
  path: '/api/v1/orgs/:org/reports',
  access: may('reports.read'),
  summary: 'The documents that can be had, with their versions, standing and dates',
  params: orgParams,
  query: z.strictObject(pastQuery),
  response: z.strictObject({ items: z.array(reportInfo) }),
  asOf: true,
});

export const readReport = endpoint({
  name: 'reports.read',
  method: 'GET',
  path: '/api/v1/orgs/:org/reports/:report',
  access: may('reports.read'),
  summary: 'A document as PDF (tagged), DOCX or XLSX; whatever is not approved says so on every page',
  params: orgParams.extend({ report: z.enum(reportNames) }),
  query: z.strictObject({ format: z.enum(reportFormats).default('pdf'), version: reportVersion.optional(), ...pastQuery }),
  asOf: true,
  response: z.unknown(),
  binary: true,
});

export const reportEndpoints = [listReports, readReport];
