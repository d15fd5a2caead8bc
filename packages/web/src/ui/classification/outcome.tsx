import type { Classification } from '@aimwell/core/systems/classification';
import { dutiesFrom, type Flag, headline } from '@aimwell/core/systems/flags';
import type { ClassificationLaw, StepId } from '@aimwell/core/systems/law';
import type { Step } from '@aimwell/core/systems/steps';
import { DayText } from '../date-text.tsx';
import { Shape } from '../shapes.tsx';
import { Status } from '../status.tsx';
import { choiceLabel, t } from '../words.ts';
import './classification.css';

/** The one word for a set of results, with the day from which duties hold. */
export const ClassWord = ({ flags }: { flags: readonly Flag[] }) => {
  const from = dutiesFrom(flags);
  return (
    <span className="row wrap" style={{ gap: '4px 10px' }}>
      <Status value={headline(flags)} register="systems" field="lawClass" />
      {from === null ? null : (
        <span className="sm mut">
          {t('classification.dutiesFrom')} <DayText value={from} />
        </span>
      )}
    </span>
  );
};

const serious: Readonly<Partial<Record<StepId, Flag['kind']>>> = { prohibited: 'prohibited', 'high-risk': 'high-risk' };
const StepShape = ({ step, flags }: { step: Step; flags: readonly Flag[] }) => {
  if (step.status === 'open') return <Shape kind="dashed-ring" tone="none" />;
  if (step.status === 'not-needed') return <Shape kind="dash" tone="none" />;
  return flags.some((flag) => flag.kind === serious[step.id]) ? <Shape kind="diamond" tone="bad" /> : <Shape kind="disc" tone="ok" />;
};

/** The reasoning step by step: what was asked, what came out, what is missing. */
export const ReasoningSteps = ({
  proposal,
  law,
  onStep,
}: {
  proposal: Classification;
  law: ClassificationLaw;
  onStep?: (step: number) => void;
}) => (
  <ol className="law-steps">
    {proposal.steps.map((step, index) => {
      const question = law.questions.find(({ id }) => id === step.id);
      const name = (
        <>
          {question?.title ?? step.id}
          <span className="dim" style={{ fontWeight: 400 }}>
            {' '}
            {question?.article}
          </span>
        </>
      );
      return (
        <li key={step.id}>
          <StepShape step={step} flags={proposal.flags} />
          <span className="m">
            {onStep === undefined ? (
              name
            ) : (
              <button type="button" className="link plain" onClick={() => onStep(index)}>
                {name}
              </button>
            )}
          </span>
          <span className="mut">
            <span className="sr">{t(`classification.status.${step.status}`)}. </span>
            {step.status === 'open'
              ? t('classification.missing', { what: step.missing.join('; ') })
              : step.id === 'roles'
                ? roleWords(step.outcome)
                : step.outcome}
          </span>
        </li>
      );
    })}
  </ol>
);

const roleWords = (ids: string): string =>
  ids
    .split(', ')
    .map((id) => choiceLabel('systems', 'rolesLaw', id))
    .join(', ');

/** Every result that brings a duty or takes one away, with its article and date. */
export const LawFlags = ({ flags }: { flags: readonly Flag[] }) => {
  const shown = flags.filter(({ kind }) => kind !== 'role' && kind !== 'open');
  if (shown.length === 0) return null;
  return (
    <ul className="law-flags">
      {shown.map((flag) => (
        <li key={`${flag.kind}/${flag.item}/${flag.article}`}>
          <span className="chip law">{flag.article}</span>
          <span className="grow">
            {flag.text}
            {flag.note === undefined ? null : (
              <span className="xs dim" style={{ display: 'block' }}>
                {flag.note}
              </span>
            )}
          </span>
          <span className="sm mut nw">
            {flag.appliesFrom === null ? (
              t('classification.nothingApplies')
            ) : (
              <>
                {t('classification.appliesFrom')} <DayText value={flag.appliesFrom} />
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
};
