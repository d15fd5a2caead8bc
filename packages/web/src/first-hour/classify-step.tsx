import { useState } from 'react';
import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { ClassificationForm } from '../ui/classification/classification-form.tsx';
import { ConfirmClass } from '../ui/classification/confirm-class.tsx';
import { ReferencePicker } from '../ui/form/pickers.tsx';
import { Go } from '../ui/link.tsx';
import { Card, Empty, NameValues, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useRecord, useSomeRecords } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Status } from '../ui/status.tsx';
import { registerOne, t } from '../ui/words.ts';
import { StepFrame, type StepProps } from './step.tsx';

const viewOf = (record: RecordView): ReferenceView => ({
  id: record.id,
  identifier: record.identifier,
  title: String(record['name'] ?? ''),
});

/** One system through the eight questions of the AI Act; a person confirms what the product proposes. */
export const ClassifyStep = (props: StepProps) => {
  const here = useHere();
  const some = useSomeRecords('systems', {}, 1);
  const [chosen, setChosen] = useState<ReferenceView | null>(null);
  const first = some.data?.items[0];
  const id = chosen?.id ?? props.hour.system ?? first?.id;
  const record = useRecord('systems', id);
  /** The system whose questions are asked once more. */
  const [again, setAgain] = useState<string>();
  const system = record.data;
  const confirmed = system !== undefined && typeof system['lawScreenedOn'] === 'string';
  const proposed = system !== undefined && system['lawProposal'] !== null && system['lawProposal'] !== undefined;
  return (
    <StepFrame
      {...props}
      step="classify"
      lead={t('first-hour.steps.classify.lead')}
      error={record.error ?? some.error}
      bare={!confirmed}
      onNext={() => props.goOn(id === undefined ? {} : { system: id })}
    >
      {some.isSuccess && first === undefined ? <Empty title={t('first-hour.noSystems')}>{t('first-hour.noSystemsHelp')}</Empty> : null}
      {system === undefined ? (
        id === undefined ? null : (
          <Waiting />
        )
      ) : (
        <div className="stack" style={{ gap: 16 }}>
          <div style={{ maxWidth: 480 }}>
            <ReferencePicker
              to="systems"
              label={t('first-hour.whichSystem')}
              value={chosen ?? viewOf(system)}
              onChange={(next) => {
                if (next !== null) setChosen(next);
              }}
            />
          </div>
          {typeof system['purpose'] === 'string' ? <p className="mut">{system['purpose']}</p> : null}
          {confirmed ? (
            <Card title={registerOne('systems')}>
              <NameValues
                rows={[
                  [t('first-hour.class'), <Status key="c" value={String(system['lawClass'])} register="systems" field="lawClass" />],
                  [
                    t('first-hour.more'),
                    <Go key="m" className="link" to={here.to('systems', system.id)}>
                      {system.identifier} {String(system['name'])}
                    </Go>,
                  ],
                ]}
              />
            </Card>
          ) : proposed && again !== system.id ? (
            <Card title={t('first-hour.proposal')}>
              <div className="stack" style={{ gap: 12 }}>
                <p>{t('first-hour.proposalHelp')}</p>
                <ProblemView error={record.error} />
                <ConfirmClass record={system} onAnswer={() => setAgain(system.id)} />
              </div>
            </Card>
          ) : (
            <ClassificationForm key={system.id} record={system} onDone={() => setAgain(undefined)} />
          )}
        </div>
      )}
    </StepFrame>
  );
};
