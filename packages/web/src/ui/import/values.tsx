import type { ImportMapping } from '@aimwell/contract/platform/transfer';
import { Select } from '@mantine/core';
import { useState } from 'react';
import { Shape } from '../shapes.tsx';
import { t } from '../words.ts';

type Column = ImportMapping['columns'][number];
type Value = NonNullable<Column['values']>[number];

/** What the texts of one column mean. Those nobody has given a meaning stand first; the others wait behind a line. */
export const ValueMeanings = ({
  column,
  choices,
  onChange,
}: {
  column: Column;
  choices: readonly { readonly value: string; readonly label: string }[];
  onChange: (values: readonly Value[]) => void;
}) => {
  const values = column.values ?? [];
  const [asked] = useState(() => new Set(values.filter(({ value }) => value === undefined).map(({ seen }) => seen)));
  const unknown = values.filter(({ seen, value }) => asked.has(seen) || value === undefined);
  const known = values.filter((one) => !unknown.includes(one));
  const set = (seen: string, value: string | null) =>
    onChange(
      values.map((one) => {
        if (one.seen !== seen) return one;
        const { value: _before, ...rest } = one;
        return value === null ? rest : { ...rest, value };
      }),
    );
  const line = (one: Value) => (
    <li key={one.seen} className="imp-value">
      <span className="sm ell" title={one.seen}>
        {one.value === undefined ? <Shape kind="triangle" tone="warn" /> : null} “{one.seen.trim()}”
      </span>
      <Select
        size="xs"
        aria-label={t('import.meansOf', { seen: one.seen.trim(), column: column.key })}
        searchable
        clearable
        placeholder={t('import.means')}
        data={[...choices]}
        value={one.value ?? null}
        onChange={(value) => set(one.seen, value)}
      />
    </li>
  );
  return (
    <div style={{ marginTop: 6 }}>
      {unknown.length === 0 ? null : <ul className="imp-values">{unknown.slice(0, 30).map(line)}</ul>}
      {known.length === 0 ? null : (
        <details>
          <summary className="xs dim">{t('import.knownValues', { count: known.length })}</summary>
          <ul className="imp-values">{known.slice(0, 100).map(line)}</ul>
        </details>
      )}
    </div>
  );
};
