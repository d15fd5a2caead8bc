import { everyone } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { endpoint, members, orgParams, pastQuery } from '../platform/endpoint.ts';
import { criteriaScales } from './criteria.ts';

const month = z.string().regex(/^\d{4}-\d{2}$/u);

/** Risks counted by cell of the matrix: the criteria in force give the axes. Opportunities and closed risks are left out. */
export const readMatrix = endpoint({
  name: 'risks.matrix',
  method: 'GET',
  path: '/api/v1/orgs/:org/risk-matrix',
  access: members(everyone),
  register: 'risks',
  summary: 'How many open risks stand in each cell of the risk matrix, before (inherent) or after treatment (residual)',
  params: orgParams,
  query: z.strictObject({ kind: z.enum(['inherent', 'residual']).default('inherent'), system: z.uuid().optional(), ...pastQuery }),
  asOf: true,
  response: z
    .strictObject({
      criteria: z
        .strictObject({
          id: z.uuid(),
          versionNumber: z.int(),
          threshold: z.int(),
          likelihood: z.array(z.string()),
          consequence: z.array(z.string()),
          bands: criteriaScales.shape.bands,
        })
        .nullable(),
      cells: z.array(z.strictObject({ likelihood: z.int(), consequence: z.int(), level: z.int(), count: z.int() })),
      unrated: z.int(),
      total: z.int(),
      aboveThreshold: z.int(),
    })
    .meta({ id: 'RiskMatrix' }),
});

/** As the records stood at the end of each month; the last figure is today's. */
export const readTrend = endpoint({
  name: 'risks.trend',
  method: 'GET',
  path: '/api/v1/orgs/:org/risk-trend',
  access: members(everyone),
  register: 'risks',
  summary: 'Open risks and those above the threshold at the end of each of the last twelve months',
  params: orgParams,
  query: z.strictObject(pastQuery),
  asOf: true,
  response: z
    .strictObject({ months: z.array(z.strictObject({ month, total: z.int(), aboveThreshold: z.int() })) })
    .meta({ id: 'RiskTrend' }),
});

export const riskSuggestion = z
  .strictObject({
    source: z.string(),
    title: z.string(),
    area: z.string(),
    description: z.string(),
    /** A risk in words, ready to be taken over and edited. */
    statement: z.string(),
    consequences: z.strictObject({ organisation: z.string(), individuals: z.string(), societies: z.string() }),
    controls: z.array(z.string()),
    /** The facts of the system that speak for it; empty: it applies to every system. */
    because: z.array(z.string()),
    provenance: z.strictObject({ source: z.string(), verified: z.string(), confidence: z.string() }),
  })
  .meta({ id: 'RiskSuggestion' });
export type RiskSuggestion = z.infer<typeof riskSuggestion>;

export const readSuggestions = endpoint({
  name: 'risks.suggestions',
  method: 'GET',
  path: '/api/v1/orgs/:org/risk-suggestions',
  access: members(everyone),
  register: 'risks',
  summary: 'Risks to think about for an AI system, from the catalog and the facts of its record; those recorded already are left out',
  params: orgParams,
  query: z.strictObject({ system: z.uuid(), limit: z.coerce.number().int().min(3).max(35).default(6) }),
  response: z.strictObject({ items: z.array(riskSuggestion) }),
});

export const riskEndpoints = [readMatrix, readTrend, readSuggestions];
