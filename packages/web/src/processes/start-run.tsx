import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { workers } from '@aimwell/core/processes/tasks';
import { Button, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ActionButton } from '../ui/action-button.tsx';
import { ReferencePicker } from '../ui/form/pickers.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { registerOne, t } from '../ui/words.ts';
import { type MapInFull, type Run, useDeed } from './calls.ts';

/** Starts a run of the version in force; where there is none it says so. */
export const StartRun = ({ map }: { map: MapInFull }) => {
  const here = useHere();
  const [open, setOpen] = useState(false);
  if (!here.holds(workers)) return null;
  const blocked = map.inForce === null ? t('processes.noneInForce') : map.inForce.executable ? undefined : t('processes.onlyShown');
  return (
    <>
      <ActionButton variant="filled" blocked={blocked} onClick={() => setOpen(true)}>
        {t('processes.start')}
      </ActionButton>
      {open ? <StartDialog map={map} onClose={() => setOpen(false)} /> : null}
    </>
  );
};

const StartDialog = ({ map, onClose }: { map: MapInFull; onClose: () => void }) => {
  const here = useHere();
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const [record, setRecord] = useState<ReferenceView | null>(null);
  const start = useDeed<Run>('process-instances');
  const send = () =>
    start.mutate(
      {
        body: {
          process: map.id,
          ...(title.trim() === '' ? {} : { title: title.trim() }),
          ...(record === null || map.register === null ? {} : { record: { register: map.register, id: record.id } }),
        },
      },
      { onSuccess: (run) => void navigate({ to: here.to('runs', run.id) as '/' }) },
    );
  return (
    <Modal opened onClose={onClose} title={t('processes.startNamed', { name: map.name })}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {map.register === null ? null : (
          <ReferencePicker to={map.register} label={registerOne(map.register)} value={record} onChange={setRecord} autoFocus />
        )}
        <TextInput
          label={t('processes.title')}
          description={t('processes.titleHelp')}
          maxLength={300}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <ProblemView error={start.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={start.isPending}>
            {t('processes.start')}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
