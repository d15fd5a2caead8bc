import { isBlank, refusal } from '../shared/refusal.ts';
import type { Refusal } from '../shared/refusal.ts';

/** How an organisation rates and what it accepts. Ratings are 1-based: 1 is the lowest step of a scale. */
export interface RiskCriteria {
  readonly likelihood: readonly ScaleStep[];
  readonly consequence: readonly ScaleStep[];
  /** Level of each cell, rows by likelihood, columns by consequence; absent: likelihood × consequence. */
  readonly matrix?: readonly (readonly number[])[];
  /** From the lowest to the highest; together they cover every level of the matrix. */
  readonly bands: readonly Band[];
  /** The highest level that is acceptable without treatment. */
  readonly threshold: number;
  /** How many bands from the highest down need a second reader before a rating counts as evaluated; absent or 0: none. */
  readonly secondReaderBands?: number;
}

export interface ScaleStep {
  readonly label: string;
}

export interface Band {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Months until a risk in this band is due for review; absent: the organisation's default for the band's rank. */
  readonly reviewMonths?: number;
}

/** Months to the next review, from the highest band downwards; lower bands use the last figure. */
export const DEFAULT_REVIEW_MONTHS: readonly number[] = [3, 6, 12, 24];

/** The 5 by 5 criteria that a new organisation starts from, as a draft. */
export const defaultCriteria: RiskCriteria = {
  likelihood: ['Rare', 'Unlikely', 'Possible', 'Likely', 'Almost certain'].map((label) => ({ label })),
  consequence: ['Negligible', 'Minor', 'Moderate', 'Major', 'Severe'].map((label) => ({ label })),
  bands: [
    { name: 'Low', min: 1, max: 4 },
    { name: 'Medium', min: 5, max: 9 },
    { name: 'High', min: 10, max: 16 },
    { name: 'Very high', min: 17, max: 25 },
  ],
  threshold: 9,
};

/** The level of a cell; null when a rating lies outside its scale. */
export function levelOf(criteria: RiskCriteria, likelihood: number, consequence: number): number | null {
  const fits = (rating: number, scale: readonly ScaleStep[]): boolean => Number.isInteger(rating) && rating >= 1 && rating <= scale.length;
  if (!fits(likelihood, criteria.likelihood) || !fits(consequence, criteria.consequence)) return null;
  if (criteria.matrix === undefined) return likelihood * consequence;
  return criteria.matrix[likelihood - 1]?.[consequence - 1] ?? null;
}

/** The band that holds a level; null only while the criteria do not validate. */
export const bandOf = (criteria: RiskCriteria, level: number): Band | null =>
  criteria.bands.find((band) => level >= band.min && level <= band.max) ?? null;

/** Months until the next review of a risk in this band. */
export function reviewMonthsOf(criteria: RiskCriteria, band: Band, defaults: readonly number[] = DEFAULT_REVIEW_MONTHS): number {
  const rankFromTop = criteria.bands.length - 1 - criteria.bands.indexOf(band);
  return band.reviewMonths ?? defaults[Math.min(rankFromTop, defaults.length - 1)] ?? 12;
}

/** The levels as a table for a heat map: rows by likelihood, columns by consequence, lowest first. */
export const levelTable = (criteria: RiskCriteria): readonly (readonly number[])[] =>
  criteria.likelihood.map((_, row) => criteria.consequence.map((_, column) => levelOf(criteria, row + 1, column + 1) ?? 0));

/** Every problem of a draft; criteria with one cannot be submitted. */
export const validateCriteria = (criteria: RiskCriteria): readonly Refusal[] => [
  ...scaleProblems(criteria.likelihood, 'likelihood'),
  ...scaleProblems(criteria.consequence, 'consequence'),
  ...matrixProblems(criteria),
  ...bandProblems(criteria),
  ...thresholdProblems(criteria),
  ...secondReaderProblems(criteria),
];

