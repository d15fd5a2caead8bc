import type { Register } from '@aimwell/contract/platform/register';
import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { useState } from 'react';
import { useLeaveWarning } from '../ui/form/draft.ts';
import { ReferencePicker } from '../ui/form/pickers.tsx';
import { statesFor } from '../ui/register/possible.ts';
import { Card, Say } from '../ui/page.tsx';
import { titleOf, useRecord } from '../ui/record.ts';
import { commandLabel, inSentence, registerOne, t } from '../ui/words.ts';
import type { TaskInFull } from './calls.ts';
import { FillForm } from './fill-form.tsx';
import { formOf, type TaskForm } from './form-of.ts';
import { MakeOne } from './make-one.tsx';

interface CardProps {
  readonly task: TaskInFull;
  readonly unsent: boolean;
  readonly onUnsent: (unsent: boolean) => void;
  readonly onDone: () => void;
}

/**
 * What the task asks, and the button that does it: the form is carried out with it, or neither is. `unsent` says whether something
 * was filled that is not sent: it is not lost when somebody else is faster.
 */
export const CompleteCard = ({ task, unsent, onUnsent, onDone }: CardProps) => {
  const form = formOf(task.form);
  const letPass = useLeaveWarning(unsent);
  const done = () => {
    letPass();
    onUnsent(false);
    onDone();
  };
  return (
    <Card title={t('processes.whatToDo')}>
      <div className="stack" onInput={() => onUnsent(true)}>
        {task.state === 'open' ? <FormWords form={form} /> : <Say tone="warn">{t('processes.faster')}</Say>}
        {form.kind === 'command' || form.kind === 'patch' ? (
          <AboutRecord task={task} form={form} register={form.register} onDone={done} />
        ) : (
          <FillForm task={task} form={form} about={null} onDone={done} />
        )}
      </div>
    </Card>
  );
};

const FormWords = ({ form }: { form: TaskForm }) => {
  if (form.kind === 'tick') return <p className="mut">{t('processes.tick')}</p>;
  if (form.kind === 'ask') return <p className="mut">{t('processes.ask')}</p>;
  if (form.kind === 'unknown') return <Say tone="warn">{t('processes.unknownForm')}</Say>;
  const deed = form.kind === 'command' ? commandLabel(form.register.name, form.command.name) : t(`processes.deeds.${form.kind}`);
  return <p className="mut">{t('processes.formDoes', { deed, what: inSentence(registerOne(form.register.name)) })}</p>;
};

interface AboutProps {
  readonly task: TaskInFull;
  readonly form: TaskForm;
  readonly register: Register;
  readonly onDone: () => void;
}

/**
 * The record a form is about: the one of the run where its register is the same, else one that is chosen; at first the one that an
 * earlier step made. Those with which the form can be carried out come first, and a new one can be made on the spot.
 */
const AboutRecord = ({ task, form, register, onDone }: AboutProps) => {
  const ofRun = task.record?.register === register.name ? task.record : null;
  const [chosen, setChosen] = useState<ReferenceView | null>();
  const made = task.variables[`${register.name.replaceAll('-', '_')}_id`];
  const earlier = useRecord(register.name, ofRun === null && typeof made === 'string' ? made : undefined).data;
  const suggested = earlier === undefined ? null : { id: earlier.id, identifier: earlier.identifier, title: titleOf(register, earlier) };
  const about = ofRun ?? (chosen === undefined ? suggested : chosen);
  const states = form.kind === 'command' ? statesFor(register, form.command.name) : null;
  return (
    <>
      {ofRun === null ? (
        <>
          <ReferencePicker
            to={register.name}
            label={registerOne(register.name)}
            description={t('processes.whichRecord')}
            required
            value={about}
            onChange={setChosen}
            fitting={states === null || register.state === undefined ? undefined : { field: register.state, values: states }}
          />
          {about === null ? <MakeOne register={register} onMade={setChosen} /> : null}
        </>
      ) : null}
      {about === null ? null : <FillForm key={about.id} task={task} form={form} about={about.id} onDone={onDone} />}
    </>
  );
};
