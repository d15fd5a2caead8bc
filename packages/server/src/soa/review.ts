import { identifierOf } from '@aimwell/contract/platform/register';
import { soaVersions } from '@aimwell/contract/soa/soa';
import { treatmentPlans } from '@aimwell/contract/treatment/treatments';
import { evolveVersion, type VersionCommand, type VersionStage } from '@aimwell/core/shared/versions';
import { decideSoa, type SoaFacts } from '@aimwell/core/soa/versions';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import {
  authorsOf,
  earlierInForce,
  signatureValues,
  signingPerson,
  submissionValues,
  supersede,
  versionCommand,
  versionStateOf,
} from '../platform/register/approval.ts';
import type { CommandInput, Outcome } from '../platform/register/behaviour.ts';
import { loadRow } from '../platform/register/read.ts';
import { readAuthorities } from '../roles/reads.ts';
import { readOpenTreatments } from '../treatment/reads.ts';
import { annexAIds } from './catalog.ts';
import { type EntryRow, frozenContent, readEntries, readOwnCodes, toEntry } from './entries.ts';
import { readSurroundings } from './facts.ts';
import type { Version } from './working.ts';

/** Whoever wrote the version or one of its entries. Entries move after an approval too, but nobody approves twice. */
const writersOf = async (tx: Tx, version: string): Promise<string[]> => {
  const rows = await tx.query<{ author: string }>(sql`
    select distinct coalesce(t.updated_by, k.created_by) as author from soa_entries_history t
    join trail_entries e on e.organization_id = t.organization_id and e.id = t.entry_id
    left join api_tokens k on k.organization_id = e.organization_id and k.id = e.actor
    where t.organization_id = ${tx.organisationId}::uuid and t.soa_id = ${version}::uuid and coalesce(t.updated_by, k.created_by) is not null
      and e.command in ('create', 'patch', 'suggest')`);
  return [...(await authorsOf(tx, soaVersions, version)), ...rows.map((row) => row.author)];
};

const planOf = async (tx: Tx, version: Version): Promise<SoaFacts['treatmentPlan']> => {
  if (version.treatmentPlan === null) return null;
  const plan = await loadRow(tx, treatmentPlans, version.treatmentPlan);
  return { code: identifierOf(treatmentPlans, plan.number), stage: plan['state'] as VersionStage };
};

const decide = async (
  tx: Tx,
  version: Version,
  command: VersionCommand,
  entries: readonly EntryRow[],
  own: ReadonlyMap<string, string>,
) => {
  const state = versionStateOf(version, await writersOf(tx, version.id));
  const decision = decideSoa({ version: state, entries: entries.map((row) => toEntry(row, own)) }, command, {
    annexA: annexAIds,
    surroundings: await readSurroundings(tx, await readOpenTreatments(tx), own),
    treatmentPlan: await planOf(tx, version),
    authorities: await readAuthorities(tx),
  });
  return 'refused' in decision ? decision : { stage: decision.events.reduce(evolveVersion, state).stage };
};

export const submit = async (tx: Tx, context: Context, { record }: CommandInput): Promise<Outcome> => {
  const own = await readOwnCodes(tx);
  // Held, so that no entry changes between its judgement and the freeze.
  const next = await decide(
    tx,
    record as Version,
    versionCommand('submit', context),
    await readEntries(tx, record.id, own, { lock: true }),
    own,
  );
  return 'refused' in next ? next : { set: { ...submissionValues(context), state: next.stage } };
};

export const sendBack = async (
  tx: Tx,
  context: Context,
  { record, input }: CommandInput<{ readonly reason: string }>,
): Promise<Outcome> => {
  const next = await decide(
    tx,
    record as Version,
    { kind: 'sendBack', by: context.actor.personId ?? '', reason: input.reason },
    [],
    new Map(),
  );
  return 'refused' in next ? next : { set: { state: next.stage }, reason: input.reason };
};

/** Designated management puts the version into force; the one before it is superseded. */
export const approve = async (
  tx: Tx,
  context: Context,
  { record, input }: CommandInput<{ readonly happenedOn?: string; readonly lateReason?: string; readonly statement?: string }>,
): Promise<Outcome> => {
  signingPerson(context);
  const version = record as Version;
  const own = await readOwnCodes(tx);
  const entries = await readEntries(tx, version.id, own, { lock: true });
  const next = await decide(tx, version, versionCommand('approve', context, input.happenedOn), entries, own);
  if ('refused' in next) return next;
  await supersede(tx, context, soaVersions, await earlierInForce(tx, soaVersions, record.id));
  const { name, versionNumber, treatmentPlan, ownControlsStatement, note } = version;
  const content = {
    name,
    versionNumber,
    treatmentPlan,
    ownControlsStatement,
    note,
    entries: entries.map((entry) => frozenContent(entry, own)),
  };
  const included = entries.filter((entry) => entry.decision === 'included').length;
  const statement = `I approve "${name ?? ''}", version ${versionNumber ?? 0}: ${included} of ${entries.length} controls included.`;
  return { set: { ...(await signatureValues(tx, context, input, statement, content)), state: next.stage } };
};
