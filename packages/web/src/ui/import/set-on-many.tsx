import type { Register } from '@aimwell/contract/platform/register';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../api.ts';
import { FieldInput, toWrite } from '../form/field-input.tsx';
import { ProblemView } from '../problem.tsx';
import { useHere } from '../session.tsx';
import { fieldLabel, t } from '../words.ts';

const said = (value: unknown) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** A few fields side by side; what is filled is set on every chosen record at once, all or nothing. */
export const SetOnMany = ({ register, fields, ids }: { register: Register; fields: readonly string[]; ids: readonly string[] }) => {
  const here = useHere();
  const cache = useQueryClient();
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({});
  const filled = fields.filter((name) => said(values[name]));
  const set = useMutation({
    mutationFn: () =>
      request<{ changed: number }>('POST', here.api('bulk', register.name), {
        body: {
          ids,
          set: Object.fromEntries(
            filled.map((name) => {
              const field = register.fields[name];
              return [name, field === undefined ? values[name] : toWrite(field, values[name])];
            }),
          ),
        },
      }),
    onSuccess: () => {
      setValues({});
      return cache.invalidateQueries({ queryKey: [here.slug] });
    },
  });
  return (
    <form
      className="stack"
      style={{ gap: 10 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (filled.length > 0 && ids.length > 0) set.mutate();
      }}
    >
      <div className="imp-set">
        {fields.map((name) => {
          const field = register.fields[name];
          return field === undefined ? null : (
            <FieldInput
              key={name}
              register={register.name}
              name={name}
              field={field}
              value={values[name] ?? null}
              onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
            />
          );
        })}
      </div>
      <ProblemView error={set.error} label={(field) => fieldLabel(register.name, field)} />
      <div className="row wrap">
        <Button type="submit" loading={set.isPending} aria-disabled={filled.length === 0 || ids.length === 0}>
          {t('import.setVerb', { count: ids.length })}
        </Button>
        <span className="sm mut" role="status">
          {set.data === undefined ? (filled.length === 0 ? t('import.setFirst') : '') : t('import.setDone', { count: set.data.changed })}
        </span>
      </div>
    </form>
  );
};
