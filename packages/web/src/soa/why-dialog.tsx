import type { SoaRow } from '@aimwell/contract/soa/endpoints';
import { soaEntries, soaReasons } from '@aimwell/contract/soa/soa';
import { Button, Checkbox, Modal } from '@mantine/core';
import { useState } from 'react';
import { fieldError } from '../ui/api.ts';
import { FieldInput, sameValue } from '../ui/form/field-input.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { choiceLabel, fieldHelp, fieldLabel, t } from '../ui/words.ts';
import { type EntryChange, type EntryField, useEntryWrite } from './calls.ts';

type Named = 'risks' | 'laws' | 'contracts' | 'objectives';
const nameOf: Readonly<Record<(typeof soaReasons)[number], Named | null>> = {
  risk: 'risks',
  law: 'laws',
  contract: 'contracts',
  objective: 'objectives',
  own_choice: null,
};
const fields: readonly EntryField[] = ['reasons', 'risks', 'laws', 'contracts', 'objectives', 'justification', 'linksConfirmed'];
const isEmpty = (value: unknown): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Why a control applies, or why it does not: the types of reason, what each rests on, and words. Sent as one change. */
export const WhyDialog = ({ row, onClose }: { row: SoaRow; onClose: () => void }) => {
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>(() =>
    Object.fromEntries(fields.map((name) => [name, row[name]])),
  );
  const write = useEntryWrite(row);
  const set = (name: string, value: unknown) => setValues((before) => ({ ...before, [name]: value }));
  const reasons = values['reasons'] as readonly string[];
  const excluded = row.decision === 'excluded';
  const links = soaReasons.flatMap((reason) => {
    const name = nameOf[reason];
    return name !== null && (reasons.includes(reason) || !isEmpty(values[name])) ? [name] : [];
  });
  const change = Object.fromEntries(
    fields.filter((name) => !sameValue(soaEntries.fields[name], values[name], row[name])).map((name) => [name, values[name]]),
  ) as EntryChange;
  const save = () => (Object.keys(change).length === 0 ? onClose() : write.mutate(change, { onSuccess: onClose }));
  const words = (
    <FieldInput
      register="soa-entries"
      name="justification"
      field={soaEntries.fields.justification}
      value={values['justification']}
      onChange={(value) => set('justification', value)}
      error={fieldError(write.error, 'justification')}
      autoFocus={excluded}
    />
  );
  return (
    <Modal opened onClose={onClose} size="lg" title={t(excluded ? 'soa.why.excluded' : 'soa.why.included', { control: row.control })}>
      <form
        className="form soa-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p className="sm mut">
          {row.title}. {t(excluded ? 'soa.why.helpExcluded' : 'soa.why.help')}
        </p>
        {excluded ? words : null}
        <Checkbox.Group label={t('soa.why.types')} value={[...reasons]} onChange={(next) => set('reasons', next)}>
          <div className="row wrap" style={{ gap: '8px 16px' }}>
            {soaReasons.map((reason, index) => (
              <Checkbox
                key={reason}
                value={reason}
                label={choiceLabel('soa-entries', 'reasons', reason)}
                {...(index === 0 && !excluded ? { 'data-autofocus': true } : {})}
              />
            ))}
          </div>
        </Checkbox.Group>
        {links.map((name) => (
          <FieldInput
            key={name}
            register="soa-entries"
            name={name}
            field={soaEntries.fields[name]}
            value={values[name]}
            onChange={(value) => set(name, value)}
            error={fieldError(write.error, name)}
          />
        ))}
        {excluded ? null : words}
        {links.length === 0 ? null : (
          <Checkbox
            label={fieldLabel('soa-entries', 'linksConfirmed')}
            description={fieldHelp('soa-entries', 'linksConfirmed')}
            checked={values['linksConfirmed'] === true}
            onChange={(event) => set('linksConfirmed', event.currentTarget.checked)}
          />
        )}
        <ProblemView error={write.error} label={(field) => fieldLabel('soa-entries', field)} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={write.isPending}>
            {t('ui.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
