import { scopeStatements } from '@aimwell/contract/scope/scope';
import { soaVersions } from '@aimwell/contract/soa/soa';
import { treatmentPlans } from '@aimwell/contract/treatment/treatments';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import type { Block, Cell, Report, Row } from '../platform/reports/model.ts';
import { longDate } from '../platform/reports/text.ts';
import { type BuildReport, coverOf, type LinkTo, linksCell, linkTo } from './build.ts';
import { annexA } from './catalog.ts';
import { countOwnControls, type Line, readLines, type SoaVersion } from './soa-reads.ts';
import { bandsOf, soaColumns, soaRows, tally } from './soa-rows.ts';
import { approvalFacts, findVersion, labelOf, restsOn, standingOf, versionToPrint } from './versions.ts';
import { readViews } from './views.ts';
import { counted, joined } from './words.ts';

const foundations = async (tx: Tx, context: Context, version: SoaVersion, lines: readonly Line[], link: LinkTo): Promise<(readonly [string, Cell])[]> => {
  const scope = await findVersion(tx, scopeStatements, undefined);
  const [plan] = version.treatmentPlan === null ? [] : await readViews(tx, treatmentPlans, sql`t.id = ${version.treatmentPlan.id}::uuid`);
  const { included, excluded, undecided, inForce, unproven } = tally(lines.filter(({ control }) => control !== null));
  const own = tally(lines.filter(({ control }) => control === null));
  return [
    ['Scope', scope === null ? 'No scope statement is recorded.' : linksCell([link('scope-statements', { id: scope.id, identifier: labelOf(scope) })], restsOn('Scope statement', scope))],
    ['Treatment plan', plan === undefined ? 'No treatment plan is named by this version.' : linksCell([link('treatment-plans', { id: plan.id, identifier: labelOf(plan) })], restsOn(plan.name ?? plan.identifier, plan))],
    ['Controls of Annex A', joined([`${included} of ${annexA.length} included`, `${excluded} excluded`, undecided > 0 && `${undecided} undecided`], ', ')],
    ['Own controls', own.all > 0 ? `${own.included} of ${own.all} included` : (version.ownControlsStatement ?? ((await countOwnControls(tx)) > 0 ? 'None of the own controls is in this version.' : 'None.'))],
    ['Implementation', joined([`${inForce} of ${counted(included, 'included control')} implemented or effective`, unproven > 0 && `${unproven} without evidence`], ', ')],
    ...approvalFacts(version, context.organisation.timeZone),
    ...(version.note === null ? [] : [['Note', version.note] as const]),
  ];
};

/** What keeps a draft from being submitted, in one sentence each; nothing for a version that is approved. */
const openPoints = (lines: readonly Line[]): Block[] => {
  const present = new Set(lines.map(({ control }) => control));
  const absent = annexA.filter((id) => !present.has(id)).length;
  const undecided = tally(lines).undecided;
  const unreasoned = lines.filter(({ entry, hasReason }) => (entry.decision === 'included' || entry.decision === 'excluded') && !hasReason).length;
  const contradicted = lines.filter(({ contradictions }) => contradictions.some(({ blocks }) => blocks)).length;
  const points = [
    absent > 0 && `${counted(absent, 'control')} of Annex A without an entry`, undecided > 0 && `${counted(undecided, 'control')} undecided`,
    unreasoned > 0 && `${counted(unreasoned, 'decision')} without a reason`, contradicted > 0 && `${counted(contradicted, 'exclusion')} contradicted by a treatment, a confirmed link or the inventory`,
  ];
  const found = joined(points, ', ');
  return found === '' ? [] : [{ kind: 'note', text: `${found}.`, status: { shape: contradicted > 0 ? 'major' : 'minor', word: 'Before it can be submitted' } }];
};

const overview = (lines: readonly Line[]): Block => ({
  kind: 'table', caption: 'Overview by area',
  columns: [{ header: 'Area', width: 0.7 }, { header: 'Title', width: 4 }, ...['Controls', 'Included', 'In force', 'Excluded', 'Undecided', 'Without evidence'].map((header) => ({ header, width: 1, align: 'right' as const }))],
  rows: bandsOf(lines).map(({ id, title, lines: part }): Row => {
    const { all, included, inForce, excluded, undecided, unproven } = tally(part);
    return { kind: 'row', cells: [{ kind: 'text', text: id, strong: true }, title, all, included, inForce, excluded, undecided, unproven] };
  }),
});

/** The Statement of Applicability: every control of Annex A and the own ones, decided and reasoned, with what stands behind each. */
export const buildSoa: BuildReport = async (tx, context, options): Promise<Report> => {
  const link = linkTo(context, options);
  const version = await versionToPrint(tx, soaVersions, options.version, 'There is no Statement of Applicability yet.');
  const lines = await readLines(tx, version);
  const standing = standingOf(version);
  const day = longDate(context.today);
  return {
    ...coverOf(context), ...standing,
    title: 'Statement of Applicability', subtitle: 'Controls of ISO/IEC 42001:2023, Annex A, and the reasons for including or excluding each (6.1.3)', orientation: 'landscape',
    sections: [
      { heading: 'What this statement rests on', blocks: [{ kind: 'facts', rows: await foundations(tx, context, version, lines, link) }, ...(standing.draft ? openPoints(lines) : []), overview(lines)] },
      {
        heading: 'Controls',
        blocks: [
          { kind: 'paragraph', text: standing.draft ? `As recorded on ${day}.` : `Decisions and reasons as approved. Status, owner, evidence and tests as recorded on ${day}, since implementation goes on after approval.` },
          { kind: 'table', caption: 'Controls by area', bandHeader: 'Area', columns: soaColumns, rows: soaRows(lines, link, context.today), emptyText: 'This version has no entries.' },
        ],
      },
    ],
  };
};
