import type { SoaRow } from '@aimwell/contract/soa/endpoints';

/** A control is in force once it is included and implemented, whether or not its effect was shown. */
const inForce = (row: SoaRow): boolean => row.decision === 'included' && (row.status === 'implemented' || row.status === 'effective');

/** Contradictions that stand; an inclusion contradicts nothing, even while the page is still being read again. */
export const standing = (row: SoaRow): SoaRow['contradictions'] => (row.decision === 'excluded' ? row.contradictions : []);
export const blocking = (row: SoaRow): boolean => standing(row).some(({ blocks }) => blocks);

/** Counted from the rows as they are shown, so that a change counts at once. */
export const countsOf = (rows: readonly SoaRow[]) => ({
  total: rows.length,
  included: rows.filter(({ decision }) => decision === 'included').length,
  excluded: rows.filter(({ decision }) => decision === 'excluded').length,
  undecided: rows.filter(({ decision }) => decision === 'undecided').length,
  inForce: rows.filter(inForce).length,
  tested: rows.filter((row) => inForce(row) && row.lastTest?.outcome === 'effective').length,
  contradicting: rows.filter(blocking).length,
});

export const shows = ['all', 'undecided', 'contradictions', 'gaps', 'mine'] as const;
export type Show = (typeof shows)[number];

/** Whether a row belongs to a view of the page. */
export const belongs = (row: SoaRow, show: Show, me: string | null): boolean => {
  switch (show) {
    case 'all':
      return true;
    case 'undecided':
      return row.decision === 'undecided';
    case 'contradictions':
      return standing(row).length > 0;
    case 'gaps':
      return row.gaps.length > 0;
    case 'mine':
      return row.owner !== null && row.owner.id === me;
  }
};
