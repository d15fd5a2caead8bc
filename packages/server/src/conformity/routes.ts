import { conformityEndpoints } from '@aimwell/contract/conformity/endpoints';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../platform/context.ts';
import { ProblemError } from '../platform/errors.ts';
import { type House, mount } from '../platform/http/mount.ts';
import { checkConformity, isShared, judge } from './actions.ts';
import { readAbout, readRecords } from './found.ts';
import { readAboutThen, readConformityThen, readRecordsThen } from './past.ts';
import { readMeasures, readTrend } from './reads.ts';

/** Predictions are the organisation's own; an external auditor sees them only when it shares them. */
const mustBeShared = ({ actor, organisation }: Context): void => {
  if (actor.roles.every((role) => role === 'external_auditor') && !isShared(organisation.settings)) {
    throw new ProblemError('FORBIDDEN', { detail: 'The organisation does not share its own predictions with external auditors.' });
  }
};

/** Mounts what the rules say: overview, records of a finding, one record, trend, settings. Each answer is up to date. */
export const mountConformity = (app: FastifyInstance, house: House): void => {
  mount(app, house, conformityEndpoints.get, async (tx, context) => {
    mustBeShared(context);
    if (tx.asOf !== null) return { value: await readConformityThen(tx, context) };
    return { value: await checkConformity(tx, tx.organisationId, context.today, { now: context.now }) };
  });
  mount(app, house, conformityEndpoints.records, async (tx, context, { query }) => {
    mustBeShared(context);
    if (tx.asOf !== null) return { value: await readRecordsThen(tx, context, query) };
    // The first page judges; the others go on with what it saw.
    if (query.cursor === undefined) await judge(tx, tx.organisationId, context.today, { now: context.now });
    return { value: await readRecords(tx, query) };
  });
  mount(app, house, conformityEndpoints.about, async (tx, context, { params }) => {
    mustBeShared(context);
    if (tx.asOf !== null) return { value: await readAboutThen(tx, context, params.register, params.id) };
    await judge(tx, tx.organisationId, context.today, { now: context.now });
    return { value: await readAbout(tx, params.register, params.id) };
  });
  mount(app, house, conformityEndpoints.trend, async (tx, context) => {
    mustBeShared(context);
    if (tx.asOf === null) await judge(tx, tx.organisationId, context.today, { now: context.now });
    return { value: await readTrend(tx, context.today) };
  });
  mount(app, house, conformityEndpoints.settings, async (tx, context) => {
    mustBeShared(context);
    return { value: await readMeasures(tx) };
  });
};
