import type { Register } from '@aimwell/contract/platform/register';
import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { NameValues } from '../page.tsx';
import { type RecordView, titleOf } from '../record.ts';
import { useHere } from '../session.tsx';
import { StatusPill } from '../status.tsx';
import { FieldValue } from '../value.tsx';
import { fieldLabel, t } from '../words.ts';
import { MomentText } from '../date-text.tsx';
import { useRouter } from '@tanstack/react-router';

/** The panel beside a list: what a record is in ten seconds, and the way into it. */
export const Preview = ({
  register,
  record,
  position,
  onClose,
}: {
  register: Register;
  record: RecordView;
  position: string;
  onClose: () => void;
}) => {
  const here = useHere();
  const router = useRouter();
  const lead = Object.entries(register.fields).find(
    ([name, field]) => field.kind === 'longText' && field.managed === undefined && typeof record[name] === 'string',
  );
  const state = register.state === undefined ? undefined : record[register.state];
  const rows = Object.entries(register.fields)
    .filter(
      ([name, field]) =>
        name !== register.title &&
        name !== register.state &&
        name !== lead?.[0] &&
        field.kind !== 'result' &&
        field.kind !== 'longText' &&
        hasValue(record[name]),
    )
    .slice(0, 14);
  return (
    <aside className="pv" aria-label={t('ui.previewOf', { title: titleOf(register, record) })}>
      <div className="row">
        <span className="id">{record.identifier}</span>
        <span className="grow" />
        <span className="xs dim num">{position}</span>
        <ActionIcon size={24} aria-label={t('ui.closePreview')} onClick={onClose}>
          <IconX size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      </div>
      <h2 style={{ fontSize: 18, lineHeight: '24px' }}>{titleOf(register, record)}</h2>
      {lead === undefined ? null : <p className="sm mut clamp">{String(record[lead[0]])}</p>}
      {typeof state === 'string' && register.state !== undefined ? (
        <div className="row wrap">
          <StatusPill value={state} register={register.name} field={register.state} />
        </div>
      ) : null}
      <NameValues
        rows={[
          ...rows.map(
            ([name]) =>
              [fieldLabel(register.name, name), <FieldValue key={name} register={register} name={name} value={record[name]} />] as const,
          ),
          [t('ui.fields.updatedAt'), <MomentText key="u" value={record.updatedAt} ago />] as const,
        ]}
      />
      <span className="grow" />
      <div className="row" style={{ borderTop: '1px solid var(--line)', paddingTop: 12 }}>
        <Button
          component="a"
          href={here.to(register.name, record.id)}
          onClick={(event: React.MouseEvent) => {
            if (event.metaKey || event.ctrlKey) return;
            event.preventDefault();
            void router.navigate({ to: here.to(register.name, record.id) as '/' });
          }}
        >
          {t('ui.open')}
          <kbd style={{ marginLeft: 8 }}>Enter</kbd>
        </Button>
        <span className="grow" />
        <span className="xs dim row" style={{ gap: 4 }}>
          {t('ui.next')} <kbd>J</kbd> {t('ui.previous')} <kbd>K</kbd>
        </span>
      </div>
    </aside>
  );
};

const hasValue = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
