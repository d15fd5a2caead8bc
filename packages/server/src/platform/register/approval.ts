import { createHash } from 'node:crypto';
import type { ProblemItem } from '@aimwell/contract/platform/problem';
import { registerNamed } from '@aimwell/contract/registers';
import type { Register } from '@aimwell/contract/platform/register';
import type { VersionCommand, VersionState } from '@aimwell/core/shared/versions';
import { sql } from 'kysely';
import type { Actor, Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { refused } from '../errors.ts';
import { canonicalJson } from '../trail/envelope.ts';
import type { Row } from './columns.ts';
import { findRows, loadRow } from './read.ts';
import { writeRecords } from './write.ts';

/** Hex SHA-256 of what is approved, over its canonical JSON: the version hash that stands beside a signature. */
export const versionHash = (content: unknown): string => createHash('sha256').update(canonicalJson(content), 'utf8').digest('hex');

/** The signing person. A token that stands for nobody cannot sign; throws the refusal. */
export const signingPerson = (context: Context): string => {
  if (context.actor.personId !== null) return context.actor.personId;
  const problem: ProblemItem = {
    code: 'PERSON_NEEDED',
    message: 'expected a person, got a token that stands for nobody',
    remedy: 'Sign in, or use a token that was made for a person (--for).',
  };
  throw refused([problem]);
};

/** Name and function of a person at this moment, as they are stored on what he signs. */
export const functionHeld = async (tx: Tx, personId: string): Promise<{ name: string; function: string | null }> => {
  const row = await loadRow(tx, registerNamed('people'), personId);
  return { name: String(row['name']), function: (row['function'] as string | null) ?? null };
};

interface SignatureInput {
  readonly happenedOn?: string;
  readonly lateReason?: string;
  readonly statement?: string;
}

/** The values a signature leaves on a version: who, in which function, what was said, when, over which content. */
export const signatureValues = async (
  tx: Tx,
  context: Context,
  input: SignatureInput,
  statement: string,
  content: unknown,
): Promise<Record<string, unknown>> => {
  const person = signingPerson(context);
  const held = await functionHeld(tx, person);
  return {
    approvedBy: person,
    approvedName: held.name,
    approvedFunction: held.function,
    approvedStatement: input.statement ?? statement,
    approvedHash: versionHash(content),
    approvedOn: input.happenedOn ?? context.today,
    approvedAt: context.now.toISOString(),
    lateReason: input.lateReason ?? null,
  };
};

/** What submitting leaves on a version. */
export const submissionValues = (context: Context): Record<string, unknown> => ({
  submittedBy: signingPersonOrNull(context),
  submittedAt: context.now.toISOString(),
});
const signingPersonOrNull = (context: Context) => context.actor.personId;

/** A stored version as core's `decideVersion` sees it. Authors are everyone who wrote or submitted it: none may approve it. */
export const versionStateOf = (record: Row, authors: readonly string[]): VersionState => ({
  stage: record['state'] as VersionState['stage'],
  authors: [...new Set([...authors, record['createdBy'], record['submittedBy']].filter((id): id is string => typeof id === 'string'))],
  approvedBy: (record['approvedBy'] as string | null) ?? null,
  approvedOn: (record['approvedOn'] as string | null) ?? null,
});

/** Everyone who ever wrote a version of this record, from its history twin; a token that stands for nobody is its maker. */
export const authorsOf = async (tx: Tx, register: Register, id: string): Promise<string[]> => {
  const rows = await tx.query<{ author: string }>(sql`
    select distinct coalesce(t.updated_by, k.created_by) as author from ${sql.table(`${register.table}_history`)} t
    join trail_entries e on e.organization_id = t.organization_id and e.id = t.entry_id
    left join api_tokens k on k.organization_id = e.organization_id and k.id = e.actor
    where t.organization_id = ${tx.organisationId}::uuid and t.id = ${id}::uuid and coalesce(t.updated_by, k.created_by) is not null
      and e.command in ('create', 'patch', 'import', 'submit', 'setScales', 'suggest')`);
  return rows.map((row) => row.author);
};

/** The person behind a deed: the one who acts, or the one who made the token that acts and stands for nobody. */
export const personBehind = async (tx: Tx, { personId, tokenId }: Actor): Promise<string | null> => {
  if (personId !== null || tokenId === undefined) return personId;
  const [row] = await tx.query<{ created_by: string | null }>(
    sql`select created_by from api_tokens where organization_id = ${tx.organisationId}::uuid and id = ${tokenId}::uuid`,
  );
  return row?.created_by ?? null;
};

/** The next version number of a register of versions. */
export const nextVersionNumber = async (tx: Tx, register: Register): Promise<number> => {
  const [row] = await tx.query<{ next: number }>(
    sql`select coalesce(max(version_number), 0) + 1 as next from ${sql.table(register.table)} where organization_id = ${tx.organisationId}::uuid`,
  );
  return row?.next ?? 1;
};

/** A command of `decideVersion` with who and when. */
export const versionCommand = (kind: 'submit' | 'approve', context: Context, happenedOn?: string): VersionCommand => ({
  kind,
  by: context.actor.personId ?? '',
  on: happenedOn ?? context.today,
});

/** The version in force before this one. All versions are held, so that two approvals at once cannot leave two in force. */
export const earlierInForce = async (tx: Tx, register: Register, id: string): Promise<Row[]> =>
  (await findRows(tx, register, {}, { lock: true })).filter((other) => other.id !== id && other['state'] === 'approved');

/** Takes earlier versions out of force; the approval of the next one does it. */
export const supersede = (tx: Tx, context: Context, register: Register, earlier: readonly Row[]): Promise<Row[]> =>
  writeRecords(
    tx,
    context,
    register,
    earlier.map((before) => ({ before, set: { state: 'superseded' } })),
    { command: 'supersede' },
  );

/** Makes whoever starts a version at the same moment wait: two drafts would both see none. */
export const holdNumbers = (tx: Tx, register: Register): Promise<unknown> =>
  tx.query(
    sql`insert into counters (organization_id, register, last) values (${tx.organisationId}::uuid, ${register.name}, 0) on conflict (organization_id, register) do update set last = counters.last`,
  );
