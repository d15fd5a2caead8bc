import type { Register } from '@aimwell/contract/platform/register';
import type { ImportFile, ImportMapping } from '@aimwell/contract/platform/transfer';
import { Button, MultiSelect, Select } from '@mantine/core';
import { Say } from '../page.tsx';
import { Shape } from '../shapes.tsx';
import { t } from '../words.ts';
import { ValueMeanings } from './values.tsx';

type Column = ImportMapping['columns'][number];
const own = 'own:';
const skip = 'skip:';

interface Props {
  readonly register: Register;
  readonly file: ImportFile;
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
  readonly onSheet?: ((sheet: string) => void) | undefined;
  readonly onNext: () => void;
  readonly onBack: () => void;
}

/** A column sent to another field: what its texts mean is guessed from the words of the choices, the rest is asked for. */
const moved = (column: Column, target: string, file: ImportFile): Column => {
  const { field: _field, values: _values, ...rest } = column;
  if (target === own) return { ...rest, to: 'own', confidence: 1 };
  if (target === skip) return { ...rest, to: 'skip', confidence: 1 };
  const choices = file.fields.find(({ name }) => name === target)?.choices;
  const meaning = (seen: string) =>
    choices?.find(({ label, value }) => [label, value].some((word) => word.toLowerCase() === seen.trim().toLowerCase()))?.value;
  return {
    ...rest,
    to: 'field',
    field: target,
    confidence: 1,
    ...(choices === undefined
      ? {}
      : {
          values: column.samples.map((seen) => {
            const value = meaning(seen);
            return { seen, count: 0, ...(value === undefined ? {} : { value }) };
          }),
        }),
  };
};

/** Where each column goes and what its texts mean: guessed, and all of it can be changed. */
export const Columns = ({ file, mapping, onChange, onSheet, onNext, onBack }: Props) => {
  const used = mapping.columns.filter(({ to }) => to === 'field').length;
  const kept = mapping.columns.filter(({ to }) => to === 'own').length;
  const taken = new Set(mapping.columns.flatMap(({ field }) => (field === undefined ? [] : [field])));
  const missing = file.fields.filter(({ required, name }) => required && !taken.has(name));
  const change = (index: number, next: (column: Column) => Column) =>
    onChange({ ...mapping, columns: mapping.columns.map((column) => (column.index === index ? next(column) : column)) });
  const hasDates = mapping.columns.some(({ field }) => file.fields.find(({ name }) => name === field)?.kind === 'date');
  const targets = (mine: string | undefined) => [
    {
      group: t('import.fields'),
      items: file.fields.map(({ name, label, required }) => ({
        value: name,
        label: required ? `${label} *` : label,
        disabled: name !== mine && taken.has(name),
      })),
    },
    {
      group: t('import.elsewhere'),
      items: [
        { value: own, label: t('import.own') },
        { value: skip, label: t('import.skip') },
      ],
    },
  ];
  return (
    <section className="stack" style={{ gap: 16 }} aria-labelledby="imp-columns">
      <div>
        <h2 id="imp-columns" className="imp-h">
          {t('import.columnsTitle', { used, of: mapping.columns.length })}
        </h2>
        <p className="mut">
          {t(`import.from.${file.mappingFrom}`)} {kept === 0 ? '' : t('import.keptOwn', { count: kept })}
        </p>
      </div>
      {file.sheets !== undefined && file.sheets.length > 1 && onSheet !== undefined ? (
        <Select
          label={t('import.sheet')}
          data={file.sheets.map(({ name, rows }) => ({ value: name, label: t('import.sheetOf', { name, count: rows }) }))}
          value={file.sheet ?? null}
          allowDeselect={false}
          onChange={(sheet) => {
            if (sheet !== null) onSheet(sheet);
          }}
          maw={360}
        />
      ) : null}
      {missing.length > 0 ? (
        <Say tone="warn" icon={<Shape kind="triangle" tone="warn" />}>
          {t('import.missing', { fields: missing.map(({ label }) => label).join(', ') })}
        </Say>
      ) : null}
      <div className="card imp-scroll" tabIndex={0} role="region" aria-labelledby="imp-columns">
        <table className="table">
          <thead>
            <tr>
              <th>{t('import.column')}</th>
              <th>{t('import.samples')}</th>
              <th style={{ width: 260 }}>{t('import.goesTo')}</th>
            </tr>
          </thead>
          <tbody>
            {mapping.columns.map((column) => (
              <tr key={column.index} style={{ verticalAlign: 'top' }}>
                <td className="m" style={{ minWidth: 120, paddingTop: 14 }}>
                  {column.key}
                </td>
                <td className="sm mut imp-samples">{column.samples.slice(0, 3).join(' · ')}</td>
                <td>
                  <Select
                    aria-label={t('import.goesToOf', { column: column.key })}
                    searchable
                    allowDeselect={false}
                    data={targets(column.field)}
                    value={column.to === 'field' ? (column.field ?? null) : column.to === 'own' ? own : skip}
                    onChange={(target) => {
                      if (target !== null) change(column.index, (before) => moved(before, target, file));
                    }}
                    maxDropdownHeight={300}
                  />
                  {column.to === 'field' && column.values !== undefined ? (
                    <ValueMeanings
                      column={column}
                      choices={file.fields.find(({ name }) => name === column.field)?.choices ?? []}
                      onChange={(values) => change(column.index, (before) => ({ ...before, values: [...values] }))}
                    />
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="form-2" style={{ maxWidth: 720 }}>
        <MultiSelect
          label={t('import.idColumns')}
          description={t('import.idColumnsHelp')}
          clearable
          data={[...new Set(mapping.columns.map(({ key }) => key))]}
          value={mapping.idColumns ?? []}
          onChange={(idColumns) => {
            const { idColumns: _before, ...rest } = mapping;
            onChange(idColumns.length === 0 ? rest : { ...rest, idColumns });
          }}
        />
        {hasDates ? (
          <Select
            label={t('import.dateOrder')}
            description={t('import.dateOrderHelp')}
            clearable
            data={[
              { value: 'dmy', label: t('import.dmy') },
              { value: 'mdy', label: t('import.mdy') },
            ]}
            value={mapping.dateOrder ?? null}
            onChange={(order) => {
              const { dateOrder: _before, ...rest } = mapping;
              onChange(order === null ? rest : { ...rest, dateOrder: order as 'dmy' | 'mdy' });
            }}
          />
        ) : null}
      </div>
      <div className="imp-foot">
        <Button variant="subtle" onClick={onBack}>
          {t('import.otherFile')}
        </Button>
        <span className="grow" />
        <Button variant="filled" onClick={onNext}>
          {t('import.check', { count: file.rows })}
        </Button>
      </div>
    </section>
  );
};
