import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { todayIn } from '../ui/dates.ts';
import { useCatalog } from '../ui/form/catalog.ts';
import { CodesPicker } from '../ui/form/pickers.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useWrite } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { choiceLabel, fieldLabel, t } from '../ui/words.ts';
import type { Scales } from './criteria-matrix.tsx';

const options = ['modify', 'retain', 'avoid', 'share'] as const;
/** Three months: long enough to do something, short enough to ask. */
const usualDays = 90;
const dayAfter = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** What is done about a risk, with what it should be afterwards. The catalog's controls for its source are there to be kept or changed. */
export const TreatForm = ({ risk, scales, onClose }: { risk: RecordView; scales: Scales; onClose: () => void }) => {
  const here = useHere();
  const write = useWrite('treatments');
  const source = useCatalog('risk-sources').data?.find(({ id }) => id === risk['source']);
  const likelihood = Number(risk['inherentLikelihood']);
  const consequence = Number(risk['inherentConsequence']);
  const [values, setValues] = useState({
    option: 'modify',
    modifies: likelihood > 1 ? 'likelihood' : 'consequence',
    title: '',
    controls: undefined as readonly string[] | undefined,
    resources: '',
    effectivenessMeasure: '',
    dueDate: dayAfter(todayIn(here.timeZone), usualDays),
    expectedLikelihood: String(likelihood > 1 ? likelihood - 1 : 1),
    expectedConsequence: String(likelihood > 1 ? consequence : Math.max(1, consequence - 1)),
  });
  const set = (changes: Partial<typeof values>) => setValues((before) => ({ ...before, ...changes }));
  const suggested = source?.['controls'];
  const controls = values.controls ?? (Array.isArray(suggested) ? suggested.filter((one) => typeof one === 'string') : []);
  const modify = values.option === 'modify';
  const text = (name: 'title' | 'resources' | 'effectivenessMeasure') => ({
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  const submit = () =>
    write.mutate(
      {
        kind: 'create',
        values: {
          risk: risk.id,
          title: values.title.trim(),
          option: values.option,
          owner: here.personId,
          dueDate: values.dueDate,
          ...(values.resources.trim() === '' ? {} : { resources: values.resources.trim() }),
          ...(values.effectivenessMeasure.trim() === '' ? {} : { effectivenessMeasure: values.effectivenessMeasure.trim() }),
          ...(modify
            ? {
                modifies: values.modifies,
                controls,
                expectedLikelihood: Number(values.expectedLikelihood),
                expectedConsequence: Number(values.expectedConsequence),
              }
            : {}),
        },
      },
      { onSuccess: onClose },
    );
  const choices = (field: string, all: readonly string[]) =>
    all.map((value) => ({ value, label: choiceLabel('treatments', field, value) }));
  const steps = (labels: readonly { readonly label: string }[]) =>
    labels.map(({ label }, index) => ({ value: String(index + 1), label: `${index + 1} ${label}` }));
  const label = (name: string) => fieldLabel('treatments', name);
  return (
    <form
      className="fh-form"
      aria-label={t('first-hour.treatOf', { what: String(risk['statement']) })}
      onSubmit={(event) => {
        event.preventDefault();
        if (values.title.trim() !== '') submit();
      }}
    >
      <TextInput label={label('title')} required placeholder={t('first-hour.treatmentExample')} {...text('title')} />
      <div className="fh-fields">
        <Select
          label={label('option')}
          allowDeselect={false}
          data={choices('option', options)}
          value={values.option}
          onChange={(option) => {
            if (option !== null) set({ option });
          }}
        />
        {modify ? (
          <Select
            label={label('modifies')}
            allowDeselect={false}
            data={choices('modifies', ['likelihood', 'consequence', 'both'])}
            value={values.modifies}
            onChange={(modifies) => {
              if (modifies !== null) set({ modifies });
            }}
          />
        ) : null}
        <TextInput
          type="date"
          max="9999-12-31"
          label={label('dueDate')}
          value={values.dueDate}
          onChange={(event) => set({ dueDate: event.currentTarget.value })}
        />
      </div>
      {modify ? (
        <CodesPicker catalog="controls" label={label('controls')} value={controls} onChange={(chosen) => set({ controls: chosen })} />
      ) : null}
      {modify ? (
        <div className="fh-fields">
          <Select
            label={label('expectedLikelihood')}
            allowDeselect={false}
            data={steps(scales.likelihood)}
            value={values.expectedLikelihood}
            onChange={(value) => {
              if (value !== null) set({ expectedLikelihood: value });
            }}
          />
          <Select
            label={label('expectedConsequence')}
            allowDeselect={false}
            data={steps(scales.consequence)}
            value={values.expectedConsequence}
            onChange={(value) => {
              if (value !== null) set({ expectedConsequence: value });
            }}
          />
        </div>
      ) : null}
      <div className="fh-fields">
        <Textarea label={label('resources')} autosize minRows={1} placeholder={t('first-hour.resourcesExample')} {...text('resources')} />
        {modify ? (
          <Textarea
            label={label('effectivenessMeasure')}
            autosize
            minRows={1}
            placeholder={t('first-hour.measureExample')}
            {...text('effectivenessMeasure')}
          />
        ) : null}
      </div>
      <ProblemView error={write.error} label={label} />
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="subtle" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" loading={write.isPending} aria-disabled={values.title.trim() === ''}>
          {t('first-hour.keepTreatment')}
        </Button>
      </div>
    </form>
  );
};
