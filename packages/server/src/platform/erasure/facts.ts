import type { OrganisationSettings } from '@aimwell/contract/identity/views';
import { type ErasureFacts, SIGNATURE_YEARS } from '@aimwell/core/identity/erasure';
import type { Role } from '@aimwell/core/roles/permissions';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { type Duty, dutiesOf } from './duties.ts';
import { signaturesOf, type StoredSignature } from './signatures.ts';

/** What core needs to judge the erasure of a person, with the records behind it. */
export interface Facts extends ErasureFacts<StoredSignature> {
  readonly held: readonly Duty[];
}

export const factsAbout = async (tx: Tx, context: Context, person: string): Promise<Facts> => {
  const members = await tx.query<{ person_id: string; roles: Role[] }>(
    sql`select person_id, roles from memberships where organization_id = ${tx.organisationId}::uuid`,
  );
  const mine = members.find((member) => member.person_id === person);
  const others = members.filter((member) => member !== mine && member.roles.includes('administrator'));
  const [row] = await tx.query<{ settings: OrganisationSettings }>(
    sql`select settings from organizations where id = ${tx.organisationId}::uuid`,
  );
  const rules = row?.settings.erasure ?? {};
  const held = await dutiesOf(tx, person, context.today);
  return {
    today: context.today,
    isMember: mine !== undefined,
    isLastAdministrator: mine?.roles.includes('administrator') === true && others.length === 0,
    duties: held.map(({ identifier }) => identifier),
    held,
    signatures: await signaturesOf(tx, person),
    signatureYears: rules.signatureYears ?? SIGNATURE_YEARS,
    legalHold: rules.legalHold ?? null,
  };
};
