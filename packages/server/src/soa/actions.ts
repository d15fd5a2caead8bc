import { identifierOf } from '@aimwell/contract/platform/register';
import { controls, soaEntries, soaVersions } from '@aimwell/contract/soa/soa';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { isOpenTreatment } from '@aimwell/core/treatment/treatment';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import type { Behaviour, Intended } from '../platform/register/behaviour.ts';
import type { Row } from '../platform/register/columns.ts';
import { findRows, loadRows } from '../platform/register/read.ts';
import { type Change, writeRecords } from '../platform/register/write.ts';
import { readOpenTreatments } from '../treatment/reads.ts';
import { ownEntry } from './copy.ts';
import { frozenFields, progressFields } from './entries.ts';
import { soaVersionsBehaviour } from './versions.ts';
import { readWorkingVersion } from './working.ts';

const same = (a: unknown, b: unknown): boolean => {
  const comparable = (value: unknown) => JSON.stringify(Array.isArray(value) ? value.toSorted() : (value ?? null));
  return comparable(a) === comparable(b);
};

/**
 * A draft takes every change. An approved version takes how far a control is and nothing else; one in review or
 * superseded takes nothing. See docs/decisions/0007.
 */
const againstChange = (version: Row | undefined, { before, after }: Intended): readonly Refusal[] => {
  const state = version?.['state'];
  if (version === undefined || state === 'draft') return [];
  const named = `${String(version['name'])} is ${String(state).replaceAll('_', ' ')}`;
  const remedy = state === 'in_review' ? 'Have the version sent back, then change it.' : 'Start a new version and change it there.';
  const frozen = state === 'approved' ? frozenFields : [...frozenFields, ...progressFields];
  const touched = frozen.filter((name) => !same(before?.[name], after[name]));
  if (touched.length > 0)
    return touched.map((name) => refusal('VERSION_FROZEN', `expected an entry of a draft, but ${named}`, remedy, name));
  return [];
};

/**
 * A version being worked on was copied from the one in force: progress made there meanwhile is carried over where nobody
 * has written something else, so that the next approval does not set a control back.
 */
const carryProgress = async (
  tx: Tx,
  context: Context,
  written: readonly { readonly before: Row | null; readonly after: Row }[],
): Promise<void> => {
  const working = await readWorkingVersion(tx);
  if (working === null) return;
  const moved = written.filter(({ after }) => after['soa'] !== working.id);
  if (moved.length === 0) return;
  const entries = await findRows(tx, soaEntries, { soa: working.id }, { lock: true });
  const changes = moved.flatMap(({ before, after }): Change[] => {
    const copy = entries.find((entry) => entry['control'] === after['control'] && entry['ownControl'] === after['ownControl']);
    const names = progressFields.filter((name) => !same(before?.[name], after[name]) && same(before?.[name], copy?.[name]));
    return copy === undefined || names.length === 0
      ? []
      : [{ before: copy, set: Object.fromEntries(names.map((name) => [name, after[name]])) }];
  });
  await writeRecords(tx, context, soaEntries, changes, { command: 'carry', reason: 'Changed in the version in force' });
};

export const soaEntriesBehaviour: Behaviour = {
  register: soaEntries,
  prepare: async (tx, _context, intended) => {
    const ids = [...new Set(intended.map(({ after }) => String(after['soa'])))];
    // Held, so that a version is not submitted while one of its entries changes.
    const versions = new Map((await loadRows(tx, soaVersions, ids, { lock: true })).map((row) => [row.id, row]));
    return intended.map((one) => {
      const refused = againstChange(versions.get(String(one.after['soa'])), one);
      return refused.length > 0 ? { refused } : { set: {} };
    });
  },
  after: async (tx, context, written, deed) => {
    if (deed === 'patch') await carryProgress(tx, context, written);
  },
};

/** Own controls enter the draft at once and cannot go while an open treatment needs them. */
export const controlsBehaviour: Behaviour = {
  register: controls,
  prepare: async (tx, _context, intended) => {
    const open = intended.some(({ deed }) => deed === 'archive')
      ? (await readOpenTreatments(tx)).filter(({ status }) => isOpenTreatment(status))
      : [];
    return intended.map(({ deed, before }) => {
      const naming = deed === 'archive' ? open.filter((treatment) => treatment.ownControls.includes(before?.id ?? '')) : [];
      if (naming.length === 0) return { set: {} };
      const code = identifierOf(controls, before?.number ?? 0);
      return {
        refused: [
          refusal(
            'CONTROL_NEEDED',
            `expected no open treatment to need ${code}, got ${naming.map((treatment) => treatment.code).join(', ')}`,
            'Take it out of the treatment, or cancel that.',
          ),
        ],
      };
    });
  },
  after: async (tx, context, written, deed) => {
    const draft = await readWorkingVersion(tx);
    if (draft === null || draft.state !== 'draft') return;
    if (deed === 'create' || deed === 'import')
      await addToDraft(
        tx,
        context,
        draft.id,
        written.filter(({ before }) => before === null).map(({ after }) => after),
      );
    if (deed === 'archive')
      await removeFromDraft(
        tx,
        context,
        draft.id,
        written.map(({ after }) => after),
      );
  },
};

const addToDraft = (tx: Tx, context: Context, draft: string, fresh: readonly Row[]) =>
  writeRecords(
    tx,
    context,
    soaEntries,
    fresh.map((control) => ({ before: null, set: ownEntry(draft, { id: control.id, title: String(control['title']) }) })),
    { command: 'create' },
  );

const removeFromDraft = async (tx: Tx, context: Context, draft: string, gone: readonly Row[]) => {
  const entries = await findRows(tx, soaEntries, { soa: draft, ownControl: gone.map(({ id }) => id) });
  await writeRecords(
    tx,
    context,
    soaEntries,
    entries.map((before) => ({ before, set: { archivedAt: context.now.toISOString(), archivedReason: 'Its control was archived' } })),
    { command: 'archive' },
  );
};

export const soaBehaviours: readonly Behaviour[] = [soaVersionsBehaviour, soaEntriesBehaviour, controlsBehaviour];
