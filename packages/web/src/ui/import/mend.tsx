import type { ImportField, ImportRow } from './types.ts';
import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../words.ts';

type Fix = string | readonly string[];
interface Props {
  readonly row: ImportRow;
  readonly field: ImportField;
  readonly fix: Fix | undefined;
  readonly suggestion?: string | undefined;
  readonly allowed: readonly string[];
  readonly onFix: (fix: Fix) => void;
}

const both = 'both';
const asList = (value: string): Fix => (value === both ? ['provider', 'deployer'] : [value]);
const asChoice = (fix: Fix | undefined): string | undefined =>
  fix === undefined ? undefined : Array.isArray(fix) && fix.length > 1 ? both : String(fix);

/** Mends one cell in place. A role is one of three, with the likely one marked; nothing counts before a person says it. */
export const Mend = (props: Props) =>
  props.field.name === 'rolesLaw' ? (
    <RoleMend {...props} />
  ) : props.field.choices === undefined ? (
    <TextMend {...props} />
  ) : (
    <ChoiceMend {...props} />
  );

const RoleMend = ({ row, fix, suggestion, onFix }: Props) => {
  const chosen = asChoice(fix);
  const named = row.values['provider'] !== undefined && row.values['provider'] !== null && suggestion === 'deployer';
  return (
    <div className="stack" style={{ gap: 4 }}>
      <SegmentedControl
        size="xs"
        name={`role-${row.row}`}
        aria-label={t('import.roleOf', { name: row.title })}
        value={chosen ?? suggestion ?? ''}
        onChange={(value) => onFix(asList(value))}
        data={[
          { value: 'provider', label: t('import.provider') },
          { value: 'deployer', label: t('import.deployer') },
          { value: both, label: t('import.both') },
        ]}
      />
      {chosen === undefined && suggestion !== undefined ? (
        <span className="xs mut">
          {t(named ? 'import.suggestedNamed' : 'import.suggestedUnnamed')}{' '}
          <button
            type="button"
            className="link"
            aria-label={t('import.confirmOf', { name: row.title })}
            onClick={() => onFix(asList(suggestion))}
          >
            {t('import.confirm')}
          </button>
        </span>
      ) : (
        <span className="xs dim">{t('import.saidByYou')}</span>
      )}
    </div>
  );
};

const ChoiceMend = ({ row, field, fix, allowed, onFix }: Props) => (
  <Select
    size="xs"
    searchable
    aria-label={t('import.mendOf', { field: field.label, name: row.title })}
    placeholder={t('import.mend')}
    value={fix === undefined ? null : String(fix)}
    data={(field.choices ?? []).filter(({ value }) => allowed.length === 0 || allowed.includes(value))}
    onChange={(value) => {
      if (value !== null) onFix(value);
    }}
  />
);

const TextMend = ({ row, field, fix, onFix }: Props) => {
  const [text, setText] = useState(fix === undefined ? '' : String(fix));
  const say = () => {
    if (text.trim() !== '' && text !== fix) onFix(text.trim());
  };
  return (
    <TextInput
      size="xs"
      {...(field.kind === 'date' ? { type: 'date' } : {})}
      aria-label={t('import.mendOf', { field: field.label, name: row.title === '' ? String(row.row) : row.title })}
      placeholder={t('import.mend')}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={say}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault();
          say();
        }
      }}
    />
  );
};