function scaleProblems(scale: readonly ScaleStep[], field: 'likelihood' | 'consequence'): readonly Refusal[] {
  const labels = scale.map((step) => step.label.trim().toLowerCase());
  return [
    ...(scale.length < 3 || scale.length > 7
      ? [refusal('SCALE_SIZE', `expected 3 to 7 steps, got ${scale.length}`, 'Add or remove steps.', field)]
      : []),
    ...(scale.some((step) => isBlank(step.label))
      ? [refusal('LABEL_MISSING', 'expected a label for each step, got an empty one', 'Name every step.', field)]
      : []),
    ...(new Set(labels).size < labels.length
      ? [refusal('LABEL_TWICE', 'expected different labels, got one twice', 'Give each step its own name.', field)]
      : []),
  ];
}

function matrixProblems(criteria: RiskCriteria): readonly Refusal[] {
  const { matrix, likelihood, consequence } = criteria;
  if (matrix === undefined) return [];
  const size = `${likelihood.length} rows of ${consequence.length}`;
  if (matrix.length !== likelihood.length || matrix.some((row) => row.length !== consequence.length)) {
    return [refusal('MATRIX_SIZE', `expected ${size}, got another size`, 'Give one level for each pair of steps.', 'matrix')];
  }
  if (matrix.flat().some((level) => !Number.isInteger(level) || level < 1)) {
    return [refusal('MATRIX_LEVEL', 'expected whole levels from 1, got another number', 'Use whole numbers from 1.', 'matrix')];
  }
  // A worse event must never get a milder level, else the matrix rewards it.
  const falls = matrix.some((row, r) => row.some((level, c) => level < (matrix[r - 1]?.[c] ?? level) || level < (row[c - 1] ?? level)));
  return falls
    ? [
        refusal(
          'MATRIX_FALLS',
          'expected levels that never fall as a rating rises, got one that falls',
          'Raise the level of the worse cell.',
          'matrix',
        ),
      ]
    : [];
}

function bandProblems({ bands, ...criteria }: RiskCriteria): readonly Refusal[] {
  if (bands.length < 2) return [refusal('BANDS_TOO_FEW', `expected at least 2 bands, got ${bands.length}`, 'Add a band.', 'bands')];
  const levels = levelTable({ bands, ...criteria }).flat();
  const homeless = [...new Set(levels.filter((level) => bands.filter((band) => level >= band.min && level <= band.max).length !== 1))].sort(
    (a, b) => a - b,
  );
  const ordered = bands.every((band, i) => band.min <= band.max && (i === 0 || band.min > (bands[i - 1]?.max ?? 0)));
  return [
    ...(bands.some((band) => isBlank(band.name))
      ? [refusal('LABEL_MISSING', 'expected a name for each band, got an empty one', 'Name every band.', 'bands')]
      : []),
    ...(ordered
      ? []
      : [
          refusal(
            'BANDS_OVERLAP',
            'expected bands in rising order without overlap, got others',
            'Let each band start above the end of the one before.',
            'bands',
          ),
        ]),
    ...(homeless.length > 0
      ? [
          refusal(
            'BANDS_GAP',
            `expected each level in exactly one band, got ${homeless.join(', ')} in none or several`,
            'Move the ends of the bands.',
            'bands',
          ),
        ]
      : []),
  ];
}

function secondReaderProblems({ bands, secondReaderBands: wanted = 0 }: RiskCriteria): readonly Refusal[] {
  if (Number.isInteger(wanted) && wanted >= 0 && wanted <= bands.length) return [];
  return [
    refusal(
      'SECOND_READER_BANDS',
      `expected 0 to ${bands.length} bands, got ${wanted}`,
      'Say in how many bands, from the highest down, a second person reads a rating.',
      'secondReaderBands',
    ),
  ];
}

function thresholdProblems(criteria: RiskCriteria): readonly Refusal[] {
  const levels = levelTable(criteria).flat();
  const [lowest, highest] = [Math.min(...levels), Math.max(...levels)];
  if (Number.isInteger(criteria.threshold) && criteria.threshold >= lowest && criteria.threshold < highest) return [];
  return [
    refusal(
      'THRESHOLD_RANGE',
      `expected a whole level from ${lowest} to ${highest - 1}, got ${criteria.threshold}`,
      'Choose a threshold that accepts some levels and not all of them.',
      'threshold',
    ),
  ];
}
