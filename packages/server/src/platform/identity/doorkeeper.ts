import { accessOn } from '@aimwell/core/identity/membership';
import { type TokenPurpose, tokenState } from '@aimwell/core/identity/token';
import type { Role } from '@aimwell/core/roles/permissions';
import { sql } from 'kysely';
import { type Actor, dayIn, type Organisation } from '../context.ts';
import type { Doorkeeper } from '../http/mount.ts';
import { organisationBySlug, organisationOf, type OrganisationRow } from './founding.ts';
import { networkOf } from './network.ts';
import type { Caller, Parts, SignedIn } from './parts.ts';
import { tellRefused } from './refusing.ts';
import { hashSecret } from './secrets.ts';
import { whoIs } from './sessions.ts';

interface TokenHolder {
  readonly organisationId: string;
  readonly tokenId: string;
  readonly personId: string | null;
  readonly role: Role;
  readonly only: TokenPurpose | null;
  readonly lastUsedAt: Date | null;
}

const hour = 3_600_000;

/**
 * Who comes in, asked of the database each time: whatever was ended, suspended or revoked is so at the next request.
 * Within one request an answer is asked for once.
 */
export const createDoorkeeper = (parts: Parts): Doorkeeper => {
  const people = new WeakMap<Caller, Promise<SignedIn | null>>();
  const tokens = new WeakMap<Caller, Promise<TokenHolder | null>>();
  const once = <T>(kept: WeakMap<Caller, Promise<T>>, caller: Caller, ask: () => Promise<T>): Promise<T> => {
    const known = kept.get(caller) ?? ask();
    kept.set(caller, known);
    return known;
  };
  const person = (caller: Caller) => once(people, caller, () => whoIs(parts, caller));
  const token = (caller: Caller) => once(tokens, caller, () => tokenHolder(parts, caller));

  return {
    organisation: async (reference, request) => {
      const secret = secretOf(request);
      if (secret === undefined) return (await Promise.all([organisationBySlug(parts, reference), person(request)]))[0];
      // Where to and who, in one question: scripts ask a thousand times.
      const [row] = await parts.database.callAcross<OrganisationRow & (TokenRow | { readonly token_id: null })>(sql`
        select o.id, o.slug, o.name, o.time_zone, o.demo, o.settings, t.organization_id, t.token_id, t.person_id, t.role, t.only_for, t.expires_at, t.revoked_at, t.last_used_at
        from organization_by_slug(${reference}) o left join token_lookup(${hashSecret(secret)}) t on true`);
      if (row === undefined) return null;
      tokens.set(request, Promise.resolve(row.token_id === null ? null : holderOf(parts, row)));
      return organisationOf(row);
    },
    actorIn: async (request, organisation) =>
      request.headers.authorization === undefined
        ? memberActor(parts, await person(request), organisation)
        : tokenActor(parts, await token(request), organisation),
    isSignedIn: async (request) => (await person(request)) !== null || (await token(request)) !== null,
    refusedAttempt: async (request, code, organisation) => {
      const accountId = (await person(request))?.accountId;
      const tokenId = (await token(request))?.tokenId;
      await tellRefused(parts, {
        kind: 'refused',
        accountId,
        tokenId,
        network: networkOf(request.ip),
        organisationId: organisation?.id,
        detail: { code, method: request.method, route: request.routeOptions.url ?? null },
      });
    },
  };
};

const memberActor = async ({ database, now }: Parts, who: SignedIn | null, organisation: Organisation): Promise<Actor | null> => {
  if (who === null) return null;
  const [row] = await database.callAcross<{
    person_id: string;
    roles: Role[];
    status: 'active' | 'suspended';
    valid_from: string | null;
    valid_until: string | null;
  }>(sql`select person_id, roles, status, valid_from, valid_until from membership_of(${who.accountId}::uuid, ${organisation.id}::uuid)`);
  if (
    row === undefined ||
    accessOn({ status: row.status, validFrom: row.valid_from, validUntil: row.valid_until }, dayIn(organisation.timeZone, now())) !== 'open'
  )
    return null;
  return { kind: 'person', personId: row.person_id, accountId: who.accountId, roles: row.roles };
};

interface TokenRow {
  readonly organization_id: string;
  readonly token_id: string;
  readonly person_id: string | null;
  readonly role: Role;
  readonly only_for: TokenPurpose | null;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
  readonly last_used_at: Date | null;
}

const secretOf = (caller: Caller): string | undefined => /^Bearer (aim_[\w-]{20,100})$/i.exec(caller.headers.authorization ?? '')?.[1];

const tokenHolder = async (parts: Parts, caller: Caller): Promise<TokenHolder | null> => {
  const secret = secretOf(caller);
  if (secret === undefined) return null;
  const [row] = await parts.database.callAcross<TokenRow>(sql`select * from token_lookup(${hashSecret(secret)})`);
  return row === undefined ? null : holderOf(parts, row);
};

const holderOf = ({ now }: Parts, row: TokenRow): TokenHolder | null => {
  if (tokenState({ revokedAt: row.revoked_at?.getTime() ?? null, expiresAt: row.expires_at.getTime() }, now().getTime()) !== 'valid')
    return null;
  return {
    organisationId: row.organization_id,
    tokenId: row.token_id,
    personId: row.person_id,
    role: row.role,
    only: row.only_for,
    lastUsedAt: row.last_used_at,
  };
};

/** Whoever lost access has none by a token that stands for him either. People of the directory alone never had any. */
const hasAccess = async (
  { database, now }: Pick<Parts, 'database' | 'now'>,
  personId: string,
  organisation: Organisation,
): Promise<boolean> => {
  const [row] = await database.inOrganisation(organisation.id, (tx) =>
    tx.query<{ status: 'active' | 'suspended'; valid_from: string | null; valid_until: string | null }>(
      sql`select status, valid_from, valid_until from memberships where organization_id = ${organisation.id}::uuid and person_id = ${personId}::uuid`,
    ),
  );
  const today = dayIn(organisation.timeZone, now());
  return row === undefined || accessOn({ status: row.status, validFrom: row.valid_from, validUntil: row.valid_until }, today) === 'open';
};

const tokenActor = async ({ database, now }: Parts, holder: TokenHolder | null, organisation: Organisation): Promise<Actor | null> => {
  if (holder === null || holder.organisationId !== organisation.id) return null;
  if (holder.personId !== null && !(await hasAccess({ database, now }, holder.personId, organisation))) return null;
  const at = now();
  // To the hour: a script's thousand requests need not be a thousand writes.
  if (holder.lastUsedAt === null || at.getTime() - holder.lastUsedAt.getTime() > hour) {
    await database.inOrganisation(organisation.id, (tx) =>
      tx.query(
        sql`update api_tokens set last_used_at = ${at.toISOString()}::timestamptz where organization_id = ${organisation.id}::uuid and id = ${holder.tokenId}::uuid`,
      ),
    );
  }
  return {
    kind: 'token',
    personId: holder.personId,
    tokenId: holder.tokenId,
    roles: [holder.role],
    ...(holder.only === null ? {} : { only: holder.only }),
  };
};
