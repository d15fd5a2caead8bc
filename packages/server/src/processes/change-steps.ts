import { aimsUri } from '@aimwell/contract/processes/extension';
import type { stepEdits } from '@aimwell/contract/processes/step-edits';
import { changeStep, type StepChange } from '@aimwell/core/processes/text/change-step';
import { elementById, localNameOf, rootOf } from '@aimwell/core/processes/text/elements';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { invalid, refused } from '../platform/errors.ts';
import { registerOf } from './maps.ts';
import { refuseBlind } from './onto.ts';
import { prepareMap } from './read-map.ts';
import { holdVersion, type StoredVersion, writeVersion } from './versions.ts';

type Edits = z.output<typeof stepEdits>;

interface Text {
  readonly xml: string;
  readonly file_name: string;
  readonly note: string;
}

/**
 * Changes what a version says of steps, without drawing: every other byte of its text stays. A draft is changed itself; of a version
 * that is approved or retired the next draft is made. Answers the id of the draft, or of the version where nothing differs.
 * @throws NOT_FOUND, VERSION_CONFLICT, INVALID (no such step, or nobody could follow what is said), REFUSED (in review, not the newest,
 * somebody else's draft without `seen`)
 */
export const changeSteps = async (tx: Tx, context: Context, id: string, seen: number | null, { steps, note }: Edits): Promise<string> => {
  const version = await holdVersion(tx, id, seen);
  await refuseFixed(tx, version);
  if (seen === null) await refuseBlind(tx, context, version.map_id);
  const [stored] = await tx.query<Text>(
    sql`select xml, file_name, note from process_versions where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`,
  );
  if (stored === undefined) throw new Error('expected the version that is held');
  const xml = changedText(version, stored.xml, steps);
  if (xml === stored.xml) return id;
  const prepared = await prepareMap({ xml, fileName: stored.file_name }, await registerOf(tx, version.map_id));
  const wrong = prepared.refusals.flatMap((one) => {
    const at = steps.findIndex((step) => step.id === one.field);
    return at < 0 ? [] : [{ ...one, field: `steps.${at}` }];
  });
  if (wrong.length > 0) throw invalid(wrong);
  return writeVersion(tx, context, version.map_id, prepared, note ?? (version.state === 'draft' ? stored.note : ''));
};

/** What is in review is somebody else's to judge, and beside the newest version there is no other to write. */
const refuseFixed = async (tx: Tx, version: StoredVersion): Promise<void> => {
  const [newest] = await tx.query<{ id: string; number: number; state: string }>(sql`
    select id, number, state from process_versions where organization_id = ${tx.organisationId}::uuid and map_id = ${version.map_id}::uuid order by number desc limit 1`);
  if (newest?.state === 'review')
    throw refused([
      refusal(
        'WRONG_STAGE',
        `expected a map with no version in review, got one whose version ${newest.number} is`,
        'Have it approved or sent back first.',
        'state',
      ),
    ]);
  if (newest !== undefined && newest.id !== version.id)
    throw refused([
      refusal(
        'NOT_NEWEST',
        `expected the newest version of the map, which is ${newest.number}, got version ${version.number}`,
        `Change version ${newest.number} instead.`,
      ),
    ]);
};

const changedText = ({ graph }: StoredVersion, xml: string, steps: Edits['steps']): string => {
  const missing: Refusal[] = [];
  const text = steps.reduce((before, { id, ...said }, at) => {
    const changed = isStep(graph, before, id) ? changeStep(before, id, saidOf(said), { aims: aimsUri }) : { missing: 'element' };
    if ('xml' in changed) return changed.xml;
    missing.push(refusal('NO_SUCH_STEP', `expected a step or a lane of this map, got "${id}"`, 'Load the map again.', `steps.${at}.id`));
    return before;
  }, xml);
  if (missing.length > 0) throw invalid(missing);
  return text;
};

const kinds = ['task', 'subProcess', 'call'];

const isStep = (graph: StoredVersion['graph'], xml: string, id: string): boolean => {
  const node = graph?.nodes[id];
  if (node !== undefined) return kinds.includes(node.kind);
  const root = rootOf(xml);
  const element = root === null ? null : elementById(xml, root, id);
  return element !== null && /^(?:lane|.*[tT]ask|subProcess|callActivity)$/.test(localNameOf(element));
};

const saidOf = (said: Omit<Edits['steps'][number], 'id'>): StepChange =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
