import { DayText } from '../ui/date-text.tsx';
import type { RecordView } from '../ui/record.ts';
import { choiceLabel, t } from '../ui/words.ts';
import './systems.css';

const line = ['candidate', 'registered', 'in_development', 'pilot', 'production', 'retired'] as const;

/** The system's life as a line with the place where it stands. A suspended system shows where it stood. */
export const StageLine = ({ record }: { record: RecordView }) => {
  const state = String(record['state']);
  if (state === 'not_an_ai_system') return null;
  const at = line.indexOf((state === 'suspended' ? record['suspendedFrom'] : state) as (typeof line)[number]);
  const dates: Partial<Record<(typeof line)[number], unknown>> = {
    registered: record['startedOn'],
    production: record['liveOn'],
    retired: record['retiredOn'],
  };
  return (
    <ol className="stages" aria-label={t('systems.stages')}>
      {line.map((stage, index) => {
        const where = index < at ? 'past' : index === at ? 'now' : 'next';
        const day = dates[stage];
        return (
          <li key={stage} className={where} {...(where === 'now' ? { 'aria-current': 'step' as const } : {})}>
            <span className="m sm">{choiceLabel('systems', 'state', stage)}</span>
            <span className="xs dim">
              {where === 'now' && state === 'suspended' ? (
                t('systems.suspendedHere')
              ) : where !== 'next' && typeof day === 'string' ? (
                <DayText value={day} />
              ) : where === 'now' ? (
                t('systems.standsHere')
              ) : (
                ''
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
};
