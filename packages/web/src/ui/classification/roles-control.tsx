import { Button, Checkbox } from '@mantine/core';
import { useId } from 'react';
import { choiceLabel, t } from '../words.ts';
import './classification.css';

interface Props {
  /** `rolesStandard` (ISO/IEC 22989) or `rolesLaw` (EU AI Act). */
  readonly field: 'rolesStandard' | 'rolesLaw';
  readonly choices: readonly string[];
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  /** What the row's text or its neighbours point to; one press takes it. */
  readonly suggestion?: { readonly roles: readonly string[]; readonly because: string } | undefined;
  /** Which system this is about, for those who hear the page. */
  readonly about: string;
  readonly error?: string | undefined;
}

/** Roles of one system as toggles in one line: made for rows of a sheet, where several roles may hold. */
export const RolesControl = ({ field, choices, value, onChange, suggestion, about, error }: Props) => {
  const id = useId();
  const taken = suggestion === undefined || suggestion.roles.every((role) => value.includes(role));
  return (
    <div
      className="col"
      style={{ gap: 4 }}
      role="group"
      aria-label={t('classification.rolesOf', { what: about })}
      {...(error === undefined ? {} : { 'aria-describedby': id })}
    >
      <div className="role-toggles">
        {choices.map((role) => (
          <Checkbox
            key={role}
            size="xs"
            checked={value.includes(role)}
            label={choiceLabel('systems', field, role)}
            onChange={(event) => onChange(event.currentTarget.checked ? [...value, role] : value.filter((one) => one !== role))}
          />
        ))}
      </div>
      {taken ? null : (
        <div className="row wrap xs mut">
          <Button size="compact-xs" onClick={() => onChange([...new Set([...value, ...suggestion.roles])])}>
            {t('classification.take', { what: suggestion.roles.map((role) => choiceLabel('systems', field, role)).join(', ') })}
          </Button>
          {suggestion.because}
        </div>
      )}
      {error === undefined ? null : (
        <span id={id} className="xs t-bad">
          {error}
        </span>
      )}
    </div>
  );
};
