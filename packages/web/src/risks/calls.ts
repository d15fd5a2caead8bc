import { readMatrix, readSuggestions, readTrend } from '@aimwell/contract/risks/endpoints';
import type { criteriaScales } from '@aimwell/contract/risks/criteria';
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../ui/api.ts';
import { keyOf, type RecordView, useRecord } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';

export type Kind = 'inherent' | 'residual';
export type Scales = Omit<z.output<typeof criteriaScales>, 'matrix' | 'secondReaderBands'> & {
  readonly matrix?: number[][];
  readonly secondReaderBands?: number;
};
export type Matrix = z.output<typeof readMatrix.response>;

/** Open risks by cell, before treatment or after it. */
export const useMatrix = (kind: Kind) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'risks', 'matrix', kind),
    queryFn: ({ signal }) => call(readMatrix, { params: { org: here.slug }, query: { kind, ...here.past } }, { signal }),
  });
};

export const useTrend = () => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'risks', 'trend'),
    queryFn: ({ signal }) => call(readTrend, { params: { org: here.slug }, query: here.past }, { signal }),
  });
};

/** Risks to think about for a system; asked only when somebody wants them. */
export const useSuggestions = (system: string, enabled: boolean) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'risks', 'suggestions', system),
    enabled,
    queryFn: ({ signal }) => call(readSuggestions, { params: { org: here.slug }, query: { system } }, { signal }),
  });
};

/** A version of the criteria as core computes with it, with what each step means. */
export type Criteria = Scales & { readonly threshold: number };
export const criteriaOf = (record: RecordView): Criteria => ({
  ...(record['scales'] as Scales),
  threshold: (record['threshold'] as number | null) ?? 0,
});

/** The criteria in force today, whole: with what each step means. `null` while none are approved. */
export const useCriteriaInForce = (): { readonly criteria: Criteria | null | undefined; readonly error: unknown } => {
  const matrix = useMatrix('inherent');
  const id = matrix.data?.criteria?.id;
  const record = useRecord('risk-criteria', id);
  const criteria =
    matrix.data !== undefined && matrix.data.criteria === null ? null : record.data === undefined ? undefined : criteriaOf(record.data);
  return { criteria, error: matrix.error ?? record.error };
};

/** The highest level of a matrix, against which heat is measured. */
export const highest = (levels: readonly number[]): number => Math.max(1, ...levels);
