import type { Classification } from '@aimwell/core/systems/classification';
import type { Headline } from '@aimwell/core/systems/flags';
import type { ClassificationLaw } from '@aimwell/core/systems/law';
import { useQuery } from '@tanstack/react-query';
import { request } from '../api.ts';

/** The law the questions come from: dates and articles are data of the server, asked once. */
export const useClassificationLaw = () =>
  useQuery({
    queryKey: ['catalog', 'classification-law'],
    staleTime: Infinity,
    queryFn: ({ signal }) => request<ClassificationLaw>('GET', '/api/v1/catalog/classification-law', { signal }),
  });

/** What the server keeps of a proposal: the results, the reasoning behind them, and the one word for it. */
export type Proposal = Classification & { readonly headline: Headline };

export const proposalOf = (record: { readonly [field: string]: unknown }): Proposal | null =>
  (record['lawProposal'] as Proposal | null | undefined) ?? null;
