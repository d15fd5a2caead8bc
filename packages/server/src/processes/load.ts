import type { Instance, Variables } from '@aimwell/core/processes/instance';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { notFound } from '../platform/errors.ts';
import type { RecordOf } from './around.ts';
import { type Runnable, runnable } from './graphs.ts';
import { momentOf } from './moments.ts';

/** A run, held until the transaction ends, with what the engine does not know of it. */
export interface Run {
  readonly map: Runnable;
  readonly instance: Instance;
  readonly title: string;
  readonly record: RecordOf | null;
  readonly parent: { readonly instance: string; readonly token: number } | null;
  readonly given: Variables | null;
  readonly zone: string;
  readonly startedBy: string | null;
  /** Lines of its history so far. */
  readonly lines: number;
  readonly revision: number;
}

interface Row {
  readonly version_id: string;
  readonly title: string;
  readonly status: Instance['status'];
  readonly register: string | null;
  readonly record_id: string | null;
  readonly called: boolean;
  readonly parent_instance: string | null;
  readonly parent_token: number | null;
  readonly given: Variables | null;
  readonly serial: number;
  readonly held: Instance['held'] | null;
  readonly lines: number;
  readonly revision: number;
  readonly zone: string;
  readonly started_by: string | null;
}

/** Holds a run and reads it; whoever comes second waits, and then sees what the first made of it. NOT_FOUND where there is none. */
export const holdRun = async (tx: Tx, id: string, options: { readonly skipLocked?: true } = {}): Promise<Run> => {
  const [row] = await tx.query<Row>(sql`
    select version_id, title, status, register, record_id, called, parent_instance, parent_token, given, serial, held, lines, revision, zone, started_by
    from process_instances where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid for update ${options.skipLocked === true ? sql`skip locked` : sql``}`);
  if (row === undefined) throw notFound('run');
  // A statement of its own: it sees what was written by whoever held the run before.
  const [state] = await tx.query<Pick<Instance, 'scopes' | 'tokens' | 'subscriptions'>>(sql`
    select
      (select coalesce(json_agg(json_build_object('id', id, 'element', element, 'kind', kind, 'parent', parent, 'host', host, 'variables', variables, 'loop', loop) order by id), '[]')
        from process_scopes where organization_id = ${tx.organisationId}::uuid and instance_id = ${id}::uuid) as scopes,
      (select coalesce(json_agg(json_build_object('id', id, 'scope', scope, 'node', node, 'since', ${momentOf('since')},
          'wait', jsonb_build_object('kind', wait) || coalesce(detail, '{}')) order by id), '[]')
        from process_tokens where organization_id = ${tx.organisationId}::uuid and instance_id = ${id}::uuid) as tokens,
      (select coalesce(json_agg(json_build_object('id', id, 'token', token, 'scope', scope, 'node', node, 'kind', kind, 'name', name,
          'correlation', correlation, 'due', ${momentOf('due')}, 'timer', timer, 'was', was) order by id), '[]')
        from process_subscriptions where organization_id = ${tx.organisationId}::uuid and instance_id = ${id}::uuid) as subscriptions`);
  return {
    map: await runnable(tx, row.version_id),
    instance: {
      id,
      status: row.status,
      called: row.called,
      serial: row.serial,
      scopes: state?.scopes ?? [],
      tokens: state?.tokens ?? [],
      subscriptions: state?.subscriptions ?? [],
      held: row.held ?? [],
    },
    title: row.title,
    record: row.register === null || row.record_id === null ? null : { register: row.register, id: row.record_id },
    parent: row.parent_instance === null ? null : { instance: row.parent_instance, token: row.parent_token ?? 0 },
    given: row.given,
    zone: row.zone,
    startedBy: row.started_by,
    lines: row.lines,
    revision: row.revision,
  };
};

/** Values of the whole run, as its first scope holds them. */
export const rootVariables = ({ scopes }: Instance): Variables => scopes[0]?.variables ?? {};
