import type { Cell, Status, StatusShape } from '../platform/reports/model.ts';
import { shortDate } from '../platform/reports/text.ts';
import { wordOf } from './words.ts';

const shapes: Readonly<Record<string, Readonly<Record<string, StatusShape>>>> = {
  'soa-entries': {
    not_started: 'none',
    planned: 'planned',
    in_progress: 'progress',
    implemented: 'implemented',
    effective: 'met',
    not_applicable: 'none',
  },
  treatments: { planned: 'planned', in_progress: 'progress', done: 'due', effective: 'met', not_effective: 'late', cancelled: 'excluded' },
  risks: {
    identified: 'none',
    analysed: 'none',
    evaluated: 'planned',
    accepted_within_criteria: 'met',
    treatment_selected: 'planned',
    plan_approved: 'planned',
    in_treatment: 'progress',
    treated_pending_check: 'due',
    residual_accepted: 'met',
    closed: 'excluded',
    reopened: 'due',
  },
};

/** The status of a record as a word with its shape. */
export const statusOf = (register: string, field: string, value: string | null): Status => ({
  shape: shapes[register]?.[value ?? ''] ?? 'none',
  word: value === null ? 'None' : wordOf(register, field, value),
});

export const statusCell = (status: Status, note?: string): Cell => ({
  kind: 'status',
  status,
  ...(note === undefined || note === '' ? {} : { note }),
});

/** Whether evidence holds on a day, with until when. */
export const validityOf = (
  item: { readonly validFrom: string | null; readonly validUntil: string | null },
  today: string,
): Status & { readonly note: string } => {
  const { validFrom, validUntil } = item;
  if (validUntil !== null && validUntil < today) return { shape: 'late', word: 'Expired', note: shortDate(validUntil) };
  if (validFrom !== null && validFrom > today) return { shape: 'planned', word: 'Not yet valid', note: `from ${shortDate(validFrom)}` };
  return { shape: 'met', word: 'Valid', note: validUntil === null ? 'no end date' : `until ${shortDate(validUntil)}` };
};
