import type { StepChange } from '@aimwell/core/processes/text/change-step';
import { workers } from '@aimwell/core/processes/tasks';
import { Button, Modal, NumberInput, Select, TagsInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../ui/api.ts';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { choiceLabel, t } from '../ui/words.ts';
import type { StepLine, Version } from './calls.ts';
import { formChoices } from './form-choices.ts';
import { durationWords, formWords } from './step-words.ts';

interface Props {
  readonly version: Version;
  readonly step: StepLine;
  readonly onClose: () => void;
  /** Gets the id of the draft that holds the change. */
  readonly onDone: (draft: string) => void;
}

/** Steps that can be given a role, a form and a time; the others have only their place in the map. */
export const isTask = (step: StepLine): boolean => step.kind === 'userTask' || step.kind === 'manualTask';

const roles = workers.map((one) => ({ value: one, label: choiceLabel('members', 'role', one) }));
const formNames = (own: string | null): { value: string; label: string }[] => {
  const known = formChoices();
  return own === null || known.some(({ value }) => value === own) ? known : [{ value: own, label: formWords(own) ?? own }, ...known];
};

const daysOf = (due: string | null): number | null => {
  const found = /^P(\d+)D$/u.exec(due ?? '');
  return found === null ? null : Number(found[1]);
};

interface Values {
  readonly role: string | null;
  readonly form: string | null;
  readonly due: string | null;
  readonly escalateTo: string | null;
  readonly evidence: readonly string[];
  readonly references: readonly string[];
}
const valuesOf = ({ role, form, due, escalateTo, evidence, references }: Values): Values => ({
  role,
  form,
  due,
  escalateTo,
  evidence,
  references,
});

/** Only what differs is written into the map: every other byte of the file stays. */
const changesOf = (before: Values, after: Values): StepChange =>
  Object.fromEntries(
    Object.entries(after).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Values])),
  );

/** Only as the version stood that is shown: what somebody else changed meanwhile is not written over. */
const useStepChange = ({ version, step, onDone }: Props) => {
  const here = useHere();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (said: StepChange) =>
      request<Version>('PATCH', here.api('process-versions', version.id, 'steps'), {
        body: { steps: [{ id: step.id, ...said }], note: t('processes.editedNote', { step: step.name ?? step.id }) },
        version: version.version,
      }),
    onSuccess: (draft) => onDone(draft.id),
    onSettled: () => cache.invalidateQueries({ queryKey: [here.slug] }),
  });
};

/** Changes what a map says of one step, without drawing: it becomes the draft of the next version. */
export const EditStep = (props: Props) => {
  const { version, step, onClose } = props;
  const before = valuesOf(step);
  const [values, setValues] = useState<Values>(before);
  const change = useStepChange(props);
  const set = (said: Partial<Values>) => setValues({ ...values, ...said });
  const changes = changesOf(before, values);
  const same = Object.keys(changes).length === 0;
  // A duration of another shape than days is kept until days are given in its stead.
  const otherDue = values.due !== null && daysOf(values.due) === null ? durationWords(values.due) : null;
  return (
    <Modal opened onClose={onClose} title={t('processes.editStep', { step: step.name ?? step.id })}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!same) change.mutate(changes);
        }}
      >
        <p className="sm mut">{t(version.state === 'draft' ? 'processes.editsDraft' : 'processes.editsNew')}</p>
        <Select label={t('processes.role')} data-autofocus data={roles} value={values.role} onChange={(role) => set({ role })} clearable />
        <Select
          label={t('processes.columns.form')}
          searchable
          clearable
          data={formNames(step.form)}
          value={values.form}
          onChange={(form) => set({ form })}
        />
        <NumberInput
          label={t('processes.dueDays')}
          description={otherDue === null ? t('processes.dueHelp') : t('processes.dueIs', { due: otherDue })}
          min={1}
          max={3650}
          allowDecimal={false}
          value={daysOf(values.due) ?? ''}
          onChange={(days) => set({ due: days === '' ? null : `P${days}D` })}
        />
        <Select
          label={t('processes.escalateTo')}
          description={t('processes.escalateHelp')}
          clearable
          data={roles}
          value={values.escalateTo}
          onChange={(escalateTo) => set({ escalateTo })}
        />
        <TagsInput
          label={t('processes.evidence')}
          description={t('processes.evidenceHelp')}
          value={[...values.evidence]}
          onChange={(kinds) => set({ evidence: kinds.map((kind) => kind.trim().replaceAll(/\s+/gu, '-').toLowerCase()) })}
        />
        <TagsInput
          label={t('processes.columns.references')}
          value={[...values.references]}
          onChange={(references) => set({ references: references.map((one) => one.trim().replaceAll(/\s+/gu, '')) })}
        />
        <ProblemView error={change.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" aria-disabled={same} loading={change.isPending}>
            {t('processes.saveDraft')}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
