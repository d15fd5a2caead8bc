import type { SoaRow } from '@aimwell/contract/soa/endpoints';
import { Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import { DayText } from '../ui/date-text.tsx';
import { t } from '../ui/words.ts';
import { useEditing } from './editing.tsx';

/** Until when a control is to be in force; kept open until the day is left or Enter is pressed, so that half a date is never sent. */
export const TargetCell = ({ row, onChange }: { row: SoaRow; onChange: (day: string | null) => void }) => {
  const { can } = useEditing();
  const [opened, setOpened] = useState(false);
  const [day, setDay] = useState('');
  const missing = row.targetDate === null && row.gaps.includes('TARGET_MISSING');
  const shown =
    row.targetDate === null ? (
      <span className={missing ? 't-warn' : ''}>{t('soa.noTarget')}</span>
    ) : (
      <>
        {t('soa.until')} <DayText value={row.targetDate} due />
      </>
    );
  if (!can('targetDate')) return row.targetDate === null ? null : <span className="xs dim soa-target">{shown}</span>;
  const send = () => {
    setOpened(false);
    if ((day === '' ? null : day) !== row.targetDate) onChange(day === '' ? null : day);
  };
  return (
    <Popover
      opened={opened}
      onChange={(next) => {
        if (!next) setOpened(false);
      }}
      position="bottom-start"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className="soa-cell xs dim soa-target"
          aria-label={t('soa.change.targetDate', { control: row.control, value: row.targetDate ?? t('soa.noTarget') })}
          onClick={() => {
            setDay(row.targetDate ?? '');
            setOpened(true);
          }}
        >
          {shown}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('soa.targetOf', { control: row.control })}>
        <form
          className="row"
          style={{ alignItems: 'end' }}
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <TextInput
            type="date"
            label={t('soa.target')}
            max="9999-12-31"
            data-autofocus
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <button type="submit" className="tb-button">
            {t('ui.done')}
          </button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
};
