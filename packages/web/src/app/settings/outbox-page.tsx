import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../ui/api.ts';
import { MomentText } from '../../ui/date-text.tsx';
import { Card, Empty, Waiting as Wait } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { useHere } from '../../ui/session.tsx';
import { Status } from '../../ui/status.tsx';
import { humanise, t } from '../../ui/words.ts';
import { useOutbox, type Waiting } from './leaving-calls.ts';
import { SettingsFrame } from './settings-frame.tsx';

const looks = { waiting: 'planned', running: 'in_progress', parked: 'suspended' } as const;
const nameOf = (kind: string): string => t(`leaving.kinds.${kind}`, { defaultValue: humanise(kind) });

/** What has to leave and has not yet: why, and what can be done about it. */
const OutboxPage = () => {
  const here = useHere();
  const cache = useQueryClient();
  const outbox = useOutbox();
  const act = useMutation({
    mutationFn: ({ id, retry }: { id: string; retry: boolean }) =>
      retry ? request('POST', here.api('outbox', id, 'retry'), { body: {} }) : request('DELETE', here.api('outbox', id)),
    onSettled: () => cache.invalidateQueries({ queryKey: [here.slug, 'outbox'] }),
  });
  const items = outbox.data?.items ?? [];
  return (
    <SettingsFrame title={t('leaving.outbox')} lead={t('leaving.outboxLead')}>
      <ProblemView error={outbox.error ?? act.error} />
      {outbox.isPending ? <Wait /> : null}
      {outbox.isSuccess && items.length === 0 ? (
        <Card>
          <Empty title={t('leaving.outboxNone')}>{t('leaving.outboxNoneHelp')}</Empty>
        </Card>
      ) : null}
      {items.length === 0 ? null : (
        <Card flush>
          <div className="scroll-x" tabIndex={0} role="group" aria-label={t('leaving.outbox')}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('leaving.what')}</th>
                  <th scope="col">{t('ui.state')}</th>
                  <th scope="col">{t('leaving.why')}</th>
                  <th scope="col">
                    <span className="sr">{t('ui.more')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <Line key={one.id} one={one} onAct={(retry) => act.mutate({ id: one.id, retry })} />
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
    </SettingsFrame>
  );
};

const Line = ({ one, onAct }: { one: Waiting; onAct: (retry: boolean) => void }) => {
  const [dropping, setDropping] = useState(false);
  const what = nameOf(one.kind);
  return (
    <tr>
      <td className="sm">
        <span className="m">{what}</span>
        <div className="xs dim">
          <MomentText value={one.createdAt} />
        </div>
      </td>
      <td className="sm">
        <Status value={looks[one.state]} label={t(`leaving.states.${one.state}`)} />
        {one.state === 'waiting' ? (
          <div className="xs dim">
            {t('leaving.nextTry')} <MomentText value={one.dueAt} />
          </div>
        ) : null}
      </td>
      <td className="sm" style={{ overflowWrap: 'anywhere', minWidth: 180 }}>
        {one.lastError ?? <span className="dim">–</span>}
        {one.attempts > 0 ? (
          <div className="xs dim">
            {t('leaving.tries')} {one.attempts}
          </div>
        ) : null}
      </td>
      <td className="r nw">
        {one.state === 'running' ? null : (
          <Button size="xs" aria-label={t('leaving.retryNamed', { what })} onClick={() => onAct(true)}>
            {t('leaving.retry')}
          </Button>
        )}
        {one.state !== 'parked' ? null : dropping ? (
          <Button size="xs" data-danger onClick={() => onAct(false)}>
            {t('leaving.dismissSure')}
          </Button>
        ) : (
          <Button size="xs" variant="subtle" aria-label={t('leaving.dismissNamed', { what })} onClick={() => setDropping(true)}>
            {t('leaving.dismiss')}
          </Button>
        )}
      </td>
    </tr>
  );
};
export default OutboxPage;
