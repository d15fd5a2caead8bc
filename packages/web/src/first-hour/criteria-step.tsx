import { NumberInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../ui/api.ts';
import { Go } from '../ui/link.tsx';
import { Card, Say, Waiting } from '../ui/page.tsx';
import { type RecordView, sendWrite, useSomeRecords } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { CriteriaMatrix, type Scales } from './criteria-matrix.tsx';
import { InvitationLink, Management, useManagement } from './management.tsx';
import { StepFrame, type StepProps } from './step.tsx';

/** The version that is worked on, else the one in force, else the last one there is. */
const currentOf = (records: readonly RecordView[]): RecordView | undefined =>
  ['draft', 'in_review', 'approved']
    .map((state) => records.find((record) => record['state'] === state))
    .find((found) => found !== undefined) ?? records[0];

/** Which risks may be taken, and who decides that. The person who writes the criteria never approves them. */
export const CriteriaStep = (props: StepProps) => {
  const here = useHere();
  const cache = useQueryClient();
  const found = useSomeRecords('risk-criteria', {}, 20);
  const record = currentOf(found.data?.items ?? []);
  const [threshold, setThreshold] = useState<number>();
  const management = useManagement();
  const limit = threshold ?? Number(record?.['threshold'] ?? 9);
  const refresh = () => cache.invalidateQueries({ queryKey: [here.slug], predicate: ({ queryKey }) => queryKey[1] !== 'organisation' });
  const start = useMutation({ mutationFn: () => request('POST', here.api('risk-criteria'), { body: {} }), onSuccess: refresh });
  const send = useMutation({
    mutationFn: async (draft: RecordView) => {
      if (management.authority === undefined) await management.name();
      const kept =
        limit === draft['threshold']
          ? draft
          : await sendWrite(here, 'risk-criteria', { kind: 'patch', id: draft.id, version: draft.version, values: { threshold: limit } });
      await sendWrite(here, 'risk-criteria', { kind: 'command', id: kept.id, version: kept.version, command: 'submit', input: {} });
    },
    onSettled: refresh,
  });
  const state = record?.['state'];
  const draft = state === 'draft';
  return (
    <StepFrame
      {...props}
      step="criteria"
      lead={t('first-hour.steps.criteria.lead')}
      error={found.error ?? start.error ?? send.error}
      busy={props.busy || send.isPending || start.isPending}
      {...(record === undefined
        ? { verb: t('first-hour.startCriteria'), onNext: () => start.mutate() }
        : draft
          ? { verb: t('first-hour.sendCriteria'), blocked: management.blocked, onNext: () => send.mutate(record) }
          : {})}
    >
      {found.isPending ? (
        <Waiting />
      ) : record === undefined ? (
        <p className="fh-note">{t('first-hour.noCriteria')}</p>
      ) : (
        <div className="stack" style={{ gap: 16 }}>
          {state === 'approved' ? (
            <Say tone="ok" icon={<Shape kind="square" tone="ok" />}>
              {t('first-hour.criteriaApproved')}
            </Say>
          ) : null}
          {state === 'in_review' ? (
            <Say tone="note" icon={<Shape kind="half" tone="acc" />}>
              {t('first-hour.criteriaWait', { name: management.authority === undefined ? t('first-hour.management') : management.holder })}{' '}
              <Go className="link" to={here.to('risk-criteria', record.id)}>
                {record.identifier}
              </Go>
            </Say>
          ) : null}
          <InvitationLink link={management.link} name={management.values.name} />
          <Card title={String(record['name'])}>
            <div className="stack" style={{ gap: 14 }}>
              <NumberInput
                label={t('first-hour.threshold')}
                description={t('first-hour.thresholdHelp')}
                min={1}
                max={49}
                allowDecimal={false}
                maw={300}
                disabled={!draft}
                value={limit}
                onChange={(next) => setThreshold(Number(next))}
              />
              <CriteriaMatrix scales={record['scales'] as Scales | null} threshold={limit} />
            </div>
          </Card>
          {draft ? <Management management={management} /> : null}
        </div>
      )}
    </StepFrame>
  );
};
