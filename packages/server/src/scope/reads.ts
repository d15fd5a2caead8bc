import type { Values } from '@aimwell/contract/platform/register';
import { scopeElements, scopeStatements } from '@aimwell/contract/scope/scope';
import { type ScopeElement, type ScopeWording, type ScopedSystems, wordScope } from '@aimwell/core/scope/wording';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import type { Row } from '../platform/register/columns.ts';
import { findRows } from '../platform/register/read.ts';

/** So many names still make a sentence. */
const MOST_NAMES = 5;

interface Counted {
  readonly inScope: number;
  readonly outOfScope: number;
  readonly undecided: number;
}

const readSystems = async (tx: Tx): Promise<Counted & ScopedSystems> => {
  const counted = sql`t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and t.state not in ('retired', 'not_an_ai_system')`;
  const [counts] = await tx.query<Counted>(sql`
    select count(*) filter (where t.scope_decision = 'in') as "inScope", count(*) filter (where t.scope_decision = 'out') as "outOfScope",
      count(*) filter (where coalesce(t.scope_decision, 'undecided') = 'undecided') as undecided from systems t where ${counted}`);
  const roles = await tx.query<{ role: string; count: number }>(
    sql`select role, count(*) as count from systems t, unnest(t.roles_standard) role where ${counted} and t.scope_decision = 'in' group by role`,
  );
  const inScope = counts?.inScope ?? 0;
  const names =
    inScope > MOST_NAMES
      ? []
      : await tx.query<{ name: string }>(sql`select t.name from systems t where ${counted} and t.scope_decision = 'in' order by t.number`);
  return {
    inScope,
    outOfScope: counts?.outOfScope ?? 0,
    undecided: counts?.undecided ?? 0,
    byRole: Object.fromEntries(roles.map(({ role, count }) => [role, count])),
    names: names.map(({ name }) => name),
  };
};

/** A draft of the scope statement from what is recorded now; nothing is saved. */
export const readScopeDraft = async (tx: Tx, context: Context): Promise<ScopeWording & { readonly systems: Counted }> => {
  const elements = (await findRows(tx, scopeElements, {})) as (Row & Values<typeof scopeElements>)[];
  const systems = await readSystems(tx);
  const bounds = elements.map(({ kind, name, decision, decisionReason }): ScopeElement => ({
    kind,
    name,
    decision: decision ?? 'in',
    reason: decisionReason,
  }));
  return {
    ...wordScope(context.organisation.name, bounds, systems),
    systems: { inScope: systems.inScope, outOfScope: systems.outOfScope, undecided: systems.undecided },
  };
};

/** The scope statement in force; null while none is approved. */
export const readScopeInForce = async (tx: Tx): Promise<(Row & Values<typeof scopeStatements>) | null> =>
  ((await findRows(tx, scopeStatements, { state: 'approved' }))[0] as (Row & Values<typeof scopeStatements>) | undefined) ?? null;
