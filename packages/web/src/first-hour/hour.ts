import type { OrganisationView } from '@aimwell/contract/identity/views';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../ui/api.ts';
import { useHere } from '../ui/session.tsx';
import { isStep, type StepId } from './steps.ts';

/** The six questions. Empty means: not answered yet. */
export interface Answers {
  /** One site a line. */
  readonly sites: string;
  readonly people: number | null;
  readonly activities: readonly ('builds' | 'buys' | 'supplies')[];
  readonly countries: readonly ('EU' | 'UK' | 'US')[];
  readonly otherCountries: string;
  readonly holds: readonly ('iso27001' | 'iso9001')[];
  readonly auditOn: string;
}
export interface Hour {
  readonly at: StepId;
  readonly done: readonly StepId[];
  readonly answers: Answers;
  /** The system that was classified, so that its risks come next. */
  readonly system: string | null;
}
const noAnswers: Answers = { sites: '', people: null, activities: [], countries: [], otherCountries: '', holds: [], auditOn: '' };

/** Reads what an earlier visit left; whatever does not fit is taken as not said. */
const readHour = (kept: Readonly<Record<string, unknown>> | undefined): Hour => ({
  at: isStep(kept?.['at']) ? kept['at'] : 'organisation',
  done: Array.isArray(kept?.['done']) ? kept['done'].filter(isStep) : [],
  answers: { ...noAnswers, ...(kept?.['answers'] as Partial<Answers> | undefined) },
  system: typeof kept?.['system'] === 'string' ? kept['system'] : null,
});

interface Change extends Partial<Hour> {
  readonly name?: string;
}

/** Where the first hour stands. It is kept with the organisation, so that anybody who keeps the system can go on. */
export const useHour = () => {
  const here = useHere();
  const cache = useQueryClient();
  const path = here.api().replace(/\/$/, '');
  const key = [here.slug, 'organisation'];
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => request<OrganisationView>('GET', path, { signal }) });
  const hour = readHour(found.data?.settings.firstHour);
  const save = useMutation({
    mutationFn: ({ name, ...changes }: Change) =>
      request<OrganisationView>('PATCH', path, {
        body: { ...(name === undefined ? {} : { name }), settings: { firstHour: { ...hour, ...changes } } },
      }),
    onSuccess: async (next, { name }) => {
      cache.setQueryData(key, next);
      if (name !== undefined) await cache.invalidateQueries({ queryKey: ['session'] });
    },
  });
  return { found, hour, save };
};
