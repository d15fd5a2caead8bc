import type { ClassificationAnswers } from '@aimwell/core/systems/answers';
import { classify } from '@aimwell/core/systems/classification';
import type { ClassificationLaw, StepId } from '@aimwell/core/systems/law';
import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { type Sending, useCommandSending } from '../form/sending.ts';
import { Waiting } from '../page.tsx';
import { ProblemView } from '../problem.tsx';
import type { RecordView } from '../record.ts';
import { t } from '../words.ts';
import './classification.css';
import { useClassificationLaw } from './law.ts';
import { ClassWord, ReasoningSteps } from './outcome.tsx';
import { questions } from './questions.tsx';

interface Props {
  /** A record of `systems`. */
  readonly record: RecordView;
  /** After the answers are kept: the record now holds the proposal, which somebody then confirms. */
  readonly onDone: (record: RecordView) => void;
  readonly onCancel?: () => void;
}

/** The eight questions, kept on the system itself. */
export const ClassificationForm = ({ record, onDone, onCancel }: Props) => {
  const sending = useCommandSending({ register: { name: 'systems' }, record, command: 'classify', onDone, onCancel });
  return <ClassificationQuestions record={record} sending={sending} />;
};

interface QuestionsProps {
  readonly record: RecordView;
  readonly sending: Sending;
  /** Stands before the buttons of the last question. */
  readonly children?: ReactNode;
}

/** The eight questions of the AI Act, one at a time, with what comes of them beside. The words are in `classification`. */
export const ClassificationQuestions = (props: QuestionsProps) => {
  const law = useClassificationLaw();
  if (law.isError)
    return (
      <ProblemView
        error={law.error}
        onRetry={() => {
          void law.refetch();
        }}
      />
    );
  return law.data === undefined ? <Waiting lines={6} /> : <Asked {...props} law={law.data} />;
};

const Asked = ({ record, sending, children, law }: QuestionsProps & { law: ClassificationLaw }) => {
  const [answers, setAnswers] = useState<ClassificationAnswers>(() => startOf(record, law));
  const [at, setAt] = useState(0);
  const proposal = useMemo(() => classify(answers, law), [answers, law]);
  const head = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) head.current?.focus();
    moved.current = true;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the next question takes the focus
  }, [at]);
  const step = law.questions[at];
  const Question = questions[(step?.id ?? 'ai-system') as StepId];
  const needed = proposal.steps.filter((one) => one.status !== 'not-needed').length;
  const last = at >= needed - 1;
  const open = proposal.steps.filter((one) => one.status === 'open').length;
  const save = () => sending.send({ answers: tidy(answers) });
  const verb = sending.verb ?? t('classification.save');
  return (
    <form
      className="law-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (last) save();
        else setAt(at + 1);
      }}
    >
      <div className="col" style={{ gap: 14 }}>
        <div>
          <span className="xs dim m">
            {t('classification.question', { n: at + 1, of: law.questions.length, article: step?.article ?? '' })}
          </span>
          <h3 ref={head} tabIndex={-1} style={{ fontSize: 16, lineHeight: '24px' }}>
            {step?.question}
          </h3>
          <p className="sm mut" style={{ maxWidth: '68ch', marginTop: 4 }}>
            {step?.help}
          </p>
        </div>
        <Question law={law} answers={answers} onChange={setAnswers} />
        {last ? children : null}
        <ProblemView error={sending.error} />
        <div className="row wrap">
          <Button disabled={at === 0} onClick={() => setAt(at - 1)}>
            {t('classification.back')}
          </Button>
          <Button type="submit" variant="filled" loading={sending.pending}>
            {last ? verb : t('classification.next')}
          </Button>
          {last || open > 0 ? null : (
            <Button variant="subtle" onClick={save}>
              {verb}
            </Button>
          )}
          {sending.onCancel === undefined ? null : (
            <Button variant="subtle" onClick={sending.onCancel}>
              {t('ui.cancel')}
            </Button>
          )}
        </div>
      </div>
      <aside aria-label={t('classification.soFar')} className="law-so-far">
        <div className="col" style={{ gap: 4, padding: '12px 16px' }} aria-live="polite">
          <span className="xs dim m">{t('classification.soFar')}</span>
          <ClassWord flags={proposal.flags} />
          <span className="xs dim">{open === 0 ? t('classification.allAnswered') : t('classification.openLeft', { count: open })}</span>
        </div>
        <ReasoningSteps proposal={proposal} law={law} onStep={setAt} />
        <p className="xs dim" style={{ padding: '10px 16px' }}>
          {t('classification.law', { title: law.title })}
        </p>
      </aside>
    </form>
  );
};

/** Answers given before, else what the record itself says about our role. */
const startOf = (record: RecordView, law: ClassificationLaw): ClassificationAnswers => {
  const before = record['lawAnswers'] as ClassificationAnswers | null | undefined;
  if (before !== null && before !== undefined) return before;
  const roles = ((record['rolesLaw'] as string[] | null) ?? []).filter((role) => law.roles.some(({ id }) => id === role));
  return roles.length === 0 ? {} : { roles };
};

/** An unfinished record of the exemption is no record yet: it is kept back, and the step stays open. */
const tidy = (answers: ClassificationAnswers): ClassificationAnswers => {
  const { record, ...exemption } = answers.exemption ?? {};
  const whole = record !== undefined && Object.values(record).every((one) => one.trim() !== '');
  return { ...answers, ...(answers.exemption === undefined ? {} : { exemption: whole ? { ...exemption, record } : exemption }) };
};
