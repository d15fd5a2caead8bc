import type { Field } from '@aimwell/contract/platform/field';
import type { Register } from '@aimwell/contract/platform/register';
import { Button } from '@mantine/core';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { Say } from '../page.tsx';
import { ProblemView } from '../problem.tsx';
import { type RecordView, useWrite } from '../record.ts';
import { useHere } from '../session.tsx';
import { fieldLabel, t } from '../words.ts';
import { type DraftValues, useDraft, useLeaveWarning } from './draft.ts';
import { toWrite } from './field-input.tsx';
import { isWritten, RecordFields } from './record-fields.tsx';

const initialOf = (register: Register): DraftValues =>
  Object.fromEntries(
    Object.entries(register.fields).flatMap(([name, field]) =>
      'initial' in field && field.initial !== undefined && field.managed === undefined ? [[name, field.initial]] : [],
    ),
  );

interface Props {
  readonly register: Register;
  /** Values the form starts with, e.g. the parent. */
  readonly start?: DraftValues;
  readonly onDone: (record: RecordView) => void;
  readonly onCancel: () => void;
  /** Fields shown at once; the others wait behind "More fields". Without it all show. */
  readonly first?: readonly string[];
  /** Stands above the fields. */
  readonly children?: ReactNode;
}

/** Creates a record of any register. Keeps a draft in the tab, warns on leaving, shows each refusal under its field. */
export const RecordForm = ({ register, start, onDone, onCancel, first, children }: Props) => {
  const here = useHere();
  const key = useRef(crypto.randomUUID());
  const initial = useMemo(() => ({ ...initialOf(register), ...start }), [register, start]);
  const draft = useDraft(`${here.slug}:${register.name}:new`, initial);
  const write = useWrite(register.name);
  const letPass = useLeaveWarning(draft.touched && !write.isSuccess);
  const [all, setAll] = useState(first === undefined);
  const shown = (field: Field, name: string) => isWritten(field) && (all || first?.includes(name) === true || field.required === true);
  const submit = () => {
    const values = Object.fromEntries(
      Object.entries(draft.values).flatMap(([name, value]) => {
        const field = register.fields[name];
        if (field === undefined || field.managed !== undefined) return [];
        const written = toWrite(field, value);
        return written === null || (Array.isArray(written) && written.length === 0) ? [] : [[name, written]];
      }),
    );
    write.mutate(
      { kind: 'create', values, key: key.current },
      {
        onSuccess: (record) => {
          letPass();
          draft.clear();
          onDone(record);
        },
        // A refused attempt and its correction are two deeds.
        onError: () => {
          key.current = crypto.randomUUID();
        },
      },
    );
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {children}
      {draft.restored ? (
        <Say tone="note">
          <span>{t('ui.draftRestored')} </span>
          <button type="button" className="link" onClick={() => draft.clear(initial)}>
            {t('ui.startOver')}
          </button>
        </Say>
      ) : null}
      <RecordFields register={register} keep={shown} values={draft.values} onChange={draft.set} error={write.error} autoFocus />
      {all ? null : (
        <div>
          <button type="button" className="link sm" onClick={() => setAll(true)}>
            {t('ui.moreFields')}
          </button>
        </div>
      )}
      <ProblemView error={write.error} label={(field) => fieldLabel(register.name, field)} />
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button
          variant="subtle"
          onClick={() => {
            letPass();
            draft.clear();
            onCancel();
          }}
        >
          {t('ui.cancel')}
        </Button>
        <Button type="submit" variant="filled" loading={write.isPending}>
          {t('ui.create')}
        </Button>
      </div>
    </form>
  );
};
