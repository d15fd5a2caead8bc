import { readMatrix, readSuggestions, readTrend } from '@aimwell/contract/risks/endpoints';
import type { FastifyInstance } from 'fastify';
import { type House, mount } from '../platform/http/mount.ts';
import { readRiskMatrix } from './reads.ts';
import { readRiskSuggestions } from './suggestions.ts';
import { readRiskTrend } from './trend.ts';

export const mountRisks = (app: FastifyInstance, house: House): void => {
  mount(app, house, readMatrix, async (tx, context, { query }) => ({
    value: await readRiskMatrix(tx, context, query.kind, { system: query.system }),
  }));
  mount(app, house, readTrend, async (tx, context) => ({ value: { months: await readRiskTrend(tx, context.now) } }));
  mount(app, house, readSuggestions, async (tx, _context, { query }) => ({
    value: { items: await readRiskSuggestions(tx, query.system, query.limit) },
  }));
};
