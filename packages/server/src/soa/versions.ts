import { soaEntries, soaVersions } from '@aimwell/contract/soa/soa';
import { refusal } from '@aimwell/core/shared/refusal';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { holdNumbers, nextVersionNumber } from '../platform/register/approval.ts';
import type { Behaviour, Intended } from '../platform/register/behaviour.ts';
import type { Row } from '../platform/register/columns.ts';
import { findRows } from '../platform/register/read.ts';
import { writeRecords } from '../platform/register/write.ts';
import { readPlanInForce } from '../treatment/reads.ts';
import { copiedEntries } from './copy.ts';
import { approve, sendBack, submit } from './review.ts';
import { suggest } from './suggest.ts';
import { notADraft, readWorkingVersion } from './working.ts';

/** One version is worked on at a time; what was submitted or approved stays as it was. */
const judgeAll = async (tx: Tx, intended: readonly Intended[]) => {
  const fresh = intended.filter(({ before }) => before === null).length;
  if (fresh > 0) await holdNumbers(tx, soaVersions);
  const working = fresh > 0 ? await readWorkingVersion(tx) : null;
  const number = fresh > 0 ? await nextVersionNumber(tx, soaVersions) : 0;
  const plan = fresh > 0 ? await readPlanInForce(tx) : null;
  return intended.map(({ before, after }) => {
    if (before !== null) return before['state'] === 'draft' ? { set: {} } : { refused: [notADraft(before['state'])] };
    if (working !== null || fresh > 1) {
      const message =
        working === null
          ? `expected one new version, got ${fresh}`
          : `expected no other version at work, got ${working.name ?? ''} in stage ${working.state ?? ''}`;
      return { refused: [refusal('VERSION_AT_WORK', message, 'Go on with that one; have it approved, or archive the draft.', 'state')] };
    }
    return {
      set: {
        versionNumber: number,
        name: `Statement of Applicability ${number}`,
        treatmentPlan: after['treatmentPlan'] ?? plan?.id ?? null,
      },
    };
  });
};

/** Versions of the Statement of Applicability. A new one starts from the one in force. */
export const soaVersionsBehaviour: Behaviour = {
  register: soaVersions,
  prepare: (tx, _context, intended) => judgeAll(tx, intended),
  after: async (tx, context, written, deed) => {
    for (const { after } of written) {
      if (deed === 'create')
        await writeRecords(
          tx,
          context,
          soaEntries,
          (await copiedEntries(tx, after.id)).map((set) => ({ before: null, set })),
          { command: 'create' },
        );
      if (deed === 'archive') await archiveEntries(tx, context, after);
    }
  },
  commands: { suggest, submit, sendBack, approve },
};

const archiveEntries = async (tx: Tx, context: Context, version: Row) =>
  writeRecords(
    tx,
    context,
    soaEntries,
    (await findRows(tx, soaEntries, { soa: version.id })).map((before) => ({
      before,
      set: { archivedAt: version['archivedAt'], archivedReason: version['archivedReason'] },
    })),
    { command: 'archive', reason: 'Its version was archived' },
  );
