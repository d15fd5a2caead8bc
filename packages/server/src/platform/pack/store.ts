import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { people } from '@aimwell/contract/roles/people';
import { sql } from 'kysely';
import { actorId, type Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { notFound } from '../errors.ts';
import { identifierSql } from '../register/columns.ts';
import type { MadePack } from './make.ts';

/** A pack can be made again at any time, so its file is kept for a week and no longer: what is erased must not live on in old packs. */
const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;

const folderOf = (root: string, organisationId: string) => path.join(root, organisationId);

/** Where the file of a pack is kept. */
export const packFile = (root: string, organisationId: string, id: string): string =>
  path.join(folderOf(root, organisationId), `${id}.zip`);

/** The folder for new packs of an organisation, old files removed. */
export const preparePacks = async (root: string, organisationId: string, now: Date): Promise<string> => {
  const folder = folderOf(root, organisationId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => null);
    if (found !== null && now.getTime() - found.mtimeMs > KEPT_DAYS * DAY_MS) await rm(file, { force: true });
  }
  return folder;
};

/** The ids of the packs whose file is here: one made by the command never was, and an erasure takes all of them. */
export const keptPacks = async (root: string, organisationId: string): Promise<readonly string[]> => {
  const names = await readdir(folderOf(root, organisationId)).catch(() => []);
  return names.flatMap((name) => (name.endsWith('.zip') ? [name.slice(0, -'.zip'.length)] : []));
};

/** Removes all kept packs of an organisation, as an erasure asks for; they can be made again. */
export const dropKeptPacks = (root: string, organisationId: string): Promise<void> =>
  rm(folderOf(root, organisationId), { recursive: true, force: true });

export const savePack = (tx: Tx, context: Context, made: MadePack, shared: boolean): Promise<unknown> =>
  tx.query(sql`
    insert into packs (organization_id, id, scope, as_of, entries, files, left_out, bytes, sha256, checkpoint_size, time_stamped, shared, made_by, made_at)
    values (${tx.organisationId}::uuid, ${made.id}::uuid, ${made.scope}, ${made.asOf}, ${made.entries}, ${made.files}, ${made.leftOut}, ${made.bytes},
      ${made.sha256}, ${made.checkpointSize}, ${made.timeStamped}, ${shared}, ${actorId(context.actor)}::uuid, ${context.now.toISOString()}::timestamptz)`);

/** True while some server makes a pack of this organisation; one whose process died says nothing more. */
export const isPacking = async (tx: Tx): Promise<boolean> =>
  (
    await tx.query(
      sql`select 1 from long_work where organization_id = ${tx.organisationId}::uuid and kind = 'pack' and state = 'running' and updated_at > now() - interval '10 minutes'`,
    )
  ).length > 0;

const isAuditor = (context: Context) => context.actor.roles.every((role) => role === 'external_auditor');

/** JSON text of the packs that this actor may have, newest first; `kept` are those whose file is here. */
export const listPacksOf = async (tx: Tx, context: Context, kept: readonly string[]): Promise<string> => {
  const since = new Date(context.now.getTime() - KEPT_DAYS * DAY_MS).toISOString();
  const [row] = await tx.query<{ json: string }>(sql`
    select json_build_object('items', coalesce(json_agg(p order by p."madeAt" desc, p.id desc), '[]'))::text as json from (
      select k.id, k.scope, k.as_of as "asOf", k.entries, k.files, k.left_out as "leftOut", k.bytes, k.sha256, k.checkpoint_size as "checkpointSize",
        k.time_stamped as "timeStamped", k.shared, k.made_at > ${since}::timestamptz and k.id::text = any(${kept as string[]}::text[]) as available, k.made_at as "madeAt",
        (select json_build_object('id', d.id, 'identifier', ${identifierSql(people, 'd')}, 'title', d.name)
          from people d where d.organization_id = k.organization_id and d.id = k.made_by) as "madeBy"
      from packs k where k.organization_id = ${tx.organisationId}::uuid and ${isAuditor(context) ? sql`k.shared` : sql`true`}
      order by k.made_at desc, k.id desc limit 200) p`);
  return row?.json ?? '{"items":[]}';
};

/** One pack that this actor may have; `kept` is false once its file should be gone. @throws NOT_FOUND */
export const readPack = async (
  tx: Tx,
  context: Context,
  id: string,
): Promise<{ readonly scope: string; readonly sha256: string; readonly kept: boolean }> => {
  const [row] = await tx.query<{ scope: string; sha256: string; shared: boolean; made_at: Date }>(
    sql`select scope, sha256, shared, made_at from packs where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`,
  );
  if (row === undefined || (!row.shared && isAuditor(context))) throw notFound('audit pack');
  return { ...row, kept: context.now.getTime() - row.made_at.getTime() < KEPT_DAYS * DAY_MS };
};
