import { soaVersions } from '@aimwell/contract/soa/soa';
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { fieldError } from '../ui/api.ts';
import { FieldInput, sameValue, toWrite } from '../ui/form/field-input.tsx';
import { Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useRecord, useWrite } from '../ui/record.ts';
import { fieldLabel, t } from '../ui/words.ts';

const names = ['treatmentPlan', 'ownControlsStatement', 'note'] as const;

/** What a draft rests on: the treatment plan, the statement about own controls, and a note. */
export const BasisDialog = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const record = useRecord('soa-versions', id);
  return (
    <Modal opened onClose={onClose} title={t('soa.basis.title')}>
      {record.data === undefined ? <Waiting lines={3} /> : <Form record={record.data} onClose={onClose} />}
    </Modal>
  );
};

const Form = ({ record, onClose }: { record: RecordView; onClose: () => void }) => {
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>(() =>
    Object.fromEntries(names.map((name) => [name, record[name]])),
  );
  const write = useWrite('soa-versions');
  const changed = names.filter((name) => !sameValue(soaVersions.fields[name], values[name], record[name]));
  const save = () => {
    if (changed.length === 0) onClose();
    else
      write.mutate(
        {
          kind: 'patch',
          id: record.id,
          version: record.version,
          values: Object.fromEntries(changed.map((name) => [name, toWrite(soaVersions.fields[name], values[name])])),
        },
        { onSuccess: onClose },
      );
  };
  return (
    <form
      className="form soa-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {names.map((name) => (
        <FieldInput
          key={name}
          register="soa-versions"
          name={name}
          field={soaVersions.fields[name]}
          value={values[name]}
          onChange={(value) => setValues({ ...values, [name]: value })}
          error={fieldError(write.error, name)}
        />
      ))}
      <ProblemView error={write.error} label={(field) => fieldLabel('soa-versions', field)} />
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="subtle" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" variant="filled" loading={write.isPending}>
          {t('ui.save')}
        </Button>
      </div>
    </form>
  );
};
