import { registers } from '@aimwell/contract/registers';
import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ProblemView } from '../../ui/problem.tsx';
import { useHere } from '../../ui/session.tsx';
import { loadWords, registerMany, t } from '../../ui/words.ts';
import { type MapInFull, useDeed } from '../calls.ts';
import { blankMap } from './blank.ts';

/** Begins a map that nobody has drawn yet and goes to its drawing board. */
export const NewMap = () => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" onClick={() => void loadWords('drawing').then(() => setOpen(true))}>
        {t('processes.drawNew')}
      </Button>
      {open ? <Begin onClose={() => setOpen(false)} /> : null}
    </>
  );
};

const Begin = ({ onClose }: { onClose: () => void }) => {
  const here = useHere();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [register, setRegister] = useState<string | null>(null);
  const create = useDeed<MapInFull>('processes');
  const begin = () =>
    create.mutate(
      {
        body: {
          name: name.trim(),
          xml: blankMap(name.trim()),
          fileName: 'process.bpmn',
          ...(register === null ? {} : { register }),
        },
      },
      { onSuccess: (map) => void navigate({ to: here.to('processes', map.id, 'edit') as '/' }) },
    );
  return (
    <Modal opened onClose={onClose} title={t('drawing.newMap')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') begin();
        }}
      >
        <p className="sm mut">{t('drawing.newMapHelp')}</p>
        <TextInput
          label={t('drawing.newName')}
          required
          data-autofocus
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('drawing.newRegister')}
          description={t('drawing.newRegisterHelp')}
          searchable
          clearable
          data={registers.map((one) => ({ value: one.name, label: registerMany(one.name) }))}
          value={register}
          onChange={setRegister}
        />
        <ProblemView error={create.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" aria-disabled={name.trim() === ''} loading={create.isPending}>
            {t('drawing.begin')}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
