import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../ui/api.ts';
import { Go } from '../ui/link.tsx';
import { Card, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useSomeRecords } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { registerMany, t } from '../ui/words.ts';
import { StepFrame, type StepProps } from './step.tsx';

const registers = [
  ['context-issues', 'title'],
  ['interested-parties', 'name'],
  ['party-requirements', 'title'],
] as const;

/** Drafts of issues, parties and what they require, and of the risk criteria. They count only once somebody takes them over. */
export const ContextStep = (props: StepProps) => {
  const here = useHere();
  const cache = useQueryClient();
  const { activities, countries, holds } = props.hour.answers;
  const criteria = useSomeRecords('risk-criteria', {}, 1);
  const write = useMutation({
    mutationFn: async () => {
      await request('POST', here.api('context', 'drafts'), { body: { activities, countries, holds } });
      if (criteria.data?.items.length === 0) await request('POST', here.api('risk-criteria'), { body: {} });
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: [here.slug] }),
  });
  const issues = useSomeRecords('context-issues', {}, 100);
  const any = (issues.data?.items.length ?? 0) > 0;
  return (
    <StepFrame
      {...props}
      step="context"
      lead={t('first-hour.steps.context.lead')}
      error={write.error}
      {...(any ? {} : { verb: t('first-hour.writeDrafts'), onNext: () => write.mutate(), busy: props.busy || write.isPending })}
    >
      {issues.isPending ? (
        <Waiting />
      ) : any ? (
        <div className="stack" style={{ gap: 16 }}>
          {registers.map(([register, title]) => (
            <Drafts key={register} register={register} title={title} />
          ))}
          <p className="sm mut">
            <Shape kind="dashed-square" tone="none" /> {t('first-hour.criteriaDraft')}
          </p>
        </div>
      ) : (
        <p className="fh-note">{t('first-hour.willWrite')}</p>
      )}
    </StepFrame>
  );
};

/** One register's drafts: taken over one by one or all at once, or left as they are. */
const Drafts = ({ register, title }: { register: (typeof registers)[number][0]; title: string }) => {
  const here = useHere();
  const cache = useQueryClient();
  const found = useSomeRecords(register, {}, 100);
  const take = useMutation({
    mutationFn: (ids: readonly string[]) => request('POST', here.api('bulk', register), { body: { ids, set: { suggested: false } } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: [here.slug, register] }),
  });
  const records = found.data?.items ?? [];
  const open = records.filter((record) => record['suggested'] === true);
  const line = (record: RecordView) => (
    <li key={record.id} className="fh-line">
      <Shape kind={record['suggested'] === true ? 'dashed-square' : 'disc'} tone={record['suggested'] === true ? 'none' : 'ok'} />
      <Go className="grow ell link plain" to={here.to(register, record.id)}>
        {String(record[title])}
      </Go>
      {record['suggested'] === true ? (
        <>
          <span className="xs dim no-phone">{t('first-hour.notYetYours')}</span>
          <Button
            size="compact-xs"
            aria-label={t('first-hour.takeOf', { what: String(record[title]) })}
            onClick={() => take.mutate([record.id])}
          >
            {t('first-hour.take')}
          </Button>
        </>
      ) : (
        <span className="xs dim">{t('first-hour.yours')}</span>
      )}
    </li>
  );
  return (
    <Card
      title={registerMany(register)}
      count={t('first-hour.openOf', { n: open.length, of: records.length })}
      flush
      actions={
        open.length === 0 ? null : (
          <Button size="xs" loading={take.isPending} onClick={() => take.mutate(open.map(({ id }) => id))}>
            {t('first-hour.takeAll', { count: open.length })}
          </Button>
        )
      }
    >
      <ProblemView error={take.error} />
      <ul className="fh-lines">{records.map(line)}</ul>
    </Card>
  );
};
