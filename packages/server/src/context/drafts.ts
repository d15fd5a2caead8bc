import issuesFile from '@aimwell/catalog/drafts/context-issues.json' with { type: 'json' };
import partiesFile from '@aimwell/catalog/drafts/interested-parties.json' with { type: 'json' };
import type { DraftIssue, DraftParty } from '@aimwell/contract/catalog/drafts';
import { contextIssues, interestedParties, partyRequirements } from '@aimwell/contract/context/context';
import { columnOf, type Register } from '@aimwell/contract/platform/register';
import { type ContextAnswers, fits } from '@aimwell/core/context/drafts';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { writeRecords } from '../platform/register/write.ts';

const { issues } = issuesFile as unknown as { readonly issues: readonly DraftIssue[] };
const { parties } = partiesFile as unknown as { readonly parties: readonly DraftParty[] };

export interface Drafted {
  readonly issues: number;
  readonly parties: number;
  readonly requirements: number;
}

/** Title → record, for every title a record ever had: renamed or archived suggestions do not come again. */
const readKnown = async (tx: Tx, register: Register): Promise<ReadonlyMap<string, { readonly id: string; readonly archived: boolean }>> => {
  const field = register.fields[register.title];
  if (field === undefined) throw new Error(`${register.name} has no title field`);
  const rows = await tx.query<{ title: string; id: string; archived: boolean }>(sql`
    select distinct h.${sql.ref(columnOf(register.title, field))} as title, h.id, r.archived_at is not null as archived
    from ${sql.table(`${register.table}_history`)} h join ${sql.table(register.table)} r on r.organization_id = h.organization_id and r.id = h.id
    where h.organization_id = ${tx.organisationId}::uuid`);
  return new Map(rows.map(({ title, id, archived }) => [title, { id, archived }]));
};

const note = { command: 'create', reason: 'Suggested from the answers of the first hour' };

/**
 * Writes the drafts of the catalog that fit the answers, marked as suggested. Running it again adds only what fits newly.
 * Answers how many were written and how many had been there before.
 */
export const draftContext = async (
  tx: Tx,
  context: Context,
  answers: ContextAnswers,
): Promise<{ readonly created: Drafted; readonly present: Drafted }> => {
  // One at a time for each organisation: two clicks at once would both see nothing.
  await tx.query(
    sql`insert into counters (organization_id, register, last) values (${tx.organisationId}::uuid, ${contextIssues.name}, 0) on conflict (organization_id, register) do update set last = counters.last`,
  );
  const fittingIssues = issues.filter(({ when }) => fits(when, answers));
  const knownIssues = await readKnown(tx, contextIssues);
  const freshIssues = fittingIssues.filter(({ title }) => !knownIssues.has(title));
  await writeRecords(
    tx,
    context,
    contextIssues,
    freshIssues.map(({ id, kind, topic, title, description, source }) => ({
      before: null,
      set: { kind, topic, title, description, source: `${id}: ${source}`, suggested: true },
    })),
    note,
  );

  const fittingParties = parties.filter(({ when }) => fits(when, answers));
  const knownParties = await readKnown(tx, interestedParties);
  const freshParties = fittingParties.filter(({ name }) => !knownParties.has(name));
  const written = await writeRecords(
    tx,
    context,
    interestedParties,
    freshParties.map(({ kind, name, description }) => ({ before: null, set: { kind, name, description, suggested: true } })),
    note,
  );

  const partyIds = new Map(freshParties.map(({ name }, index) => [name, written[index]?.id]));
  for (const { name } of fittingParties) if (knownParties.get(name)?.archived === false) partyIds.set(name, knownParties.get(name)?.id);
  const knownRequirements = await readKnown(tx, partyRequirements);
  const fittingRequirements = fittingParties.flatMap((party) =>
    party.requirements.map(({ title, basis }) => ({ title, basis, party: partyIds.get(party.name) })),
  );
  const freshRequirements = fittingRequirements.filter(({ title, party }) => party !== undefined && !knownRequirements.has(title));
  await writeRecords(
    tx,
    context,
    partyRequirements,
    freshRequirements.map((set) => ({ before: null, set: { ...set, suggested: true } })),
    note,
  );

  const created = { issues: freshIssues.length, parties: freshParties.length, requirements: freshRequirements.length };
  return {
    created,
    present: {
      issues: fittingIssues.length - created.issues,
      parties: fittingParties.length - created.parties,
      requirements: fittingRequirements.length - created.requirements,
    },
  };
};
