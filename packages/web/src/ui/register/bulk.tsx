import type { Register } from '@aimwell/contract/platform/register';
import { Button, Menu, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ReasonDialog } from '../dialogs.tsx';
import { FieldInput, toWrite } from '../form/field-input.tsx';
import { request } from '../api.ts';
import { type RecordView, sendWrite } from '../record.ts';
import { useHere } from '../session.tsx';
import { startWork } from '../tray.ts';
import { fieldLabel, registerMany, t } from '../words.ts';

const kinds = new Set(['choice', 'reference', 'date', 'boolean']);

/** Many records, one thing: set one field, or archive with a reason. Each record is its own write in the trail. */
export const BulkBar = ({ register, records, onClear }: { register: Register; records: readonly RecordView[]; onClear: () => void }) => {
  const here = useHere();
  const cache = useQueryClient();
  const [field, setField] = useState<string | null>(null);
  const [value, setValue] = useState<unknown>(null);
  const [archiving, setArchiving] = useState(false);
  const declared = field === null ? undefined : register.fields[field];
  const settable = Object.entries(register.fields).filter(([, one]) => one.managed === undefined && kinds.has(one.kind));
  const change = (name: string, written: unknown) => {
    startWork(t('ui.changing', { count: records.length, what: registerMany(register.name) }), async ({ signal }) => {
      await request('POST', here.api('bulk', register.name), {
        body: { ids: records.map(({ id }) => id), set: { [name]: written } },
        signal,
      });
      await cache.invalidateQueries({ queryKey: [here.slug] });
    });
    onClear();
  };
  const archive = (reason: string) => {
    startWork(t('ui.archiving', { count: records.length, what: registerMany(register.name) }), async ({ signal, progress }) => {
      for (const [index, record] of records.entries()) {
        if (signal.aborted) break;
        await sendWrite(here, register.name, { kind: 'archive', id: record.id, version: record.version, reason });
        progress(index + 1, records.length);
      }
      await cache.invalidateQueries({ queryKey: [here.slug] });
    });
    onClear();
  };
  const count = records.length;
  return (
    <div
      className="row wrap"
      role="toolbar"
      aria-label={t('ui.selection')}
      style={{ background: 'var(--accent-soft)', borderRadius: 6, padding: '4px 8px 4px 12px' }}
    >
      <span className="sm m t-acc">{t('ui.selected', { count })}</span>
      <span className="grow" />
      {here.holds(register.permissions.change) && settable.length > 0 ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="xs">{t('ui.setField')}</Button>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>
            {settable.map(([name]) => (
              <Menu.Item
                key={name}
                onClick={() => {
                  setValue(null);
                  setField(name);
                }}
              >
                {fieldLabel(register.name, name)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {here.holds(register.permissions.archive) ? (
        <Button size="xs" onClick={() => setArchiving(true)}>
          {t('ui.archive')}
        </Button>
      ) : null}
      <Button size="xs" variant="subtle" onClick={onClear}>
        {t('ui.clearSelection')}
      </Button>
      <Modal
        opened={field !== null && declared !== undefined}
        onClose={() => setField(null)}
        title={t('ui.setFieldOf', { count, field: fieldLabel(register.name, field ?? '') })}
      >
        {field === null || declared === undefined ? null : (
          <form
            className="form"
            onSubmit={(event) => {
              event.preventDefault();
              change(field, toWrite(declared, value));
              setField(null);
            }}
          >
            <FieldInput register={register.name} name={field} field={declared} value={value} onChange={setValue} autoFocus />
            <div className="row" style={{ justifyContent: 'flex-end' }}>
              <Button variant="subtle" onClick={() => setField(null)}>
                {t('ui.cancel')}
              </Button>
              <Button type="submit" variant="filled">
                {t('ui.changeN', { count })}
              </Button>
            </div>
          </form>
        )}
      </Modal>
      <ReasonDialog
        opened={archiving}
        onClose={() => setArchiving(false)}
        title={t('ui.archiveN', { count })}
        verb={t('ui.archive')}
        onConfirm={async (reason) => {
          archive(reason);
        }}
      >
        {t('ui.archiveHelp')}
      </ReasonDialog>
    </div>
  );
};
