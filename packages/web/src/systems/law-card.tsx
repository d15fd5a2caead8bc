import { systems } from '@aimwell/contract/systems/systems';
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { proposalOf, useClassificationLaw } from '../ui/classification/law.ts';
import { ConfirmClass } from '../ui/classification/confirm-class.tsx';
import { LawFlags, ReasoningSteps } from '../ui/classification/outcome.tsx';
import { DayText } from '../ui/date-text.tsx';
import { Card, Say, Waiting } from '../ui/page.tsx';
import { PersonName } from '../ui/person.tsx';
import type { RecordView } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { choiceLabel, t } from '../ui/words.ts';

const ClassifyDialog = lazy(() => import('./classify-dialog.tsx'));

/** The class under the AI Act with the reasoning step by step, who answers for it, and the dates of its duties. */
export const LawCard = ({ record }: { record: RecordView }) => {
  const here = useHere();
  const law = useClassificationLaw();
  const [asking, setAsking] = useState(false);
  const proposal = proposalOf(record);
  const may = here.holds(systems.commands.find(({ name }) => name === 'classify')?.roles ?? []) && record.archivedAt === null;
  const confirmed = record['lawScreenedOn'] !== null && record['lawScreenedOn'] !== undefined;
  const moved = proposal !== null && confirmed && proposal.headline !== record['lawClass'] && record['lawOverrideReason'] === null;
  const ask = () => setAsking(true);
  const close = () => setAsking(false);
  return (
    <Card
      title={t('systems.law.title', { what: choiceLabel('systems', 'lawClass', String(record['lawClass'])) })}
      flush
      actions={confirmed ? <Signed record={record} /> : undefined}
    >
      {proposal === null ? (
        <div className="body col" style={{ alignItems: 'flex-start' }}>
          <p className="mut" style={{ maxWidth: '66ch' }}>
            {t('systems.law.notYet')}
          </p>
          {may ? <Button onClick={ask}>{t('systems.law.answer')}</Button> : null}
        </div>
      ) : law.data === undefined ? (
        <Waiting lines={6} />
      ) : (
        <>
          <ReasoningSteps proposal={proposal} law={law.data} />
          <LawFlags flags={proposal.flags} />
          {typeof record['lawOverrideReason'] === 'string' ? (
            <div className="body">
              <Say tone="note" icon={<Shape kind="ring" tone="note" />}>
                <span className="m">{t('systems.law.overridden')}</span> {record['lawOverrideReason']}
              </Say>
            </div>
          ) : null}
          {may && (!confirmed || moved) ? (
            <div className="body">
              <Say tone="warn" icon={<Shape kind="dashed-ring" tone="warn" />}>
                {t(moved ? 'systems.law.moved' : 'systems.law.proposed', { what: choiceLabel('systems', 'lawClass', proposal.headline) })}
              </Say>
              <div style={{ marginTop: 12 }}>
                <ConfirmClass record={record} quiet onAnswer={ask} />
              </div>
            </div>
          ) : null}
          {may && confirmed && !moved ? (
            <footer className="row wrap">
              <span className="xs dim">{law.data.title}</span>
              <span className="grow" />
              <Button size="xs" variant="subtle" onClick={ask}>
                {t('classification.again')}
              </Button>
            </footer>
          ) : null}
        </>
      )}
      {asking ? (
        <Suspense fallback={null}>
          <ClassifyDialog register={systems} record={record} onClose={close} onDone={close} />
        </Suspense>
      ) : null}
    </Card>
  );
};

const Signed = ({ record }: { record: RecordView }) => {
  const by = record['lawConfirmedBy'] as { title: string } | null;
  return (
    <span className="row sm mut wrap" style={{ gap: 6 }}>
      {t('systems.law.confirmedBy')} <PersonName name={by?.title ?? null} /> <DayText value={record['lawScreenedOn'] as string} />
    </span>
  );
};
