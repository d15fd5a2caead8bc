import { ConfirmOrOverride } from '../ui/classification/confirm-class.tsx';
import { proposalOf, useClassificationLaw } from '../ui/classification/law.ts';
import { ClassWord, LawFlags, ReasoningSteps } from '../ui/classification/outcome.tsx';
import type { CommandFormProps } from '../ui/room.ts';
import { t } from '../ui/words.ts';

interface Props extends CommandFormProps {
  /** Goes back to the questions. */
  readonly onAnswer?: () => void;
}

/** The proposal with its reasoning, for the person who answers for it. */
export default function ConfirmForm({ record, sending, children, onAnswer }: Props) {
  const law = useClassificationLaw();
  const proposal = proposalOf(record);
  if (proposal === null || law.data === undefined) return <p className="mut">{t('systems.law.notYet')}</p>;
  return (
    <div className="stack">
      <ClassWord flags={proposal.flags} />
      <div className="card">
        <ReasoningSteps proposal={proposal} law={law.data} />
        <LawFlags flags={proposal.flags} />
      </div>
      <p className="sm mut">{t('systems.law.yours')}</p>
      {children}
      <ConfirmOrOverride record={record} sending={sending} {...(onAnswer === undefined ? {} : { onAnswer })} />
    </div>
  );
}
