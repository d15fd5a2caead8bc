import { Button, NumberInput, Select } from '@mantine/core';
import { t } from '../../ui/words.ts';
import { durationWords } from '../step-words.ts';
import { TextField } from './fields.tsx';

const units = { H: 'hours', D: 'days', W: 'weeks', M: 'months', Y: 'years' } as const;
type Unit = keyof typeof units;

/** `P10D` as ten and days; null for a duration that is put together of several parts. */
const partsOf = (due: string): { readonly count: number; readonly unit: Unit } | null => {
  const found = /^P(?:(\d+)([DWMY])|T(\d+)H)$/u.exec(due);
  return found === null ? null : { count: Number(found[1] ?? found[3]), unit: (found[2] ?? 'H') as Unit };
};
const durationOf = (count: number, unit: Unit): string => (unit === 'H' ? `PT${count}H` : `P${count}${unit}`);

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (due: string) => void;
}

/** A duration as a number and its unit; one of another shape as it is written, with what it means beside it. */
export const DueField = ({ label, value, onChange }: Props) => {
  const parts = partsOf(value);
  if (value !== '' && parts === null)
    return <TextField label={label} value={value} code onCommit={onChange} description={durationWords(value)} />;
  const unit = parts?.unit ?? 'D';
  return (
    <div>
      <div className="row pr-due">
        <NumberInput
          label={label}
          min={1}
          max={3650}
          allowDecimal={false}
          allowNegative={false}
          value={parts?.count ?? ''}
          onChange={(count) => {
            if (count === '') onChange('');
            else if (Number(count) > 0) onChange(durationOf(Number(count), unit));
          }}
        />
        <Select
          aria-label={t('drawing.unit')}
          allowDeselect={false}
          data={Object.entries(units).map(([one, words]) => ({ value: one, label: t(`drawing.units.${words}`) }))}
          value={unit}
          onChange={(next) => next !== null && parts !== null && onChange(durationOf(parts.count, next as Unit))}
        />
        {value === '' ? null : (
          <Button variant="subtle" size="xs" onClick={() => onChange('')}>
            {t('drawing.none')}
          </Button>
        )}
      </div>
      <p className="xs dim">{value === '' ? t('drawing.dueHelp') : durationWords(value)}</p>
    </div>
  );
};
