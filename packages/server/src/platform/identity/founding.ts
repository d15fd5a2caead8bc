import { people } from '@aimwell/contract/roles/people';
import { judgeFounding } from '@aimwell/core/identity/founding';
import { accessOn } from '@aimwell/core/identity/membership';
import { judgeSlug, slugChoice, slugFrom } from '@aimwell/core/identity/slug';
import type { Role } from '@aimwell/core/roles/permissions';
import { sql } from 'kysely';
import { type Actor, actorId, type Context, createContext, dayIn, type Organisation } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { refused } from '../errors.ts';
import { newId } from '../ids.ts';
import { writeRecords } from '../register/write.ts';
import { appendToTrail } from '../trail/append.ts';
import type { Account } from './accounts.ts';
import type { Parts } from './parts.ts';

export const systemActor: Actor = { kind: 'system', personId: null, roles: ['administrator'] };

export interface NewOrganisation {
  /** Given, it makes the request repeatable: the same id again answers what there is. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly slug?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly demo?: boolean | undefined;
  /** Becomes its first administrator. */
  readonly administrator?: Account | undefined;
}

/** One line of the trail about identity; names go into the payload, which can be erased. */
export const tell = (tx: Tx, context: Context, register: string, record: string, command: string, payload: unknown): Promise<void> =>
  appendToTrail(tx, [
    {
      entry: newId(),
      register,
      record,
      version: null,
      command,
      actor: actorId(context.actor),
      time: context.now.toISOString(),
      request: context.requestId,
      payload,
    },
  ]);

export const organisationBySlug = async ({ database }: Pick<Parts, 'database'>, reference: string): Promise<Organisation | null> => {
  const [row] = await database.callAcross<OrganisationRow>(
    sql`select id, slug, name, time_zone, demo, settings from organization_by_slug(${reference})`,
  );
  return row === undefined ? null : organisationOf(row);
};

export interface OrganisationRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly time_zone: string;
  readonly demo: boolean;
  readonly settings: Record<string, unknown>;
}

export const organisationOf = (row: OrganisationRow): Organisation => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  timeZone: row.time_zone,
  demo: row.demo,
  settings: row.settings,
});

export interface Mine {
  readonly organisation: Omit<Organisation, 'settings'>;
  readonly membershipId: string;
  readonly personId: string;
  readonly roles: readonly Role[];
  readonly validUntil: string | null;
  /** The organisation lets external auditors see what the rules predict. */
  readonly sharesConformity: boolean;
}

/** The organisations that an account may enter today, by name. */
export const organisationsOf = async ({ database, now }: Pick<Parts, 'database' | 'now'>, accountId: string): Promise<Mine[]> => {
  const rows = await database.callAcross<{
    organization_id: string;
    slug: string;
    name: string;
    time_zone: string;
    demo: boolean;
    membership_id: string;
    person_id: string;
    roles: Role[];
    status: 'active' | 'suspended';
    valid_from: string | null;
    valid_until: string | null;
    shares_conformity: boolean;
  }>(sql`select * from my_organisations(${accountId}::uuid)`);
  return rows
    .filter(
      (row) =>
        accessOn({ status: row.status, validFrom: row.valid_from, validUntil: row.valid_until }, dayIn(row.time_zone, now())) === 'open',
    )
    .map((row) => ({
      organisation: { id: row.organization_id, slug: row.slug, name: row.name, timeZone: row.time_zone, demo: row.demo },
      membershipId: row.membership_id,
      personId: row.person_id,
      roles: row.roles,
      validUntil: row.valid_until,
      sharesConformity: row.shares_conformity,
    }));
};

/** Throws REFUSED when this account may not found an organisation here. */
export const checkFounder = async (parts: Parts, accountId: string): Promise<void> => {
  const [row] = await parts.database.callAcross<{ found: boolean }>(sql`select found from any_organization()`);
  const rolesAnywhere = (await organisationsOf(parts, accountId)).flatMap((mine) => [...mine.roles]);
  const problems = judgeFounding({ rolesAnywhere, anyOrganisation: row?.found === true });
  if (problems.length > 0) throw refused(problems);
};

/**
 * Creates an organisation and, where one is named, its first administrator. Without a slug one is made of the name.
 * @throws REFUSED when the slug has no fit form or is taken
 */
