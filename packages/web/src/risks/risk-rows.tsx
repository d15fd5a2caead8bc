import { Go } from '../ui/link.tsx';
import { Initials } from '../ui/person.tsx';
import type { RecordView } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { LevelChip, Status } from '../ui/status.tsx';
import { t } from '../ui/words.ts';
import type { Movement } from './heat-map.tsx';
import './risks.css';

interface Ref {
  readonly id: string;
  readonly identifier: string;
  readonly title: string;
}
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Level before treatment and after it, side by side. */
export const Moves = ({ record, max = 25 }: { record: RecordView; max?: number }) => (
  <span className="moves">
    <span className="sr">{t('risks.before')}</span>
    <LevelChip level={number(record['inherentLevel'])} max={max} />
    <span className="to" aria-hidden="true">
      →
    </span>
    <span className="sr">{t('risks.after')}</span>
    <LevelChip level={number(record['residualLevel'])} max={max} />
  </span>
);

/** The cells a risk moved between; undefined until both ratings stand. */
export const movementOf = (record: RecordView): Movement | undefined => {
  const [a, b, c, d] = ['inherentLikelihood', 'inherentConsequence', 'residualLikelihood', 'residualConsequence'].map((name) =>
    number(record[name]),
  );
  return typeof a === 'number' && typeof b === 'number' && typeof c === 'number' && typeof d === 'number'
    ? { from: [a, b], to: [c, d] }
    : undefined;
};

/** Risks as rows: what, for which system, how high, how far. */
export const RiskRows = ({
  items,
  max,
  onPoint,
  showSystem = true,
}: {
  items: readonly RecordView[];
  max?: number;
  onPoint?: (record: RecordView | undefined) => void;
  showSystem?: boolean;
}) => {
  const here = useHere();
  return (
    <div className="risk-rows">
      {items.map((record) => {
        const system = record['system'] as Ref | null;
        const owner = record['owner'] as Ref | null;
        return (
          <div
            key={record.id}
            className="risk-row"
            onMouseEnter={() => onPoint?.(record)}
            onMouseLeave={() => onPoint?.(undefined)}
            onFocus={() => onPoint?.(record)}
            onBlur={() => onPoint?.(undefined)}
          >
            <span className="id">{record.identifier}</span>
            <span style={{ minWidth: 0 }}>
              <Go to={here.to('risks', record.id)} className="link plain">
                {String(record['statement'])}
              </Go>
              {!showSystem || system === null ? null : (
                <span className="xs dim ell" style={{ display: 'block' }}>
                  {system.title}
                </span>
              )}
            </span>
            <Moves record={record} {...(max === undefined ? {} : { max })} />
            <Status value={String(record['state'])} register="risks" field="state" />
            <Initials name={owner?.title ?? null} />
          </div>
        );
      })}
    </div>
  );
};
