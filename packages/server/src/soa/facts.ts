import law from '@aimwell/catalog/frameworks/eu-ai-act.json' with { type: 'json' };
import type { EuAiActFile, Obligation } from '@aimwell/contract/catalog/eu-ai-act';
import { systems } from '@aimwell/contract/systems/systems';
import type { Surroundings } from '@aimwell/core/soa/contradictions';
import type { Basis } from '@aimwell/core/soa/derive';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { identifierSql } from '../platform/register/columns.ts';
import { readOpenTreatments } from '../treatment/reads.ts';

const { obligations } = law as unknown as EuAiActFile;

type Treatments = Awaited<ReturnType<typeof readOpenTreatments>>;

/** The controls a treatment names, own ones by identifier. */
export const controlsNamed = (treatment: Treatments[number], own: ReadonlyMap<string, string>): readonly string[] => [
  ...treatment.controls,
  ...treatment.ownControls.map((id) => own.get(id) ?? id),
];

/** Systems that count: in scope, and neither retired nor found to be no AI system. */
const counted = (tx: Tx) =>
  sql`t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and t.scope_decision = 'in' and t.state not in ('retired', 'not_an_ai_system')`;

/** What treatments and the inventory say about the controls, for core to hold the entries against. */
export const readSurroundings = async (tx: Tx, treatments: Treatments, own: ReadonlyMap<string, string>): Promise<Surroundings> => {
  const [found] = await tx.query<Omit<Surroundings, 'treatments'>>(sql`
    select coalesce(array_agg(code order by number) filter (where 'developer' = any(roles_standard)), '{}') as developed,
      coalesce(array_agg(code order by number) filter (where trains_on_data), '{}') as trained,
      coalesce(array_agg(code order by number) filter (where 'user' = any(roles_standard) or 'deployer' = any(roles_law)), '{}') as used,
      coalesce(array_agg(distinct provider) filter (where provider is not null and origin is distinct from 'built'), '{}') as suppliers
    from (select ${identifierSql(systems)} as code, t.number, t.roles_standard, t.roles_law, t.trains_on_data, t.provider, t.origin from systems t where ${counted(tx)}) s`);
  return {
    treatments: treatments.map((treatment) => ({
      code: treatment.code,
      controls: controlsNamed(treatment, own),
      status: treatment.status,
    })),
    developed: found?.developed ?? [],
    trained: found?.trained ?? [],
    used: found?.used ?? [],
    suppliers: found?.suppliers ?? [],
  };
};

interface LawGroup {
  readonly flags: readonly string[];
  readonly roles: readonly string[];
  readonly annex: boolean;
}

/**
 * Duties from confirmed classifications, with the controls that serve them. Only mappings that fit strongly or partly
 * make a reason; which systems owe them is grouped in SQL, so that two thousand systems cost as much as ten.
 */
const readLawDuties = async (tx: Tx): Promise<Basis['lawDuties']> => {
  const groups = await tx.query<LawGroup>(sql`
    select distinct t.law_flags as flags, array(select distinct r from unnest(t.roles_law || array(
        select f ->> 'item' from jsonb_array_elements(coalesce(t.law_proposal -> 'flags', '[]'::jsonb)) f where f ->> 'kind' = 'role')) r order by r) as roles,
      (t.law_override_reason is not null or exists (
        select from jsonb_array_elements(coalesce(t.law_proposal -> 'flags', '[]'::jsonb)) f where f ->> 'kind' = 'high-risk' and f ->> 'item' like '3-%')) as annex
    from systems t where ${counted(tx)} and t.law_flags <> '{}'`);
  return obligations
    .filter(({ fit }) => fit === 'strong' || fit === 'partial')
    .filter((duty) => groups.some((group) => owes(group, duty)))
    .map(({ article, iso42001 }) => ({ article: `AI Act, ${article}`, controls: iso42001 }));
};

/** Roles are asked for only where a duty belongs to operators; duties of model providers follow from the flag alone. */
const owes = ({ flags, roles, annex }: LawGroup, duty: Obligation): boolean => {
  if (duty.appliesTo === 'gpai') return flags.includes('model');
  return applies(flags, annex, duty.appliesTo) && duty.roles.some((role) => roles.includes(role));
};

const applies = (flags: readonly string[], annex: boolean, to: Obligation['appliesTo']): boolean => {
  switch (to) {
    case 'all':
      return !flags.includes('outside');
    case 'prohibited':
      return flags.includes('prohibited');
    case 'high':
      return flags.includes('high-risk');
    case 'annex3':
      return flags.includes('high-risk') && annex;
    case 'transparency':
      return flags.includes('transparency');
    // Whether a general-purpose model carries systemic risk is no answer of a system's classification.
    case 'gpai':
    case 'gpai_systemic':
      return false;
  }
};

/**
 * What may speak for a control. Requirements of parties and objectives name no controls, so neither can be derived:
 * a person links them.
 */
export const readBasis = async (tx: Tx, own: ReadonlyMap<string, string>): Promise<Basis> => ({
  treatments: (await readOpenTreatments(tx)).map((treatment) => ({
    riskId: treatment.riskId,
    riskCode: treatment.riskCode,
    controls: controlsNamed(treatment, own),
    status: treatment.status,
  })),
  lawDuties: await readLawDuties(tx),
  contracts: [],
  objectives: [],
});
