import { identifierOf, type Values } from '@aimwell/contract/platform/register';
import { soaEntries, soaVersions } from '@aimwell/contract/soa/soa';
import { treatmentPlans } from '@aimwell/contract/treatment/treatments';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { evolveVersion, type VersionCommand, type VersionStage } from '@aimwell/core/shared/versions';
import { applySuggestion, suggest as suggestionFor } from '@aimwell/core/soa/derive';
import { decideSoa, type SoaFacts } from '@aimwell/core/soa/versions';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { authorsOf, nextVersionNumber, signatureValues, signingPerson, submissionValues, versionCommand, versionStateOf } from '../platform/register/approval.ts';
import type { Behaviour, CommandInput, Intended, Outcome } from '../platform/register/behaviour.ts';
import type { Row } from '../platform/register/columns.ts';
import { findRows, loadRow } from '../platform/register/read.ts';
import { writeRecords } from '../platform/register/write.ts';
import { readAuthorities } from '../roles/reads.ts';
import { readOpenTreatments, readPlanInForce } from '../treatment/reads.ts';
import { annexAIds } from './catalog.ts';
import { copiedEntries } from './copy.ts';
import { type EntryRow, frozenContent, readEntries, readOwnCodes, toEntry } from './entries.ts';
import { readBasis, readSurroundings } from './facts.ts';

export type Version = Row & Values<typeof soaVersions>;

/** The version being worked on: a draft, or one in review. */
export const readWorkingVersion = async (tx: Tx): Promise<Version | null> => ((await findRows(tx, soaVersions, { state: ['draft', 'in_review'] }))[0] as Version | undefined) ?? null;

/** Whoever wrote the version or one of its entries. Entries move after an approval too, but nobody approves twice. */
const writersOf = async (tx: Tx, version: string): Promise<string[]> => {
  const rows = await tx.query<{ updated_by: string }>(sql`
    select distinct t.updated_by from soa_entries_history t join trail_entries e on e.organization_id = t.organization_id and e.id = t.entry_id
    where t.organization_id = ${tx.organisationId}::uuid and t.soa_id = ${version}::uuid and t.updated_by is not null and e.command in ('create', 'patch', 'suggest')`);
  return [...(await authorsOf(tx, soaVersions, version)), ...rows.map((row) => row.updated_by)];
};

const planOf = async (tx: Tx, version: Version): Promise<SoaFacts['treatmentPlan']> => {
  if (version.treatmentPlan === null) return null;
  const plan = await loadRow(tx, treatmentPlans, version.treatmentPlan);
  return { code: identifierOf(treatmentPlans, plan.number), stage: plan['state'] as VersionStage };
};

const decide = async (tx: Tx, version: Version, command: VersionCommand, entries: readonly EntryRow[], own: ReadonlyMap<string, string>) => {
  const state = versionStateOf(version, await writersOf(tx, version.id));
  const decision = decideSoa({ version: state, entries: entries.map((row) => toEntry(row, own)) }, command, {
    annexA: annexAIds,
    surroundings: await readSurroundings(tx, await readOpenTreatments(tx), own),
    treatmentPlan: await planOf(tx, version),
    authorities: await readAuthorities(tx),
  });
  return 'refused' in decision ? decision : { stage: decision.events.reduce(evolveVersion, state).stage };
};

/** Fills the "why" of a draft's entries from the records. Decisions stay with people. */
const suggest = async (tx: Tx, context: Context, { record }: CommandInput): Promise<Outcome> => {
  if (record['state'] !== 'draft') return { refused: [notADraft(record['state'])] };
  const own = await readOwnCodes(tx);
  const basis = await readBasis(tx, own);
  const changes = (await readEntries(tx, record.id, own, { lock: true })).flatMap((before) => {
    const entry = toEntry(before, own);
    const suggestion = suggestionFor(entry.control, basis);
    if (suggestion === null) return [];
    const { reasons, risks, objectives, laws, contracts, justification } = applySuggestion(entry, suggestion);
    const set = { reasons, risks, objectives, laws: laws?.slice(0, 500) ?? null, contracts: contracts?.slice(0, 500) ?? null, justification };
    return JSON.stringify(set) === JSON.stringify(Object.fromEntries(Object.keys(set).map((name) => [name, before[name]]))) ? [] : [{ before, set }];
  });
  await writeRecords(tx, context, soaEntries, changes, { command: 'suggest' });
  return { set: {} };
};

const submit = async (tx: Tx, context: Context, { record }: CommandInput): Promise<Outcome> => {
  const own = await readOwnCodes(tx);
  // Held, so that no entry changes between its judgement and the freeze.
  const next = await decide(tx, record as Version, versionCommand('submit', context), await readEntries(tx, record.id, own, { lock: true }), own);
  return 'refused' in next ? next : { set: { ...submissionValues(context), state: next.stage } };
};

