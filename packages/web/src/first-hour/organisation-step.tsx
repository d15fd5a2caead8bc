import { Checkbox, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import type { Answers } from './hour.ts';
import { StepFrame, type StepProps } from './step.tsx';

const options = { activities: ['builds', 'buys', 'supplies'], countries: ['EU', 'UK', 'US'], holds: ['iso27001', 'iso9001'] } as const;
type Ticks = keyof typeof options;

/** The name and six questions. Their answers decide which drafts fit. */
export const OrganisationStep = (props: StepProps) => {
  const here = useHere();
  const [name, setName] = useState(here.name);
  const [answers, setAnswers] = useState<Answers>(props.hour.answers);
  const set = (changes: Partial<Answers>) => setAnswers((before) => ({ ...before, ...changes }));
  const ticks = (field: Ticks) => (
    <Checkbox.Group
      label={t(`first-hour.ask.${field}.label`)}
      description={t(`first-hour.ask.${field}.help`)}
      value={[...answers[field]]}
      onChange={(next) => set({ [field]: next } as Partial<Answers>)}
    >
      <div className="row wrap" style={{ gap: '6px 18px', marginTop: 6 }}>
        {options[field].map((one) => (
          <Checkbox key={one} value={one} label={t(`first-hour.ask.${field}.${one}`)} />
        ))}
      </div>
    </Checkbox.Group>
  );
  return (
    <StepFrame
      {...props}
      step="organisation"
      lead={t('first-hour.steps.organisation.lead')}
      verb={t('first-hour.saveAndGoOn')}
      blocked={name.trim() === '' ? t('first-hour.nameNeeded') : undefined}
      onNext={() => props.goOn({ answers, ...(name.trim() === here.name ? {} : { name: name.trim() }) })}
    >
      <form className="form" style={{ maxWidth: 680 }} onSubmit={(event) => event.preventDefault()}>
        <TextInput label={t('first-hour.ask.name')} required value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Textarea
          label={t('first-hour.ask.sites.label')}
          description={t('first-hour.ask.sites.help')}
          autosize
          minRows={2}
          value={answers.sites}
          onChange={(event) => set({ sites: event.currentTarget.value })}
        />
        <NumberInput
          label={t('first-hour.ask.people.label')}
          min={1}
          max={10_000_000}
          allowDecimal={false}
          maw={220}
          value={answers.people ?? ''}
          onChange={(next) => set({ people: next === '' ? null : Number(next) })}
        />
        {ticks('activities')}
        {ticks('countries')}
        <TextInput
          label={t('first-hour.ask.otherCountries.label')}
          description={t('first-hour.ask.otherCountries.help')}
          value={answers.otherCountries}
          onChange={(event) => set({ otherCountries: event.currentTarget.value })}
        />
        {ticks('holds')}
        <TextInput
          type="date"
          max="9999-12-31"
          maw={220}
          label={t('first-hour.ask.auditOn.label')}
          description={t('first-hour.ask.auditOn.help')}
          value={answers.auditOn}
          onChange={(event) => set({ auditOn: event.currentTarget.value })}
        />
      </form>
    </StepFrame>
  );
};
