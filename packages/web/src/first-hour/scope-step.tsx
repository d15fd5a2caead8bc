import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { request } from '../ui/api.ts';
import { Say, Waiting } from '../ui/page.tsx';
import { type Page, type RecordView, useSomeRecords } from '../ui/record.ts';
import { type Here, useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import type { Answers } from './hour.ts';
import { StepFrame, type StepProps } from './step.tsx';

interface Draft {
  readonly statement: string;
  readonly aiRoles: string;
  readonly exclusions: string;
  readonly missing: readonly string[];
}
type Wording = Pick<Draft, 'statement' | 'aiRoles' | 'exclusions'>;

const lines = (text: string): string[] =>
  text
    .split(/[\n,;]/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What the answers say about the bounds of the system. */
const boundsOf = (answers: Answers): readonly { readonly kind: string; readonly name: string }[] => [
  ...lines(answers.sites).map((name) => ({ kind: 'site', name })),
  ...answers.activities.map((one) => ({ kind: 'activity', name: t(`first-hour.activity.${one}`) })),
  ...answers.countries.map((one) => ({ kind: 'jurisdiction', name: t(`first-hour.ask.countries.${one}`) })),
  ...lines(answers.otherCountries).map((name) => ({ kind: 'jurisdiction', name })),
];

/** Records the bounds that are missing, then asks for the sentence that follows from all of them. */
const wordScope = async (here: Here, answers: Answers): Promise<Draft> => {
  const known: Page = await request('GET', here.api('scope-elements'), { query: { limit: 200 } });
  const names = new Set(known.items.map((item) => `${String(item['kind'])}:${String(item['name'])}`));
  for (const bound of boundsOf(answers))
    if (!names.has(`${bound.kind}:${bound.name}`)) await request('POST', here.api('scope-elements'), { body: bound });
  return request<Draft>('GET', here.api('scope', 'draft-sentence'));
};

/** The sentence that may once stand on a certificate: worded from the answers, in the organisation's own words before it counts. */
export const ScopeStep = (props: StepProps) => {
  const here = useHere();
  const cache = useQueryClient();
  const found = useSomeRecords('scope-statements', {}, 20);
  const kept = found.data?.items.find((record) => record['state'] === 'draft');
  const [words, setWords] = useState<Wording>();
  const word = useMutation({
    mutationFn: () => wordScope(here, props.hour.answers),
    onSuccess: async (draft) => {
      setWords(draft);
      await cache.invalidateQueries({ queryKey: [here.slug, 'scope-elements'] });
    },
  });
  const { mutate } = word;
  const ready = found.isSuccess;
  useEffect(() => {
    if (!ready) return;
    if (kept === undefined) mutate();
    else
      setWords({
        statement: String(kept['statement'] ?? ''),
        aiRoles: String(kept['aiRoles'] ?? ''),
        exclusions: String(kept['exclusions'] ?? ''),
      });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only when the page opens: what is typed afterwards must not be overwritten
  }, [ready, mutate]);
  const save = useMutation({
    mutationFn: (wording: Wording) => {
      const body = Object.fromEntries(
        (['statement', 'aiRoles', 'exclusions'] as const)
          .filter((name) => wording[name].trim() !== '')
          .map((name) => [name, wording[name]]),
      );
      return kept === undefined
        ? request<RecordView>('POST', here.api('scope-statements'), { body })
        : request<RecordView>('PATCH', here.api('scope-statements', kept.id), { body, version: kept.version });
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: [here.slug] });
      props.goOn();
    },
  });
  const field = (name: keyof Wording) => ({
    value: words?.[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setWords((before) => ({ statement: '', aiRoles: '', exclusions: '', ...before, [name]: value }));
    },
  });
  return (
    <StepFrame
      {...props}
      step="scope"
      lead={t('first-hour.steps.scope.lead')}
      error={word.error ?? save.error ?? found.error}
      busy={props.busy || save.isPending}
      verb={t('first-hour.keepScope')}
      blocked={words !== undefined && words.statement.trim() === '' ? t('first-hour.sentenceNeeded') : undefined}
      onNext={() => {
        if (words !== undefined) save.mutate(words);
      }}
    >
      {words === undefined ? (
        word.isError ? null : (
          <Waiting />
        )
      ) : (
        <div className="form" style={{ maxWidth: 760 }}>
          <Textarea
            label={t('first-hour.statement')}
            description={t('first-hour.statementHelp')}
            autosize
            minRows={3}
            required
            {...field('statement')}
          />
          <Textarea label={t('first-hour.aiRoles')} autosize minRows={2} {...field('aiRoles')} />
          <Textarea label={t('first-hour.exclusions')} autosize minRows={2} {...field('exclusions')} />
          {word.data !== undefined && word.data.missing.length > 0 ? (
            <Say tone="note" icon={<Shape kind="ring" tone="note" />}>
              {t('first-hour.scopeMissing')} {word.data.missing.join('; ')}.
            </Say>
          ) : null}
        </div>
      )}
    </StepFrame>
  );
};
