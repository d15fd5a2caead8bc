import { type FreshnessState, freshnessOf } from '@aimwell/core/evidence/freshness';
import { DayText } from '../ui/date-text.tsx';
import type { RecordView } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Shape, type ShapeKind, type Tone } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';

const shapes: Readonly<Record<FreshnessState, readonly [ShapeKind, Tone]>> = {
  current: ['disc', 'ok'],
  due_soon: ['triangle', 'warn'],
  overdue: ['clock', 'warn'],
  expired: ['clock', 'bad'],
  not_yet_valid: ['half', 'note'],
  no_end: ['dashed-ring', 'none'],
};

const dayOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Whether a piece of evidence holds today, in a word beside its shape, with the day the word is about. */
export const Freshness = ({ record, cell = false }: { record: RecordView; cell?: boolean }) => {
  const { today } = useHere();
  const { validFrom, validUntil, nextDue } = record;
  const { state, on } = freshnessOf({ validFrom: dayOf(validFrom), validUntil: dayOf(validUntil), nextDue: dayOf(nextDue) }, today());
  const [kind, tone] = shapes[state];
  // It holds without an end and is to be collected anew: another day than one on which it ends.
  const word = state === 'current' && on !== dayOf(validUntil) ? 'due_later' : state;
  return (
    <span className={cell ? 'row nw' : 'row sm'}>
      <Shape kind={kind} tone={tone} />
      <span className={cell ? 'ell' : ''}>
        {t(`evidence.${cell ? 'short' : 'freshness'}.${word}`)} {on === null ? null : <DayText value={on} distance={!cell} />}
      </span>
    </span>
  );
};
