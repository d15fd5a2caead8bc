import type { Register } from '@aimwell/contract/platform/register';
import type { ImportPreview } from '@aimwell/contract/platform/transfer';
import { Button, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../api.ts';
import { Waiting } from '../page.tsx';
import { ProblemView } from '../problem.tsx';
import { useHere } from '../session.tsx';
import { Shape } from '../shapes.tsx';
import { t } from '../words.ts';
import { RowsTable } from './rows-table.tsx';
import { bodyOf, type ImportState } from './state.ts';
import { useCommit } from './commit.ts';

interface Props {
  readonly register: Register;
  readonly state: ImportState;
  readonly change: (changes: Partial<ImportState>) => void;
}

/** The dry run: how many rows are ready, what is wrong with the others, and the place to mend it. Nothing is written. */
export const Rows = ({ register, state, change }: Props) => {
  const here = useHere();
  const [only, setOnly] = useState<'all' | 'problems'>('all');
  const body = bodyOf(state);
  const preview = useInfiniteQuery({
    queryKey: [here.slug, 'import-preview', register.name, body, only],
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      request<ImportPreview>('POST', here.api('import', register.name, 'preview'), {
        body: { ...body, only, limit: 100, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        signal,
      }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const commit = useCommit(register, state, (work) => change({ step: 'work', work }));
  const seen = preview.data?.pages.at(-1);
  if (seen === undefined)
    return (
      <>
        {preview.isError ? (
          <ProblemView
            error={preview.error}
            onRetry={() => {
              void preview.refetch();
            }}
          />
        ) : (
          <Waiting lines={8} label={t('import.checking')} />
        )}
      </>
    );
  const { counts } = seen;
  const needs = counts.rows - counts.ready - counts.wrong;
  const rows = preview.data?.pages.flatMap((page) => page.rows) ?? [];
  const toMend = counts.rows - counts.ready;
  return (
    <section className="stack" style={{ gap: 16 }} aria-labelledby="imp-rows">
      <div>
        <h2 id="imp-rows" className="imp-h" aria-live="polite">
          {seen.summary}
        </h2>
        <p className="mut">{t('import.rowsLead')}</p>
      </div>
      <div className="row wrap" style={{ gap: 16 }}>
        <span className="imp-file">
          <span className="m">{state.file?.name}</span>{' '}
          <span className="dim sm">{t('import.fileSays', { count: counts.rows, encoding: state.file?.encoding })}</span>
        </span>
        <button type="button" className="link sm" onClick={() => change({ step: 'columns' })}>
          {t('import.changeColumns')}
        </button>
        <span className="grow" />
        <SegmentedControl
          size="xs"
          aria-label={t('import.show')}
          name="imp-show"
          value={only}
          onChange={(value) => setOnly(value as 'all' | 'problems')}
          data={[
            { value: 'all', label: t('import.showAll', { count: counts.rows }) },
            { value: 'problems', label: t('import.showMend', { count: toMend }) },
          ]}
        />
      </div>
      <div>
        <div className="imp-bar" aria-hidden="true">
          {counts.ready > 0 ? <i style={{ flex: counts.ready, background: 'var(--ok)' }} /> : null}
          {needs > 0 ? <i style={{ flex: needs, background: 'var(--warn)' }} /> : null}
          {counts.wrong > 0 ? <i style={{ flex: counts.wrong, background: 'var(--bad)' }} /> : null}
        </div>
        <div className="row wrap sm num" style={{ marginTop: 6, gap: 16 }}>
          <span className="st">
            <Shape kind="disc" tone="ok" />
            {t('import.ready', { count: counts.ready })}
          </span>
          {needs > 0 ? (
            <span className="st">
              <Shape kind="triangle" tone="warn" />
              {t('import.needs', { count: needs })}
            </span>
          ) : null}
          {counts.wrong > 0 ? (
            <span className="st">
              <Shape kind="diamond" tone="bad" />
              {t('import.wrong', { count: counts.wrong })}
            </span>
          ) : null}
          {counts.unchanged > 0 ? (
            <span className="st">
              <Shape kind="dash" tone="none" />
              {t('import.here', { count: counts.unchanged })}
            </span>
          ) : null}
        </div>
      </div>
      <RowsTable
        register={register}
        rows={only === 'problems' ? rows.filter((row) => row.problems.length > 0) : rows}
        state={state}
        onFix={(row, field, fix) =>
          change({ fixes: { ...state.fixes, [row]: { ...state.fixes[row], [field]: typeof fix === 'string' ? fix : [...fix] } } })
        }
      />
      {preview.hasNextPage ? (
        <Button
          variant="default"
          style={{ justifySelf: 'center' }}
          loading={preview.isFetchingNextPage}
          onClick={() => {
            void preview.fetchNextPage();
          }}
        >
          {t('import.more', { count: rows.length, of: counts.rows })}
        </Button>
      ) : null}
      {seen.newPeople.length > 0 ? (
        <p className="sm mut">
          {t('import.newPeople', { count: seen.newPeople.length, names: seen.newPeople.slice(0, 8).join(', ') })}
          {seen.newPeople.length > 8 ? ' …' : ''}
        </p>
      ) : null}
      {seen.notes.map((note) => (
        <p key={note} className="sm mut">
          {note}
        </p>
      ))}
      <ProblemView error={commit.error ?? preview.error} />
      <div className="imp-foot">
        <Button variant="subtle" onClick={() => change({ step: 'columns' })}>
          {t('import.back')}
        </Button>
        <span className="grow" />
        {counts.wrong > 0 ? <span className="sm dim">{t('import.wrongFirst', { count: counts.wrong })}</span> : null}
        {needs > 0 && counts.wrong === 0 ? (
          <Button loading={commit.isPending} onClick={() => commit.mutate({ drafts: true, confirm: false })}>
            {t('import.withDrafts', { ready: counts.ready, count: needs })}
          </Button>
        ) : null}
        {counts.wrong === 0 ? (
          <Button variant="filled" loading={commit.isPending} onClick={() => commit.mutate({ drafts: false, confirm: needs > 0 })}>
            {needs > 0
              ? t('import.confirmAll', { count: needs, all: counts.rows })
              : t('import.run', { count: counts.create + counts.change })}
          </Button>
        ) : null}
      </div>
    </section>
  );
};
