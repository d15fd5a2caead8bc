import type { Graph } from '@aimwell/core/processes/graph';
import { refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { notFound, ProblemError, refused } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { tellSealed } from '../platform/trail/seals.ts';
import type { PreparedMap } from './read-map.ts';
import { standingOf } from './standing.ts';
import { armStarts, disarmStarts } from './starts.ts';

/** The name of versions in the trail. */
export const versionsInTrail = 'process-versions';

export interface StoredVersion {
  readonly id: string;
  readonly map_id: string;
  readonly number: number;
  readonly state: 'draft' | 'review' | 'approved' | 'retired';
  readonly sha256: string;
  readonly graph: Graph | null;
  readonly authors: readonly string[];
  readonly revision: number;
}

/** Holds a version until the transaction ends; with `seen`, only as its reader saw it. NOT_FOUND, VERSION_CONFLICT. */
export const holdVersion = async (tx: Tx, id: string, seen: number | null): Promise<StoredVersion> => {
  const [found] = await tx.query<{ map_id: string }>(
    sql`select map_id from process_versions where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`,
  );
  if (found === undefined) throw notFound('version');
  // The map is the one place at which all who change its versions wait for each other.
  await tx.query(
    sql`select id from process_maps where organization_id = ${tx.organisationId}::uuid and id = ${found.map_id}::uuid for update`,
  );
  const [row] = await tx.query<StoredVersion>(sql`
    select id, map_id, number, state, sha256, graph, authors, revision from process_versions where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`);
  if (row === undefined) throw notFound('version');
  if (seen !== null && seen !== row.revision)
    throw new ProblemError('VERSION_CONFLICT', {
      currentVersion: row.revision,
      detail: `You saw version ${seen}; it is now version ${row.revision}.`,
    });
  return row;
};

export const wrongState = (expected: string, got: string) =>
  refused([
    refusal(
      'WRONG_STAGE',
      `expected a version in ${expected}, got one in ${got}`,
      'Write a new version of the map, or load this one again.',
      'state',
    ),
  ]);

/** Who answers for what is written: the person, or whoever made the token that writes and stands for nobody. */
export const answersFor = async (tx: Tx, { actor }: Context): Promise<string | null> => {
  if (actor.personId !== null || actor.tokenId === undefined) return actor.personId;
  const [token] = await tx.query<{ created_by: string | null }>(
    sql`select created_by from api_tokens where organization_id = ${tx.organisationId}::uuid and id = ${actor.tokenId}::uuid`,
  );
  return token?.created_by ?? null;
};

/** Writes the next version of a map, or anew the draft that there is. Answers its id. */
export const writeVersion = async (
  tx: Tx,
  context: Context,
  mapId: string,
  map: PreparedMap,
  note: string,
  shipped = false,
): Promise<string> => {
  await tx.query(sql`select id from process_maps where organization_id = ${tx.organisationId}::uuid and id = ${mapId}::uuid for update`);
  const [newest] = await tx.query<{ id: string; number: number; state: string }>(sql`
    select id, number, state from process_versions where organization_id = ${tx.organisationId}::uuid and map_id = ${mapId}::uuid order by number desc limit 1`);
  if (newest?.state === 'review') throw wrongState('draft', 'review');
  const id = newest?.state === 'draft' ? newest.id : newId();
  const author = await answersFor(tx, context);
  // What comes with the product was written by nobody here, so everybody may approve it.
  const authors = author === null || shipped ? [] : [author];
  const at = context.now.toISOString();
  const graph = map.graph === null ? null : JSON.stringify(map.graph);
  const values = sql`${map.bytes}::bytea, ${map.fileName}, ${map.sha256}, ${map.xml}, ${graph}::jsonb, ${JSON.stringify(map.refusals)}::jsonb, ${JSON.stringify(map.warnings)}::jsonb, ${note}`;
  if (newest?.state === 'draft')
    await tx.query(sql`
      update process_versions set (file, file_name, sha256, xml, graph, refusals, warnings, note) = row(${values}), revision = revision + 1,
        authors = array(select distinct a from unnest(authors || ${authors}::uuid[]) a)
      where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`);
  else
    await tx.query(sql`
      insert into process_versions (organization_id, id, map_id, number, state, authors, created_by, created_at, file, file_name, sha256, xml, graph, refusals, warnings, note)
      select ${tx.organisationId}::uuid, ${id}::uuid, ${mapId}::uuid, ${(newest?.number ?? 0) + 1}, 'draft', ${authors}::uuid[], ${author}::uuid, ${at}::timestamptz, ${values}`);
  await tellSealed(tx, context, {
    register: versionsInTrail,
    record: id,
    command: newest?.state === 'draft' ? 'patch' : 'create',
    payload: { map: mapId, sha256: map.sha256, executable: map.graph !== null, note },
  });
  return id;
};

interface Change {
  readonly to: StoredVersion['state'];
  readonly command: string;
  readonly set: Parameters<typeof sql.join>[0];
  readonly said?: object;
}

const change = async (tx: Tx, context: Context, version: StoredVersion, { to, command, set, said = {} }: Change): Promise<void> => {
  await tx.query(sql`
    update process_versions set ${sql.join([sql`state = ${to}`, sql`revision = revision + 1`, ...set])}
    where organization_id = ${tx.organisationId}::uuid and id = ${version.id}::uuid`);
  await tellSealed(tx, context, {
    register: versionsInTrail,
    record: version.id,
    command,
    payload: { map: version.map_id, number: version.number, sha256: version.sha256, ...said },
  });
};

export const submitVersion = async (tx: Tx, context: Context, id: string, seen: number | null): Promise<void> => {
  const version = await holdVersion(tx, id, seen);
  if (version.state !== 'draft') throw wrongState('draft', version.state);
  const by = context.actor.personId;
  await change(tx, context, version, {
    to: 'review',
    command: 'submit',
    set: [sql`submitted_by = ${by}::uuid`, sql`submitted_at = ${context.now.toISOString()}::timestamptz`],
  });
};

export const sendBackVersion = async (tx: Tx, context: Context, id: string, seen: number | null, reason: string): Promise<void> => {
  const version = await holdVersion(tx, id, seen);
  if (version.state !== 'review') throw wrongState('review', version.state);
  await change(tx, context, version, { to: 'draft', command: 'sendBack', set: [], said: { reason } });
};

export interface Signature {
  readonly person: string | null;
  readonly name: string;
  readonly function: string | null;
}

/** Puts a version in force. The one before it runs to its end where it runs, and starts nothing more. */
export const putInForce = async (tx: Tx, context: Context, version: StoredVersion, by: Signature): Promise<void> => {
  const at = context.now.toISOString();
  const before = await tx.query<StoredVersion>(sql`
    select id, map_id, number, state, sha256, null as graph, authors, revision from process_versions
    where organization_id = ${tx.organisationId}::uuid and map_id = ${version.map_id}::uuid and state = 'approved'`);
  for (const old of before) {
    await disarmStarts(tx, old.id);
    await change(tx, context, old, {
      to: 'retired',
      command: 'supersede',
      set: [sql`retired_at = ${at}::timestamptz`],
      said: { by: version.id },
    });
  }
  // Before the entry, which holds in its seal when they are due.
  await armStarts(tx, context, version.id, version.graph);
  // What held before begins nothing; whoever reads the approval sees how much that is.
  const standing = await standingOf(tx, context, version);
  await change(tx, context, version, {
    to: 'approved',
    command: 'approve',
    set: [
      sql`approved_by_id = ${by.person}::uuid`,
      sql`approved_name = ${by.name}`,
      sql`approved_function = ${by.function}`,
      sql`approved_at = ${at}::timestamptz`,
    ],
    said: { name: by.name, function: by.function, ...(standing.length === 0 ? {} : { standing }) },
  });
};

export const retireVersion = async (tx: Tx, context: Context, id: string, seen: number | null, reason: string): Promise<void> => {
  const version = await holdVersion(tx, id, seen);
  if (version.state !== 'approved') throw wrongState('approved', version.state);
  await refuseWall(tx, version.map_id, null);
  await disarmStarts(tx, id);
  await change(tx, context, version, {
    to: 'retired',
    command: 'retire',
    set: [sql`retired_by = ${context.actor.personId}::uuid`, sql`retired_at = ${context.now.toISOString()}::timestamptz`],
    said: { reason },
  });
};

/**
 * Commands bound to the map that no step of this version carries out could not be carried out any more but in emergencies; `graph` null:
 * none of them. REFUSED (GATE_DEPENDS).
 */
export const refuseWall = async (tx: Tx, mapId: string, graph: Graph | null): Promise<void> => {
  const bound = await tx.query<{ register: string; command: string }>(sql`
    select g.register, g.command from process_gates g join process_maps m on m.organization_id = g.organization_id and m.key = g.map_key
    where g.organization_id = ${tx.organisationId}::uuid and m.id = ${mapId}::uuid order by 1, 2`);
  const lost = bound.filter(({ register, command }) => !carriesOut(graph, `${register}:${command}`));
  if (lost.length > 0)
    throw refused(
      lost.map(({ register, command }) =>
        refusal(
          'GATE_DEPENDS',
          `expected a process with a step that carries out ${register} ${command}, which is bound to it, got none`,
          'Free the command of this process first, or give it such a step.',
        ),
      ),
    );
};

/** A step of the map has this form, such as `systems:register`. */
export const carriesOut = (graph: Graph | null, form: string): boolean =>
  Object.values(graph?.nodes ?? {}).some(({ step }) => step.form === form);
