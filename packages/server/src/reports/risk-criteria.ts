import type { criteriaScales } from '@aimwell/contract/risks/criteria';
import type { RiskCriteria } from '@aimwell/core/risks/criteria';
import type { z } from 'zod';
import type { Block, Cell, Row, Table } from '../platform/reports/model.ts';
import { longDate } from '../platform/reports/text.ts';
import type { CriteriaVersion, RiskMatrix } from '../risks/reads.ts';
import { joined } from './words.ts';

type Scales = z.output<typeof criteriaScales>;

/** Risks by cell: likelihood from the highest downwards, consequence from the lowest to the right. Nothing while no criteria are in force. */
export const matrixBlocks = (when: 'before' | 'after', matrix: RiskMatrix): Block[] => {
  if (matrix.criteria === null || matrix.total === 0) return [];
  if (matrix.total === matrix.unrated) return [{ kind: 'paragraph', text: `No open risk has been rated ${when} treatment.` }];
  return [matrixTable(`${when === 'before' ? 'Before' : 'After'} treatment`, matrix, matrix.criteria)];
};

const matrixTable = (
  name: string,
  { cells, unrated, aboveThreshold, total }: RiskMatrix,
  criteria: NonNullable<RiskMatrix['criteria']>,
): Table => {
  const cell = (likelihood: number, consequence: number): Cell => {
    const here = cells.filter((one) => one.likelihood === likelihood && one.consequence === consequence);
    const count = here.reduce((sum, one) => sum + one.count, 0);
    const level = here[0]?.level ?? 0;
    const band = criteria.bands.find(({ min, max }) => level >= min && level <= max)?.name ?? '';
    return {
      kind: 'text',
      text: count === 0 ? '–' : String(count),
      note: joined([`level ${level}`, band], ', '),
      strong: count > 0 && level > criteria.threshold,
    };
  };
  const rows = criteria.likelihood.map((label, at): Row => ({
    kind: 'row',
    cells: [
      { kind: 'text', text: label, strong: true, note: `likelihood ${at + 1}` },
      ...criteria.consequence.map((_, column) => cell(at + 1, column + 1)),
    ],
  }));
  return {
    kind: 'table',
    caption: `${name}: open risks by likelihood and consequence (${joined([`${total} in all`, `${aboveThreshold} above the threshold`, `${unrated} not rated`], ', ')})`,
    columns: [
      { header: 'Likelihood', width: 1.3 },
      ...criteria.consequence.map((label, at) => ({ header: `${at + 1} ${label}`, width: 1 })),
    ],
    rows: rows.toReversed(),
  };
};

const secondReader = ({ bands, secondReaderBands = 0 }: Scales): (readonly [string, string])[] =>
  secondReaderBands === 0
    ? []
    : [
        [
          'Second reader',
          `A second person reads ratings in ${joined(
            bands.slice(-secondReaderBands).map(({ name }) => name),
            ', ',
          )}.`,
        ],
      ];

/** The criteria in force in full, so that every level in the register can be checked by hand. */
export const criteriaBlocks = (version: CriteriaVersion | null, criteria: RiskCriteria | null): Block[] => {
  if (version === null || criteria === null)
    return [{ kind: 'note', text: 'No criteria are approved, so no risk can be rated.', status: { shape: 'major', word: 'Missing' } }];
  const scales = version.scales as Scales;
  return [
    {
      kind: 'facts',
      rows: [
        [
          'Version',
          `${version.name ?? 'Risk criteria'}, version ${version.versionNumber}, approved on ${longDate(version.approvedOn ?? '')}`,
        ],
        ['Threshold', `Levels above ${criteria.threshold} are not accepted without treatment and designated management.`],
        [
          'Level',
          criteria.matrix === undefined
            ? 'Likelihood times the highest of the three consequences.'
            : 'From the matrix, by likelihood and the highest of the three consequences.',
        ],
        ...secondReader(scales),
        ...(version.method === null ? [] : [['Method', version.method] as const]),
      ],
    },
    {
      kind: 'table',
      caption: 'Bands',
      columns: [
        { header: 'Band', width: 1 },
        { header: 'Levels', width: 1 },
        { header: 'Standing', width: 2 },
        { header: 'Review at least every', width: 1.2 },
      ],
      rows: scales.bands.map(({ name, min, max, reviewMonths }): Row => ({
        kind: 'row',
        cells: [
          { kind: 'text', text: name, strong: true },
          `${min} to ${max}`,
          min > criteria.threshold
            ? 'above the threshold'
            : max <= criteria.threshold
              ? 'within the threshold'
              : `above the threshold from level ${criteria.threshold + 1}`,
          reviewMonths === 1 ? '1 month' : `${reviewMonths} months`,
        ],
      })),
    },
    {
      kind: 'table',
      caption: 'Likelihood',
      columns: [
        { header: 'Step', width: 1.2 },
        { header: 'Meaning', width: 5 },
      ],
      rows: scales.likelihood.map(({ label, meaning }, at): Row => ({
        kind: 'row',
        cells: [{ kind: 'text', text: `${at + 1} ${label}`, strong: true }, meaning],
      })),
    },
    {
      kind: 'table',
      caption: 'Consequence',
      columns: [
        { header: 'Step', width: 1.2 },
        { header: 'For the organisation', width: 2 },
        { header: 'For individuals', width: 2 },
        { header: 'For societies', width: 2 },
      ],
      rows: scales.consequence.map(({ label, organisation, individuals, societies }, at): Row => ({
        kind: 'row',
        cells: [{ kind: 'text', text: `${at + 1} ${label}`, strong: true }, organisation, individuals, societies],
      })),
    },
  ];
};