export const createOrganisation = async (parts: Pick<Parts, 'database' | 'now'>, wanted: NewOrganisation): Promise<Organisation> => {
  const problems = wanted.slug === undefined ? [] : judgeSlug(wanted.slug);
  if (problems.length > 0) throw refused(problems);
  const id = wanted.id ?? newId();
  for (let choice = 1; ; choice += 1) {
    const organisation: Organisation = {
      id,
      slug: slugChoice(wanted.slug ?? slugFrom(wanted.name), choice),
      name: wanted.name.trim(),
      timeZone: wanted.timeZone ?? 'UTC',
      demo: wanted.demo ?? false,
      settings: {},
    };
    try {
      await found(parts, organisation, wanted.administrator);
      return organisation;
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string };
      if (code !== '23505') throw error;
      const there = constraint === 'organizations_pkey' && wanted.id !== undefined ? await organisationBySlug(parts, id) : null;
      if (there !== null) return there;
      if (wanted.slug !== undefined || constraint !== 'organizations_slug_key' || choice > 500)
        throw refused([
          {
            code: 'SLUG_TAKEN',
            field: 'slug',
            message: `expected a short name that is free, got ${organisation.slug}`,
            remedy: 'Choose another short name.',
          },
        ]);
    }
  }
};

const found = (parts: Pick<Parts, 'database' | 'now'>, organisation: Organisation, administrator: Account | undefined): Promise<void> =>
  parts.database.inOrganisation(organisation.id, async (tx) => {
    const context = createContext({ actor: systemActor, organisation, now: parts.now() });
    await tx.query(
      sql`insert into organizations (id, slug, name, time_zone, demo, created_at) values (${organisation.id}::uuid, ${organisation.slug}, ${organisation.name}, ${organisation.timeZone}, ${organisation.demo}, ${context.now.toISOString()}::timestamptz)`,
    );
    await tell(tx, context, 'organisation', organisation.id, 'create', {
      name: organisation.name,
      slug: organisation.slug,
      timeZone: organisation.timeZone,
    });
    if (administrator !== undefined) await addMember(tx, context, { account: administrator, roles: ['administrator'] });
  });

export interface NewMember {
  readonly account: Account;
  readonly roles: readonly Role[];
  readonly function?: string | undefined;
  /** Somebody who is in the directory already. */
  readonly personId?: string | null | undefined;
  readonly validFrom?: string | null | undefined;
  readonly validUntil?: string | null | undefined;
}

/**
 * Gives an account access, in the running transaction: his row in the directory (the one named, else the only one with
 * his address that has no access yet, else a new one) and the membership. When nobody acts, he himself is the actor.
 * @throws REFUSED when the account has access already
 */
export const addMember = async (tx: Tx, context: Context, member: NewMember): Promise<{ membershipId: string; personId: string }> => {
  const { account } = member;
  const [there] = await tx.query(
    sql`select id from memberships where organization_id = ${tx.organisationId}::uuid and account_id = ${account.id}::uuid`,
  );
  if (there !== undefined)
    throw refused([
      {
        code: 'MEMBER_ALREADY',
        field: 'email',
        message: `expected somebody without access, got ${account.email}`,
        remedy: 'Change the roles of the member instead.',
      },
    ]);
  const known = member.personId ?? (await personWithAddress(tx, account.email));
  const personId = known ?? newId();
  const self: Context =
    context.actor.kind === 'system'
      ? { ...context, actor: { ...context.actor, kind: 'person', personId, accountId: account.id } }
      : context;
  if (known === null)
    await writeRecords(
      tx,
      self,
      people,
      [{ before: null, id: personId, set: { name: account.name, email: account.email, function: member.function ?? null } }],
      { command: 'create' },
    );
  const membershipId = newId();
  await tx.query(sql`
    insert into memberships (organization_id, id, account_id, person_id, email, roles, valid_from, valid_until, created_at)
    values (${tx.organisationId}::uuid, ${membershipId}::uuid, ${account.id}::uuid, ${personId}::uuid, ${account.email}, ${[...member.roles]}::text[], ${member.validFrom ?? null}::date, ${member.validUntil ?? null}::date, ${context.now.toISOString()}::timestamptz)`);
  await tell(tx, self, 'memberships', membershipId, 'create', {
    person: personId,
    email: account.email,
    roles: member.roles,
    validFrom: member.validFrom ?? null,
    validUntil: member.validUntil ?? null,
  });
  return { membershipId, personId };
};

const personWithAddress = async (tx: Tx, email: string): Promise<string | null> => {
  const rows = await tx.query<{ id: string }>(sql`
    select p.id from people p left join memberships m on m.organization_id = p.organization_id and m.person_id = p.id
    where p.organization_id = ${tx.organisationId}::uuid and p.archived_at is null and lower(p.email) = ${email} and m.id is null limit 2`);
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
};
