import { countGroups, pdcaPhases } from '@aimwell/core/conformity/grouping';
import { everyone } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { endpoint, members, orgParams, pastQuery } from '../platform/endpoint.ts';

const severity = z.enum(['major', 'minor', 'observation']);
const ruleId = z.string().regex(/^R\d{3}$/, 'expected a rule such as R021');
const amount = z.int().min(0);

/** A record that a finding is about; `register` and `id` make its address. */
export const foundRecord = z
  .strictObject({
    register: z.string(),
    id: z.uuid(),
    identifier: z.string(),
    title: z.string(),
    /** What was seen on this record. */
    seen: z.string(),
    since: z.iso.date(),
  })
  .meta({ id: 'FoundRecord' });
export type FoundRecord = z.infer<typeof foundRecord>;

const ruleRef = {
  rule: ruleId,
  title: z.string(),
  /** Standard, law and certification are judged and counted apart. */
  group: z.enum(countGroups),
  pdca: z.enum(pdcaPhases),
};

/** What an auditor would probably write: one finding for each rule, however many records it has. A prediction; a person raises findings. */
export const conformityFinding = z
  .strictObject({
    ...ruleRef,
    severity,
    /** In words: the clauses and controls with their titles, the law, or certification practice. */
    basis: z.string(),
    refs: z.array(z.string()),
    seen: z.string(),
    remedy: z.string(),
    population: amount,
    affected: amount,
    /** The first twenty; the endpoint `records` has all of them. Empty when the finding is about something that is absent. */
    records: z.array(foundRecord).max(20),
    since: z.iso.date(),
    /** The organisation's interval that the finding rests on while nobody has set it: it stays an observation until then. */
    restsOn: z.string().nullable(),
  })
  .meta({ id: 'ConformityFinding' });
export type ConformityFinding = z.infer<typeof conformityFinding>;

const unjudgedRule = z.strictObject({ ...ruleRef, missing: z.string() }).meta({ id: 'UnjudgedRule' });
const metRule = z.strictObject({ ...ruleRef, population: amount }).meta({ id: 'MetRule' });

const counts = { total: amount, ran: amount, met: amount, found: amount, notJudged: amount };
const verdict = { likelyMajor: amount, likelyMinor: amount, observations: amount };
const apart = z.strictObject({ ...verdict, rules: z.array(ruleId) });

export const conformityView = z
  .strictObject({
    /** How much was judged at all; it belongs beside every verdict. `ran` = met + found. */
    coverage: z.strictObject({
      ...counts,
      byGroup: z.record(z.enum(countGroups), z.strictObject(counts)),
      /** Rules of the standard by phase of its cycle. */
      byPdca: z.record(z.enum(pdcaPhases), z.strictObject(counts)),
    }),
    /** What the findings against the standard point to. */
    verdict: z.strictObject(verdict),
    /** Duties under law, counted apart: nobody certifies them with the standard. */
    law: apart,
    certification: apart,
    /** All groups, gravest first. */
    findings: z.array(conformityFinding),
    /** Findings by the clause or control they would be written against. */
    requirements: z.array(
      z.strictObject({
        ref: z.string().nullable(),
        title: z.string(),
        severity,
        rules: z.array(ruleId),
        affected: amount,
        population: amount,
      }),
    ),
    met: z.array(metRule),
    notJudged: z.array(unjudgedRule),
    /** Beside the verdict, never in it. */
    worthALook: z.array(conformityFinding),
    judgedAt: z.iso.datetime({ offset: true }),
    judgedOn: z.iso.date(),
  })
  .meta({ id: 'Conformity' });
export type ConformityView = z.infer<typeof conformityView>;

const aboutItem = z
  .strictObject({ ...ruleRef, severity, seen: z.string(), remedy: z.string(), refs: z.array(z.string()), since: z.iso.date() })
  .meta({ id: 'ConformityAboutRecord' });

const day = z
  .strictObject({ day: z.iso.date(), ran: amount, met: amount, found: amount, notJudged: amount, ...verdict, law: amount })
  .meta({ id: 'ConformityDay' });

const intervalOrThreshold = z.strictObject({ name: z.string(), value: z.number(), initial: z.number(), adopted: z.boolean() });

/** External auditors see predictions only if the organisation shares them; the server answers 403 otherwise. */
const readers = members(everyone);
const base = '/api/v1/orgs/:org/conformity';

export const conformityEndpoints = {
  get: endpoint({
    name: 'conformity.get',
    method: 'GET',
    path: base,
    access: readers,
    summary: 'What an auditor would probably say today, with how much was judged',
    params: orgParams,
    query: z.strictObject(pastQuery),
    asOf: true,
    response: conformityView,
  }),
  records: endpoint({
    name: 'conformity.records',
    method: 'GET',
    path: `${base}/records`,
    access: readers,
    summary: 'Every record of one finding',
    params: orgParams,
    query: z.strictObject({
      rule: ruleId,
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      ...pastQuery,
    }),
    asOf: true,
    response: z.strictObject({ items: z.array(foundRecord), next: z.string().nullable() }),
  }),
  about: endpoint({
    name: 'conformity.about',
    method: 'GET',
    path: `${base}/about/:register/:id`,
    access: readers,
    summary: 'What the rules say about one record',
    params: orgParams.extend({ register: z.string().max(60), id: z.uuid() }),
    query: z.strictObject(pastQuery),
    asOf: true,
    response: z.strictObject({ items: z.array(aboutItem), judgedAt: z.iso.datetime({ offset: true }) }),
  }),
  trend: endpoint({
    name: 'conformity.trend',
    method: 'GET',
    path: `${base}/trend`,
    access: readers,
    summary: 'The counts of each day on which the rules were run, for ninety days',
    params: orgParams,
    query: z.strictObject(pastQuery),
    asOf: true,
    response: z.strictObject({ items: z.array(day) }),
  }),
  settings: endpoint({
    name: 'conformity.settings',
    method: 'GET',
    path: `${base}/settings`,
    access: readers,
    summary: 'Intervals and thresholds in force; they are set with the organisation',
    params: orgParams,
    query: z.strictObject(pastQuery),
    asOf: true,
    response: z.strictObject({ intervals: z.array(intervalOrThreshold), thresholds: z.array(intervalOrThreshold) }),
  }),
} as const;
