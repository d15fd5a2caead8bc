import type { OrganisationSettings, OrganisationView } from '@aimwell/contract/identity/views';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { newId } from '../ids.ts';
import { tell } from './founding.ts';

interface OrganisationRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly time_zone: string;
  readonly demo: boolean;
  readonly settings: OrganisationSettings;
  readonly created_at: Date;
}

const viewOf = (row: OrganisationRow | undefined): OrganisationView => {
  if (row === undefined) throw new Error('expected the organisation of this transaction');
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    timeZone: row.time_zone,
    demo: row.demo,
    createdAt: row.created_at.toISOString(),
    settings: row.settings,
  };
};

const columns = sql`id, slug, name, time_zone, demo, settings, created_at`;

export const readOrganisation = async (tx: Tx): Promise<OrganisationView> =>
  viewOf((await tx.query<OrganisationRow>(sql`select ${columns} from organizations where id = ${tx.organisationId}::uuid`))[0]);

export interface OrganisationChange {
  readonly name?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly settings?: OrganisationSettings | undefined;
}

/** Changes name, time zone or settings. Of the settings, each key that is sent replaces that key; the rules judge anew. */
export const changeOrganisation = async (tx: Tx, context: Context, change: OrganisationChange): Promise<OrganisationView> => {
  const before = viewOf(
    (await tx.query<OrganisationRow>(sql`select ${columns} from organizations where id = ${tx.organisationId}::uuid for update`))[0],
  );
  const settings = JSON.stringify({ ...before.settings, ...change.settings });
  const [row] = await tx.query<OrganisationRow>(sql`
    update organizations set name = ${change.name ?? before.name}, time_zone = ${change.timeZone ?? before.timeZone}, settings = ${settings}::jsonb, version = version + 1
    where id = ${tx.organisationId}::uuid returning ${columns}`);
  // Where the guided first hour stands is nobody's record.
  const told =
    Object.keys(change.settings ?? {}).some((key) => key !== 'firstHour') || change.name !== undefined || change.timeZone !== undefined;
  if (told) {
    await tell(tx, context, 'organisation', tx.organisationId, 'change', {
      from: { name: before.name, timeZone: before.timeZone, settings: before.settings },
      change,
    });
    await tx.query(
      sql`insert into conformity_stale (organization_id, id, register) values (${tx.organisationId}::uuid, ${newId()}::uuid, 'settings')`,
    );
  }
  return viewOf(row);
};
