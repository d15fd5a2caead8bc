import { soaEntries } from '@aimwell/contract/soa/soa';
import { applySuggestion, suggest as suggestionFor } from '@aimwell/core/soa/derive';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import type { CommandInput, Outcome } from '../platform/register/behaviour.ts';
import { writeRecords } from '../platform/register/write.ts';
import { readEntries, readOwnCodes, toEntry } from './entries.ts';
import { readBasis } from './facts.ts';
import { notADraft } from './working.ts';

/** Fills the "why" of a draft's entries from the records. Decisions stay with people. */
export const suggest = async (tx: Tx, context: Context, { record }: CommandInput): Promise<Outcome> => {
  if (record['state'] !== 'draft') return { refused: [notADraft(record['state'])] };
  const own = await readOwnCodes(tx);
  const basis = await readBasis(tx, own);
  const changes = (await readEntries(tx, record.id, own, { lock: true })).flatMap((before) => {
    const entry = toEntry(before, own);
    const suggestion = suggestionFor(entry.control, basis);
    if (suggestion === null) return [];
    const { reasons, risks, objectives, laws, contracts, justification } = applySuggestion(entry, suggestion);
    const set = {
      reasons,
      risks,
      objectives,
      laws: laws?.slice(0, 500) ?? null,
      contracts: contracts?.slice(0, 500) ?? null,
      justification,
    };
    return JSON.stringify(set) === JSON.stringify(Object.fromEntries(Object.keys(set).map((name) => [name, before[name]])))
      ? []
      : [{ before, set }];
  });
  await writeRecords(tx, context, soaEntries, changes, { command: 'suggest' });
  return { set: {} };
};
