import { evidence } from '@aimwell/contract/evidence/evidence';
import { collectFields, type CollectFields } from '@aimwell/contract/evidence/endpoints';
import { registerNamed } from '@aimwell/contract/registers';
import { sortTargets, type Targets } from '@aimwell/core/evidence/proves';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import { codeLists } from '../platform/catalog/codes.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { invalid, refused } from '../platform/errors.ts';
import type { FileStore } from '../platform/files/store.ts';
import type { RegisterActions } from '../platform/register/actions.ts';
import { findRows } from '../platform/register/read.ts';
import { attachFile, safeName, type Stored } from './attach.ts';

/** Fields of evidence that refer to records a file can prove something about, by the register they refer to. */
const linkFields = Object.entries(evidence.fields).flatMap(([field, spec]) =>
  spec.kind === 'references' && !('managed' in spec) ? [{ field, register: registerNamed(spec.to) }] : [],
);

const known = {
  controls: codeLists.controls.map(({ id }) => id),
  requirements: codeLists.requirements.map(({ id }) => id),
  prefixes: Object.fromEntries(linkFields.map(({ field, register }) => [register.prefix, field])),
};

const repeatable = new Set(['proves', 'system']);

/** The fields of the form by their schema; a list may also be given as one text with commas. */
export const parseFields = (given: Readonly<Record<string, readonly string[]>>): CollectFields => {
  const twice = Object.entries(given).find(([name, values]) => !repeatable.has(name) && values.length > 1);
  if (twice !== undefined)
    throw invalid([
      { code: 'GIVEN_TWICE', field: twice[0], message: `expected one value, got ${twice[1].length}`, remedy: 'Send it once.' },
    ]);
  const { proves = [], system = [], ...single } = given;
  const split = (values: readonly string[]) =>
    values
      .flatMap((value) => value.split(','))
      .map((value) => value.trim())
      .filter((value) => value !== '');
  const read = collectFields.safeParse({
    ...Object.fromEntries(Object.entries(single).flatMap(([name, [value]]) => (value === '' ? [] : [[name, value]]))),
    proves: split(proves),
    // A system may be called by its name, and names have commas.
    system: system.filter((value) => value.trim() !== ''),
  });
  if (read.success) return read.data;
  throw invalid(
    read.error.issues.map((issue) => ({
      code: issue.code.toUpperCase(),
      field: issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.map(String).join('.'),
      message: issue.message,
      remedy: 'Compare the fields with the description of this address under /api.',
    })),
  );
};

type Links = Readonly<Record<string, readonly string[]>>;

const linked = async (tx: Tx, targets: Targets): Promise<{ readonly links: Links; readonly problems: readonly Refusal[] }> => {
  const links: Record<string, string[]> = {};
  const problems: Refusal[] = [];
  for (const { field, number, text } of targets.records) {
    const register = linkFields.find((one) => one.field === field)?.register;
    const [row] = register === undefined ? [] : await findRows(tx, register, { number });
    if (row === undefined)
      problems.push(refusal('NOT_HERE', `expected a record in use, got "${text}"`, 'Name one that exists here.', 'proves'));
    else (links[field] ??= []).push(row.id);
  }
  return { links, problems };
};

/** Systems by identifier, id, or their exact name; a name that two systems bear is no name. */
const systemsNamed = async (
  tx: Tx,
  given: readonly string[],
): Promise<{ readonly ids: readonly string[]; readonly problems: readonly Refusal[] }> => {
  const ids: string[] = [];
  const problems: Refusal[] = [];
  for (const text of given) {
    const rows = await tx.query<{ id: string }>(sql`
      select t.id from systems t where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null
        and (lower(t.name) = lower(${text}) or t.id::text = lower(${text}) or 'SYS-' || to_char(t.number, 'FM999990000') = upper(${text})) limit 2`);
    if (rows.length === 1 && rows[0] !== undefined) ids.push(rows[0].id);
    else
      problems.push(
        refusal(
          'SYSTEM',
          `expected one system in use, got ${rows.length === 0 ? 'none' : 'several'} called "${text.slice(0, 100)}"`,
          'Name it by its identifier, such as SYS-0003.',
          'system',
        ),
      );
  }
  return { ids, problems };
};

const merged = (links: Links, systems: readonly string[]): Links => {
  const all = [...new Set([...(links['systems'] ?? []), ...systems])];
  return all.length === 0 ? links : { ...links, systems: all };
};

/** Evidence in use with this very content that already stands for all of these things. */
const sameAgain = async (tx: Tx, sha256: string, links: Links): Promise<string | undefined> =>
  (await findRows(tx, evidence, { sha256 })).find((row) =>
    Object.entries(links).every(([field, ids]) => ids.every((id) => ((row[field] ?? []) as string[]).includes(id))),
  )?.id;

export interface Collected {
  readonly id: string;
  readonly created: boolean;
}

/**
 * One file with what it proves, in one transaction: record, file and trail, or nothing. The same content for the same
 * things again makes no second piece.
 * @throws INVALID for fields, REFUSED for targets that do not exist and for what evidence itself refuses
 */
export const collect = async (
  tx: Tx,
  context: Context,
  { actions, store }: { readonly actions: RegisterActions; readonly store: FileStore },
  stored: Stored,
): Promise<Collected> => {
  const { proves, system, title, ...values } = parseFields(stored.fields);
  const sorted = sortTargets(proves, known);
  if ('refused' in sorted) throw refused(sorted.refused);
  const [found, systems] = [await linked(tx, sorted.targets), await systemsNamed(tx, system)];
  const problems = [...found.problems, ...systems.problems];
  if (problems.length > 0) throw refused(problems);
  const { controls, requirements } = sorted.targets;
  const links: Links = { controls, requirements, ...merged(found.links, systems.ids) };
  const same = await sameAgain(tx, stored.sha256, links);
  if (same !== undefined) return { id: same, created: false };
  const { personId } = context.actor;
  const set = { collectedOn: context.today, kind: 'file', ...(personId === null ? {} : { owner: personId }), ...values, ...links };
  const [row] = await actions.create(tx, context, evidence, [{ ...set, title: title ?? safeName(stored.name) }]);
  if (row === undefined) throw new Error('expected the evidence that was just created');
  await attachFile(tx, context, store, { id: row.id, version: null }, stored);
  return { id: row.id, created: true };
};
