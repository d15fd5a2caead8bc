import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../ui/api.ts';
import { MomentText } from '../../ui/date-text.tsx';
import { Go } from '../../ui/link.tsx';
import { Card, NameValues, Say, Waiting } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { useHere } from '../../ui/session.tsx';
import { Shape } from '../../ui/shapes.tsx';
import { t } from '../../ui/words.ts';
import { useLeaving, useOutbox } from './leaving-calls.ts';
import { LeavingForm } from './leaving-form.tsx';
import { LeftCard } from './left-card.tsx';
import { SettingsFrame } from './settings-frame.tsx';

/** How checkpoints leave the machine, and which have left. */
const CheckpointsPage = () => {
  const leaving = useLeaving();
  return (
    <SettingsFrame title={t('leaving.title')} lead={t('leaving.lead')}>
      <ProblemView
        error={leaving.error}
        onRetry={() => {
          void leaving.refetch();
        }}
      />
      {leaving.isPending ? <Waiting /> : null}
      {leaving.data === undefined ? null : (
        <>
          <Rounds nextAt={leaving.data.nextAt} lastAt={leaving.data.lastAt} lastSize={leaving.data.lastSize} />
          <LeavingForm leaving={leaving.data} />
          <LeftCard />
        </>
      )}
    </SettingsFrame>
  );
};

interface RoundsProps {
  readonly nextAt: string | null;
  readonly lastAt: string | null;
  readonly lastSize: number | null;
}

/** When the next one leaves, when the last one left, and one now. */
const Rounds = ({ nextAt, lastAt, lastSize }: RoundsProps) => {
  const here = useHere();
  const cache = useQueryClient();
  const parked = useOutbox().data?.items.filter(({ state }) => state === 'parked').length ?? 0;
  const [done, setDone] = useState<string>();
  const send = useMutation({
    mutationFn: () => request<{ size: number; messages: number }>('POST', here.api('trail', 'leaving', 'now'), { body: {} }),
    onSuccess: async ({ size, messages }) => {
      setDone(t('leaving.nowDone', { size, count: messages }));
      await Promise.all([
        cache.invalidateQueries({ queryKey: [here.slug, 'leaving'] }),
        cache.invalidateQueries({ queryKey: [here.slug, 'outbox'] }),
      ]);
    },
  });
  return (
    <>
      {parked === 0 ? null : (
        <Say tone="warn" icon={<Shape kind="triangle" tone="warn" />}>
          {t('leaving.parked', { count: parked })} <Go to={here.to('settings', 'outbox')}>{t('leaving.outbox')}</Go>
        </Say>
      )}
      <Card>
        {nextAt === null ? (
          <p className="sm mut">{t('leaving.nothing')}</p>
        ) : (
          <>
            <NameValues
              rows={[
                [t('leaving.next'), <MomentText key="next" value={nextAt} />],
                [
                  t('leaving.last'),
                  <span key="last">
                    <MomentText value={lastAt} />
                    {lastSize === null ? null : <span className="dim"> · {t('leaving.entries', { count: lastSize })}</span>}
                  </span>,
                ],
              ]}
            />
            <div className="row wrap" style={{ marginTop: 12 }}>
              <Button loading={send.isPending} onClick={() => send.mutate()}>
                {t('leaving.now')}
              </Button>
              <span className="sm mut" role="status">
                {done}
              </span>
            </div>
            <ProblemView error={send.error} />
          </>
        )}
      </Card>
    </>
  );
};
export default CheckpointsPage;
