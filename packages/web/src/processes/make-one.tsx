import type { Register } from '@aimwell/contract/platform/register';
import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { RecordForm } from '../ui/form/record-form.tsx';
import { titleOf } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { inSentence, registerOne, t } from '../ui/words.ts';

/** Makes the record that a step is about without leaving the step; nothing for whoever may not make one. */
export const MakeOne = ({ register, onMade }: { register: Register; onMade: (record: ReferenceView) => void }) => {
  const here = useHere();
  const [open, setOpen] = useState(false);
  if (!here.holds(register.permissions.create)) return null;
  const words = t('processes.makeOne', { what: inSentence(registerOne(register.name)) });
  return (
    <div>
      <Button size="xs" onClick={() => setOpen(true)}>
        {words}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={words} size="lg">
        <RecordForm
          register={register}
          onCancel={() => setOpen(false)}
          onDone={(record) => {
            setOpen(false);
            onMade({ id: record.id, identifier: record.identifier, title: titleOf(register, record) });
          }}
        />
      </Modal>
    </div>
  );
};