const sendBack = async (tx: Tx, context: Context, { record, input }: CommandInput<{ readonly reason: string }>): Promise<Outcome> => {
  const next = await decide(tx, record as Version, { kind: 'sendBack', by: context.actor.personId ?? '', reason: input.reason }, [], new Map());
  return 'refused' in next ? next : { set: { state: next.stage }, reason: input.reason };
};

/** Designated management puts the version into force; the one before it is superseded. */
const approve = async (tx: Tx, context: Context, { record, input }: CommandInput<{ readonly happenedOn?: string; readonly lateReason?: string; readonly statement?: string }>): Promise<Outcome> => {
  signingPerson(context);
  const version = record as Version;
  const own = await readOwnCodes(tx);
  const entries = await readEntries(tx, version.id, own, { lock: true });
  const next = await decide(tx, version, versionCommand('approve', context, input.happenedOn), entries, own);
  if ('refused' in next) return next;
  // All versions are held, so that two approvals at once cannot leave two in force.
  const earlier = (await findRows(tx, soaVersions, {}, { lock: true })).filter((other) => other.id !== version.id && other['state'] === 'approved');
  await writeRecords(tx, context, soaVersions, earlier.map((before) => ({ before, set: { state: 'superseded' } })), { command: 'supersede' });
  const { name, versionNumber, treatmentPlan, ownControlsStatement, note } = version;
  const content = { name, versionNumber, treatmentPlan, ownControlsStatement, note, entries: entries.map((entry) => frozenContent(entry, own)) };
  const included = entries.filter((entry) => entry.decision === 'included').length;
  const statement = `I approve "${name ?? ''}", version ${versionNumber ?? 0}: ${included} of ${entries.length} controls included.`;
  return { set: { ...(await signatureValues(tx, context, input, statement, content)), state: next.stage } };
};

const notADraft = (state: unknown): Refusal =>
  refusal('NOT_A_DRAFT', `expected a draft, got a version in stage ${String(state)}`, state === 'in_review' ? 'Have it sent back, then change it.' : 'Start a new version.', 'state');

/** One version is worked on at a time; what was submitted or approved stays as it was. */
const judgeAll = async (tx: Tx, intended: readonly Intended[]) => {
  const fresh = intended.filter(({ before }) => before === null).length;
  if (fresh > 0) await holdNumbers(tx);
  const working = fresh > 0 ? await readWorkingVersion(tx) : null;
  const number = fresh > 0 ? await nextVersionNumber(tx, soaVersions) : 0;
  const plan = fresh > 0 ? await readPlanInForce(tx) : null;
  return intended.map(({ before, after }) => {
    if (before !== null) return before['state'] === 'draft' ? { set: {} } : { refused: [notADraft(before['state'])] };
    if (working !== null || fresh > 1) {
      const message = working === null ? `expected one new version, got ${fresh}` : `expected no other version at work, got ${working.name ?? ''} in stage ${working.state ?? ''}`;
      return { refused: [refusal('VERSION_AT_WORK', message, 'Go on with that one; have it approved, or archive the draft.', 'state')] };
    }
    return { set: { versionNumber: number, name: `Statement of Applicability ${number}`, treatmentPlan: after['treatmentPlan'] ?? plan?.id ?? null } };
  });
};

/** Makes whoever starts a version at the same moment wait: two drafts would both see none. */
const holdNumbers = (tx: Tx) =>
  tx.query(sql`insert into counters (organization_id, register, last) values (${tx.organisationId}::uuid, ${soaVersions.name}, 0) on conflict (organization_id, register) do update set last = counters.last`);

/** Versions of the Statement of Applicability. A new one starts from the one in force. */
export const soaVersionsBehaviour: Behaviour = {
  register: soaVersions,
  prepare: (tx, _context, intended) => judgeAll(tx, intended),
  after: async (tx, context, written, deed) => {
    for (const { after } of written) {
      if (deed === 'create') await writeRecords(tx, context, soaEntries, (await copiedEntries(tx, after.id)).map((set) => ({ before: null, set })), { command: 'create' });
      if (deed === 'archive') await archiveEntries(tx, context, after);
    }
  },
  commands: { suggest, submit, sendBack, approve },
};

const archiveEntries = async (tx: Tx, context: Context, version: Row) =>
  writeRecords(tx, context, soaEntries, (await findRows(tx, soaEntries, { soa: version.id })).map((before) => ({ before, set: { archivedAt: version['archivedAt'], archivedReason: version['archivedReason'] } })), { command: 'archive', reason: 'Its version was archived' });
