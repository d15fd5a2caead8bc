import type { Field } from '@aimwell/contract/platform/field';
import type { Register } from '@aimwell/contract/platform/register';
import { Button, Checkbox, Menu, Popover, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { formatDay } from '../dates.ts';
import { listOf, textOf } from '../filters.ts';
import { CodePicker, ReferencePicker } from '../form/pickers.tsx';
import { type Filters, useRecord } from '../record.ts';
import { choiceLabel, fieldLabel, t } from '../words.ts';

interface Props {
  readonly register: Register;
  readonly filters: Filters;
  readonly onChange: (changes: Filters) => void;
}

/** The filters that are set, each a chip that can be changed or taken away, and a way to add one. */
export const FilterChips = ({ register, filters, onChange }: Props) => {
  const [adding, setAdding] = useState<string | null>(null);
  const filterable = Object.entries(register.fields).filter(([, field]) => field.filter === true);
  const isSet = (name: string) =>
    filters[name] !== undefined || filters[`${name}.from`] !== undefined || filters[`${name}.to`] !== undefined;
  const shown = filterable.filter(([name]) => isSet(name) || adding === name);
  const rest = filterable.filter(([name]) => !shown.some(([one]) => one === name));
  return (
    <div className="row wrap" style={{ gap: 6 }}>
      {shown.map(([name, field]) => (
        <Chip
          key={name}
          register={register}
          name={name}
          field={field}
          filters={filters}
          startOpen={adding === name}
          onChange={onChange}
          onRemove={() => {
            setAdding(null);
            onChange({ [name]: undefined, [`${name}.from`]: undefined, [`${name}.to`]: undefined });
          }}
          onClosed={() => setAdding(null)}
        />
      ))}
      {filters['archived'] === 'true' ? (
        <span className="fchip">
          <b style={{ paddingLeft: 8 }}>{t('ui.archivedOnly')}</b>
          <button
            type="button"
            className="off"
            aria-label={t('ui.removeFilter', { name: t('ui.archivedOnly') })}
            onClick={() => onChange({ archived: undefined })}
          >
            <IconX size={13} stroke={1.75} aria-hidden />
          </button>
        </span>
      ) : null}
      <Menu position="bottom-start">
        <Menu.Target>
          <button type="button" className="fchip add">
            <IconPlus size={13} stroke={1.75} aria-hidden />
            {t('ui.filter')}
          </button>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflow: 'auto' }}>
          {rest.map(([name]) => (
            <Menu.Item key={name} onClick={() => setAdding(name)}>
              {fieldLabel(register.name, name)}
            </Menu.Item>
          ))}
          {filters['archived'] === 'true' ? null : (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => onChange({ archived: 'true' })}>{t('ui.archivedOnly')}</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
};

interface ChipProps extends Props {
  readonly name: string;
  readonly field: Field;
  readonly startOpen: boolean;
  readonly onRemove: () => void;
  readonly onClosed: () => void;
}

const Chip = ({ register, name, field, filters, startOpen, onChange, onRemove, onClosed }: ChipProps) => {
  const [opened, setOpened] = useState(startOpen);
  const label = fieldLabel(register.name, name);
  const close = (next: boolean) => {
    setOpened(next);
    if (!next) onClosed();
  };
  return (
    <Popover opened={opened} onChange={close} position="bottom-start" trapFocus withinPortal>
      <span className="fchip">
        <Popover.Target>
          <button type="button" onClick={() => close(!opened)}>
            {label} {t('ui.is')}{' '}
            <b>
              <Said register={register} name={name} field={field} filters={filters} />
            </b>
          </button>
        </Popover.Target>
        <button type="button" className="off" aria-label={t('ui.removeFilter', { name: label })} onClick={onRemove}>
          <IconX size={13} stroke={1.75} aria-hidden />
        </button>
      </span>
      <Popover.Dropdown style={{ minWidth: 220, maxWidth: 340 }} aria-label={label}>
        <Choose register={register} name={name} field={field} filters={filters} onChange={onChange} label={label} />
        <div style={{ marginTop: 10, textAlign: 'right' }}>
          <Button size="xs" onClick={() => close(false)}>
            {t('ui.done')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
};

/** The chosen values in words. */
const Said = ({ register, name, field, filters }: Omit<ChipProps, 'startOpen' | 'onChange' | 'onRemove' | 'onClosed'>) => {
  const values = listOf(filters[name]);
  const from = textOf(filters[`${name}.from`]);
  const to = textOf(filters[`${name}.to`]);
  const day = (value: string) => (field.kind === 'date' ? formatDay(value) : value);
  if (from !== undefined || to !== undefined)
    return (
      <>
        {from === undefined
          ? t('ui.upTo', { to: day(to ?? '') })
          : to === undefined
            ? t('ui.fromOn', { from: day(from) })
            : `${day(from)} – ${day(to)}`}
      </>
    );
  if (values.length === 0) return <span className="dim">…</span>;
  switch (field.kind) {
    case 'choice':
    case 'choices':
      return <>{values.map((value) => choiceLabel(register.name, name, value)).join(', ')}</>;
    case 'boolean':
      return <>{values.map((value) => t(value === 'true' ? 'ui.yes' : 'ui.no')).join(', ')}</>;
    case 'reference':
    case 'references':
      return (
        <>
          {values.map((value, index) => (
            <span key={value}>
              {index > 0 ? ', ' : ''}
              <RecordTitle register={field.to} id={value} />
            </span>
          ))}
        </>
      );
    default:
      return <>{values.map(day).join(', ')}</>;
  }
};

const RecordTitle = ({ register, id }: { register: string; id: string }) => {
  const record = useRecord(register, id);
  const data = record.data;
  return <>{data === undefined ? '…' : String(data['name'] ?? data['title'] ?? data['statement'] ?? data.identifier)}</>;
};

const Choose = ({ register, name, field, filters, onChange, label }: Props & { name: string; field: Field; label: string }) => {
  const values = listOf(filters[name]);
  const set = (next: readonly string[]) => onChange({ [name]: next.length === 0 ? undefined : next });
  const flip = (value: string) => set(values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
  switch (field.kind) {
    case 'choice':
    case 'choices':
      return (
        <div className="col">
          {field.choices.map((one, index) => (
            <Checkbox
              key={one}
              size="xs"
              {...(index === 0 ? { 'data-autofocus': true } : {})}
              label={choiceLabel(register.name, name, one)}
              checked={values.includes(one)}
              onChange={() => flip(one)}
            />
          ))}
        </div>
      );
    case 'boolean':
      return (
        <div className="col">
          {['true', 'false'].map((one) => (
            <Checkbox
              key={one}
              size="xs"
              label={t(one === 'true' ? 'ui.yes' : 'ui.no')}
              checked={values.includes(one)}
              onChange={() => flip(one)}
            />
          ))}
        </div>
      );
    case 'reference':
    case 'references':
      return (
        <ReferencePicker
          label={label}
          to={field.to}
          value={null}
          onChange={(one) => {
            if (one !== null && !values.includes(one.id)) set([...values, one.id]);
          }}
        />
      );
    case 'code':
    case 'codes':
      return (
        <CodePicker label={label} catalog={field.catalog} value={values[0] ?? null} onChange={(one) => set(one === null ? [] : [one])} />
      );
    case 'date':
    case 'integer': {
      const kind = field.kind === 'date' ? 'date' : 'number';
      return (
        <div className="form-2">
          {(['from', 'to'] as const).map((end) => (
            <TextInput
              key={end}
              type={kind}
              label={t(`ui.${end}`)}
              value={textOf(filters[`${name}.${end}`]) ?? ''}
              onChange={(event) =>
                onChange({
                  [name]: undefined,
                  [`${name}.${end}`]: event.currentTarget.value === '' ? undefined : event.currentTarget.value,
                })
              }
            />
          ))}
        </div>
      );
    }
    default:
      return <TextFilter label={label} value={values[0] ?? ''} onChange={(value) => set(value === '' ? [] : [value])} />;
  }
};

const TextFilter = ({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) => {
  const [typed, setTyped] = useState(value);
  return (
    <TextInput
      label={label}
      data-autofocus
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => onChange(typed.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onChange(typed.trim());
      }}
    />
  );
};
