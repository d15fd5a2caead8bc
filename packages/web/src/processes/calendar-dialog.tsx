import { taskEndpoints } from '@aimwell/contract/processes/tasks';
import { workers } from '@aimwell/core/processes/tasks';
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, request } from '../ui/api.ts';
import { MomentText } from '../ui/date-text.tsx';
import { Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';

/** The way to the address at which one's own calendar reads due dates. */
export const CalendarButton = () => {
  const here = useHere();
  const [open, setOpen] = useState(false);
  if (!here.holds(workers)) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('processes.calendar.button')}</Button>
      {open ? (
        <Modal opened onClose={() => setOpen(false)} title={t('processes.calendar.title')}>
          <Calendar />
        </Modal>
      ) : null}
    </>
  );
};

const Calendar = () => {
  const here = useHere();
  const cache = useQueryClient();
  const key = [here.slug, 'processes', 'calendar'];
  const path = here.api('process-tasks', 'calendar');
  const state = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(taskEndpoints.calendarState, { params: { org: here.slug } }, { signal }),
  });
  const again = () => cache.invalidateQueries({ queryKey: key });
  const make = useMutation({ mutationFn: () => request<{ address: string }>('POST', path, { body: {} }), onSuccess: again });
  const end = useMutation({
    mutationFn: () => request('DELETE', path),
    onSuccess: () => {
      make.reset();
      return again();
    },
  });
  if (state.data === undefined)
    return state.isPending ? <Waiting lines={3} /> : <ProblemView error={state.error} onRetry={() => void again()} />;
  const { since } = state.data;
  return (
    <div className="form">
      <p className="sm">{t('processes.calendar.what')}</p>
      <p className="sm mut">{t('processes.calendar.whoReads')}</p>
      {make.data === undefined ? (
        <p className="sm">
          {since === null ? (
            t('processes.calendar.none')
          ) : (
            <>
              {t('processes.calendar.since')} <MomentText value={since} />. {t('processes.calendar.shownOnce')}
            </>
          )}
        </p>
      ) : (
        <Address address={make.data.address} />
      )}
      <ProblemView error={make.error ?? end.error} />
      <div className="row wrap" style={{ justifyContent: 'flex-end' }}>
        {since === null ? null : (
          <Button variant="subtle" loading={end.isPending} onClick={() => end.mutate()}>
            {t('processes.calendar.end')}
          </Button>
        )}
        {make.data === undefined ? (
          <Button variant="filled" loading={make.isPending} onClick={() => make.mutate()}>
            {t(since === null ? 'processes.calendar.make' : 'processes.calendar.anew')}
          </Button>
        ) : null}
      </div>
    </div>
  );
};

const Address = ({ address }: { address: string }) => {
  const [copied, setCopied] = useState(false);
  return (
    <>
      <TextInput
        label={t('processes.calendar.address')}
        description={t('processes.calendar.copyNow')}
        readOnly
        data-autofocus
        value={address}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className="row">
        <Button size="xs" onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}>
          {t('processes.calendar.copy')}
        </Button>
        <span className="xs mut" role="status">
          {copied ? t('processes.calendar.copied') : ''}
        </span>
      </div>
    </>
  );
};
