import { ClassBars, Shape, type ShapeKind, type Tone } from './shapes.tsx';
import { choiceLabel } from './words.ts';

type Look = readonly [ShapeKind, Tone];

/** How the values of state and status fields look, in every register. A value nobody lists here is shown by its word alone. */
const looks: Readonly<Record<string, Look>> = {
  major: ['diamond', 'bad'],
  minor: ['triangle', 'warn'],
  observation: ['ring', 'note'],
  likely_major: ['diamond', 'bad'],
  likely_minor: ['triangle', 'warn'],
  met: ['disc', 'ok'],
  notJudged: ['dashed-ring', 'none'],
  draft: ['dashed-square', 'none'],
  in_review: ['half', 'acc'],
  approved: ['square', 'ok'],
  superseded: ['square-dash', 'none'],
  candidate: ['dashed-ring', 'none'],
  registered: ['ring', 'none'],
  in_development: ['half', 'acc'],
  pilot: ['three-quarters', 'acc'],
  production: ['dot', 'acc'],
  suspended: ['triangle', 'warn'],
  retired: ['dash', 'none'],
  not_an_ai_system: ['dash', 'none'],
  identified: ['dashed-ring', 'none'],
  evaluated: ['ring', 'none'],
  accepted_within_criteria: ['disc', 'ok'],
  treatment_selected: ['ring', 'acc'],
  plan_approved: ['half', 'acc'],
  in_treatment: ['half', 'acc'],
  treated_pending_check: ['three-quarters', 'acc'],
  residual_accepted: ['disc', 'ok'],
  closed: ['disc', 'none'],
  reopened: ['triangle', 'warn'],
  planned: ['ring', 'none'],
  not_started: ['dashed-ring', 'none'],
  in_progress: ['half', 'acc'],
  done: ['three-quarters', 'acc'],
  implemented: ['dot', 'acc'],
  effective: ['disc', 'ok'],
  partly_effective: ['half', 'warn'],
  not_effective: ['diamond', 'bad'],
  cancelled: ['dash', 'none'],
  not_applicable: ['dash', 'none'],
  proposed: ['dashed-ring', 'none'],
  accepted: ['disc', 'ok'],
  declined: ['dash', 'bad'],
  ended: ['dash', 'none'],
  undecided: ['dashed-ring', 'none'],
  included: ['disc', 'ok'],
  excluded: ['dash', 'none'],
  in: ['disc', 'ok'],
  out: ['dash', 'none'],
  addressed: ['disc', 'ok'],
  not_addressed: ['dash', 'none'],
  relevant: ['disc', 'ok'],
  not_relevant: ['dash', 'none'],
  on_track: ['dot', 'acc'],
  at_risk: ['triangle', 'warn'],
  reached: ['disc', 'ok'],
  missed: ['diamond', 'bad'],
  dropped: ['dash', 'none'],
  late: ['clock', 'bad'],
  active: ['disc', 'ok'],
  revoked: ['dash', 'none'],
  expired: ['clock', 'bad'],
  open: ['ring', 'none'],
};
const classes: Readonly<Record<string, readonly [0 | 1 | 2 | 3 | 4, Tone]>> = {
  minimal: [1, 'none'],
  transparency: [2, 'warn'],
  'exempt-recorded': [3, 'note'],
  'high-risk': [4, 'bad'],
  prohibited: [4, 'bad'],
};

/** The tone of a state's value, for pills and charts. */
const toneOf = (value: string): Tone => looks[value]?.[1] ?? classes[value]?.[1] ?? 'none';

/** A state's shape without its word; the caller writes the word. */
export const StatusShape = ({ value, size }: { value: string; size?: number }) => {
  const bars = classes[value];
  if (bars !== undefined) return <ClassBars filled={bars[0]} tone={bars[1]} />;
  const look =
    looks[value] ??
    (value === 'not-classified' ? (['dashed-ring', 'none'] as const) : value === 'outside' ? (['dash', 'none'] as const) : undefined);
  return look === undefined ? null : <Shape kind={look[0]} tone={look[1]} {...(size === undefined ? {} : { size })} />;
};

/** Shape and word of a choice's value. `register` and `field` find the word; `label` overrides it. */
export const Status = ({
  value,
  register,
  field,
  label,
  quiet = false,
}: {
  value: string;
  register?: string;
  field?: string;
  label?: string;
  quiet?: boolean;
}) => (
  <span className={quiet ? 'st quiet' : 'st'}>
    <StatusShape value={value} />
    <span className="ell">{label ?? choiceLabel(register ?? '', field ?? '', value)}</span>
  </span>
);

/** The same as a pill, for record headers. */
export const StatusPill = ({ value, register, field, label }: { value: string; register?: string; field?: string; label?: string }) => (
  <span className={`pill ${toneOf(value)}`}>
    <StatusShape value={value} size={12} />
    {label ?? choiceLabel(register ?? '', field ?? '', value)}
  </span>
);

/** The level of a risk on its heat step. `max` is the highest level of the criteria (25 on five by five). */
export const LevelChip = ({ level, max = 25, title }: { level: number | null | undefined; max?: number; title?: string }) =>
  typeof level === 'number' ? (
    <span className={`level h${heatStep(level, max)}`} title={title}>
      {level}
    </span>
  ) : (
    <span className="level h0 dim" title="not rated">
      –
    </span>
  );

/** Heat step 0 to 4 of a level: the five bands of the default criteria, scaled to `max`. */
export const heatStep = (level: number, max = 25): 0 | 1 | 2 | 3 | 4 => {
  const share = (level / max) * 25;
  return share >= 15 ? 4 : share >= 12 ? 3 : share >= 8 ? 2 : share >= 4 ? 1 : 0;
};
