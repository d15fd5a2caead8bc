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
import { type Line, readStatement } from './soa-reads.ts';
import { bandsOf, soaColumns, soaRows, tally } from './soa-rows.ts';
import { approvalFacts, findVersion, labelOf, restsOn, standingOf, versionToPrint } from './versions.ts';
import { readViews, type View } from './views.ts';
import { counted, joined } from './words.ts';

type Version = View<typeof soaVersions>;

const foundations = async (
  tx: Tx,
  context: Context,
  version: Version,
  lines: readonly Line[],
  link: LinkTo,
): Promise<(readonly [string, Cell])[]> => {
  const scope = await findVersion(tx, scopeStatements, undefined);
  const [plan] = version.treatmentPlan === null ? [] : await readViews(tx, treatmentPlans, sql`t.id = ${version.treatmentPlan.id}::uuid`);
  const { included, excluded, undecided } = tally(lines.filter(({ area }) => area !== 'own'));
  const own = tally(lines.filter(({ area }) => area === 'own'));
  const all = tally(lines);
  return [
    [
      'Scope',
      scope === null
        ? 'No scope statement is recorded.'
        : linksCell([link('scope-statements', { id: scope.id, identifier: labelOf(scope) })], restsOn('Scope statement', scope)),
    ],
    [
      'Treatment plan',
      plan === undefined
        ? 'No treatment plan is named by this version.'
        : linksCell([link('treatment-plans', { id: plan.id, identifier: labelOf(plan) })], restsOn(plan.name ?? plan.identifier, plan)),
    ],
    [
      'Controls of Annex A',
      joined([`${included} of ${annexA.length} included`, `${excluded} excluded`, undecided > 0 && `${undecided} undecided`], ', '),
    ],
    ['Own controls', own.all > 0 ? `${own.included} of ${own.all} included` : (version.ownControlsStatement ?? 'None.')],
    [
      'Implementation',
      joined(
        [
          `${all.inForce} of ${counted(all.included, 'included control')} implemented or effective`,
          all.unproven > 0 && `${all.unproven} without valid evidence`,
        ],
        ', ',
      ),
    ],
    ...approvalFacts(version, context.organisation.timeZone),
    ...(version.note === null ? [] : [['Note', version.note] as const]),
  ];
};

/** The kinds of what can stand against submission, in the words of one line. */
const againstWords: Readonly<Record<string, string>> = {
  CONTROL_MISSING: 'control of Annex A has no entry',
  UNDECIDED: 'control is undecided',
  REASON_MISSING: 'decision has no reason',
  EXCLUDED_BUT_TREATED: 'excluded control is named by an open treatment',
  EXCLUDED_BUT_LINKED: 'excluded control is named by a confirmed link',
  EXCLUDED_AGAINST_INVENTORY: 'exclusion contradicts the inventory and is not explained',
};
const manyWords: Readonly<Record<string, string>> = {
  CONTROL_MISSING: 'controls of Annex A have no entry',
  UNDECIDED: 'controls are undecided',
  REASON_MISSING: 'decisions have no reason',
  EXCLUDED_BUT_TREATED: 'excluded controls are named by open treatments',
  EXCLUDED_BUT_LINKED: 'excluded controls are named by confirmed links',
  EXCLUDED_AGAINST_INVENTORY: 'exclusions contradict the inventory and are not explained',
};

/** What keeps a draft from being submitted; nothing for a version that is approved. */
const openPoints = (against: readonly { readonly code: string; readonly message: string }[]): Block[] => {
  if (against.length === 0) return [];
  const points = [...Map.groupBy(against, ({ code }) => code)].map(([code, found]) =>
    counted(found.length, againstWords[code] ?? code, manyWords[code] ?? code),
  );
  const contradicted = against.some(({ code }) => code.startsWith('EXCLUDED'));
  return [
    { kind: 'note', text: `${points.join(', ')}.`, status: { shape: contradicted ? 'major' : 'minor', word: 'Before it can be approved' } },
  ];
};

const overview = (lines: readonly Line[]): Block => ({
  kind: 'table',
  caption: 'Overview by area',
  columns: [
    { header: 'Area', width: 0.7 },
    { header: 'Title', width: 4 },
    ...['Controls', 'Included', 'In force', 'Excluded', 'Undecided', 'Without evidence'].map((header) => ({
      header,
      width: 1,
      align: 'right' as const,
    })),
  ],
  rows: bandsOf(lines).map(({ id, title, lines: part }): Row => {
    const { all, included, inForce, excluded, undecided, unproven } = tally(part);
    return { kind: 'row', cells: [{ kind: 'text', text: id, strong: true }, title, all, included, inForce, excluded, undecided, unproven] };
  }),
});

/** The Statement of Applicability: every control of Annex A and the own ones, decided and reasoned, with what stands behind each. */
export const buildSoa: BuildReport = async (tx, context, options): Promise<Report> => {
  const link = linkTo(context, options);
  const version = await versionToPrint(tx, soaVersions, options.version, 'There is no Statement of Applicability yet.');
  const { lines, against } = await readStatement(tx, context.today, version.id);
  const standing = standingOf(version);
  const day = longDate(context.today);
  return {
    ...coverOf(context),
    ...standing,
    title: 'Statement of Applicability',
    subtitle: 'Controls of ISO/IEC 42001:2023, Annex A, and the reasons for including or excluding each (6.1.3)',
    orientation: 'landscape',
    sections: [
      {
        heading: 'What this statement rests on',
        blocks: [{ kind: 'facts', rows: await foundations(tx, context, version, lines, link) }, ...openPoints(against), overview(lines)],
      },
      {
        heading: 'Controls',
        blocks: [
          {
            kind: 'paragraph',
            text: standing.draft
              ? `As recorded on ${day}.`
              : `Decisions and reasons as approved. Status, owner, evidence and tests as recorded on ${day}, since implementation goes on after approval.`,
          },
          {
            kind: 'table',
            caption: 'Controls by area',
            bandHeader: 'Area',
            columns: soaColumns,
            rows: soaRows(lines, link, context.today),
            emptyText: 'This version has no entries.',
          },
        ],
      },
    ],
  };
};
