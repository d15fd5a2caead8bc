import type { Field } from '@aimwell/contract/platform/field';
import type { Register } from '@aimwell/contract/platform/register';
import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { fieldError, hasCode } from '../api.ts';
import { Card, Say } from '../page.tsx';
import { ProblemView } from '../problem.tsx';
import { type RecordView, useRecord, useWrite } from '../record.ts';
import { useHere } from '../session.tsx';
import { FieldValue } from '../value.tsx';
import { fieldLabel, t } from '../words.ts';
import { useDraft, useLeaveWarning } from './draft.ts';
import { FieldInput, sameValue, toWrite } from './field-input.tsx';

interface Props {
  readonly register: Register;
  readonly record: RecordView;
  readonly title: string;
  readonly fields: readonly (readonly [string, Field])[];
}

const empty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** A group of a record's fields: read, and edited in place. Only what changed is sent; a loser of two editors sees it and may send again. */
export const EditGroup = ({ register, record, title, fields }: Props) => {
  const here = useHere();
  const [editing, setEditing] = useState(false);
  const [showEmpty, setShowEmpty] = useState(false);
  const may = here.holds(register.permissions.change) && record.archivedAt === null;
  const editable = fields.filter(([, field]) => field.managed === undefined);
  const filled = fields.filter(([name, field]) => field.kind !== 'result' && (showEmpty || !empty(record[name])));
  const hidden = fields.filter(([name, field]) => field.kind !== 'result' && empty(record[name])).length;
  if (editing)
    return (
      <Card title={title}>
        <EditForm register={register} record={record} fields={editable} onDone={() => setEditing(false)} />
      </Card>
    );
  return (
    <Card
      title={title}
      flush
      actions={
        may && editable.length > 0 ? (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPencil size={15} stroke={1.75} aria-hidden />}
            aria-label={t('ui.editNamed', { name: title })}
            onClick={() => setEditing(true)}
          >
            {t('ui.edit')}
          </Button>
        ) : undefined
      }
    >
      <dl style={{ margin: 0, padding: '4px 0' }}>
        {filled.map(([name]) => (
          <div
            key={name}
            className="edit-row"
            onDoubleClick={() => {
              if (may && editable.some(([one]) => one === name)) setEditing(true);
            }}
          >
            <dt className="k">{fieldLabel(register.name, name)}</dt>
            <dd style={{ margin: 0, minWidth: 0 }}>
              <FieldValue register={register} name={name} value={record[name]} />
            </dd>
          </div>
        ))}
      </dl>
      {hidden === 0 || (showEmpty && filled.length === fields.length) ? null : (
        <div style={{ padding: '2px 16px 10px' }}>
          <button type="button" className="link xs" onClick={() => setShowEmpty(true)}>
            {t('ui.emptyFields', { count: hidden })}
          </button>
        </div>
      )}
    </Card>
  );
};

const EditForm = ({ register, record, fields, onDone }: Omit<Props, 'title'> & { onDone: () => void }) => {
  const here = useHere();
  const latest = useRecord(register.name, record.id);
  const [base, setBase] = useState(record);
  const draft = useDraft(
    `${here.slug}:${register.name}:${record.id}:${fields[0]?.[0] ?? ''}`,
    Object.fromEntries(fields.map(([name]) => [name, record[name]])),
  );
  const write = useWrite(register.name);
  const changed = fields.filter(([name, field]) => !sameValue(field, draft.values[name], base[name]));
  const letPass = useLeaveWarning(changed.length > 0 && !write.isSuccess);
  const leave = () => {
    letPass();
    draft.clear();
    onDone();
  };
  const save = (version: number) => {
    if (changed.length === 0) {
      leave();
      return;
    }
    write.mutate(
      {
        kind: 'patch',
        id: record.id,
        version,
        values: Object.fromEntries(changed.map(([name, field]) => [name, toWrite(field, draft.values[name])])),
      },
      { onSuccess: leave },
    );
  };
  const overtaken = hasCode(write.error, 'VERSION_CONFLICT');
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(base.version);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && changed.length === 0) leave();
      }}
    >
      {fields.map(([name, field], index) => (
        <FieldInput
          key={name}
          register={register.name}
          name={name}
          field={field}
          value={draft.values[name]}
          onChange={(value) => draft.set(name, value)}
          error={fieldError(write.error, name)}
          autoFocus={index === 0}
        />
      ))}
      {overtaken ? (
        <Say tone="warn">
          <p>{t('ui.overtaken')}</p>
          <button
            type="button"
            className="link"
            onClick={() => {
              void latest.refetch().then(({ data }) => (data === undefined ? undefined : (setBase(data), save(data.version))));
            }}
          >
            {t('ui.saveOnNewer')}
          </button>
        </Say>
      ) : (
        <ProblemView error={write.error} label={(field) => fieldLabel(register.name, field)} />
      )}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="subtle" onClick={leave}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" variant="filled" loading={write.isPending}>
          {t('ui.save')}
        </Button>
      </div>
    </form>
  );
};
