import type { ReferenceView } from '@aimwell/contract/platform/schema';
import type { RiskSuggestion } from '@aimwell/contract/risks/endpoints';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../ui/api.ts';
import { ReferencePicker } from '../ui/form/pickers.tsx';
import { Card, Empty, Say, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useRecord, useSomeRecords, useWrite } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import type { Scales } from './criteria-matrix.tsx';
import { RiskLine } from './risk-line.tsx';
import { StepFrame, type StepProps } from './step.tsx';

/** Three suggested risks of one system: taken, rated by three views, treated. */
export const RisksStep = (props: StepProps) => {
  const first = useSomeRecords('systems', {}, 1);
  const [chosen, setChosen] = useState<ReferenceView | null>(null);
  const id = chosen?.id ?? props.hour.system ?? first.data?.items[0]?.id;
  const system = useRecord('systems', id);
  const criteria = useSomeRecords('risk-criteria', { state: 'approved' }, 1);
  const taken = useSomeRecords('risks', { system: id }, 50, id !== undefined);
  const scales = (criteria.data?.items[0]?.['scales'] as Scales | null | undefined) ?? null;
  const record = system.data;
  return (
    <StepFrame {...props} step="risks" lead={t('first-hour.steps.risks.lead')} error={first.error ?? taken.error}>
      {first.isSuccess && id === undefined ? <Empty title={t('first-hour.noSystems')}>{t('first-hour.noSystemsHelp')}</Empty> : null}
      {record === undefined ? (
        id === undefined ? null : (
          <Waiting />
        )
      ) : (
        <div className="stack" style={{ gap: 16 }}>
          <div style={{ maxWidth: 480 }}>
            <ReferencePicker
              to="systems"
              label={t('first-hour.whichSystem')}
              value={chosen ?? { id: record.id, identifier: record.identifier, title: String(record['name']) }}
              onChange={(next) => {
                if (next !== null) setChosen(next);
              }}
            />
          </div>
          {criteria.isSuccess && scales === null ? (
            <Say tone="warn" icon={<Shape kind="clock" tone="warn" />}>
              <div className="row wrap">
                <span className="grow">{t('first-hour.ratingWaits')}</span>
                <Button
                  size="xs"
                  loading={criteria.isFetching}
                  onClick={() => {
                    void criteria.refetch();
                  }}
                >
                  {t('first-hour.lookAgain')}
                </Button>
                <Button size="xs" onClick={() => props.goTo('criteria')}>
                  {t('first-hour.toCriteria')}
                </Button>
              </div>
            </Say>
          ) : null}
          <Card title={t('first-hour.taken')} count={taken.data?.items.length ?? 0} flush>
            {taken.data?.items.length === 0 ? (
              <p className="body sm mut">{t('first-hour.takeThree')}</p>
            ) : (
              <ul className="fh-risks">
                {taken.data?.items.map((risk) => (
                  <RiskLine key={risk.id} risk={risk} scales={scales} threshold={Number(criteria.data?.items[0]?.['threshold'] ?? 0)} />
                ))}
              </ul>
            )}
          </Card>
          <Suggestions system={record} />
        </div>
      )}
    </StepFrame>
  );
};

const Suggestions = ({ system }: { system: RecordView }) => {
  const here = useHere();
  const found = useQuery({
    queryKey: [here.slug, 'risk-suggestions', system.id],
    queryFn: ({ signal }) =>
      request<{ items: RiskSuggestion[] }>('GET', here.api('risk-suggestions'), { query: { system: system.id, limit: 6 }, signal }),
  });
  const write = useWrite('risks');
  const take = useMutation({
    mutationFn: (one: RiskSuggestion) =>
      write.mutateAsync({
        kind: 'create',
        values: {
          statement: one.statement.slice(0, 500),
          system: system.id,
          source: one.source,
          causeAndEvent: one.description,
          owner: here.personId,
        },
      }),
  });
  return (
    <Card title={t('first-hour.suggested')} flush>
      <ProblemView error={found.error ?? take.error} />
      {found.isPending ? <Waiting /> : null}
      {found.data?.items.length === 0 ? <p className="body sm mut">{t('first-hour.noneLeft')}</p> : null}
      <ul className="fh-lines">
        {found.data?.items.map((one) => (
          <li key={one.source} className="fh-line tall">
            <div className="grow">
              <div className="m">{one.statement}</div>
              <div className="sm mut">
                {one.because.length === 0 ? t('first-hour.everySystem') : t('first-hour.because', { facts: one.because.join('; ') })}
              </div>
            </div>
            <Button
              size="xs"
              loading={take.isPending && take.variables.source === one.source}
              aria-label={t('first-hour.takeOf', { what: one.title })}
              onClick={() => take.mutate(one)}
            >
              {t('first-hour.takeRisk')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
};
