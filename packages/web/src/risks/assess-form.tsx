import { type View, VIEWS, type ViewName } from '@aimwell/core/risks/assess';
import { bandOf, levelOf } from '@aimwell/core/risks/criteria';
import { Button, Checkbox, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldError } from '../ui/api.ts';
import { todayIn } from '../ui/dates.ts';
import { Go } from '../ui/link.tsx';
import { Say, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import type { CommandFormProps } from '../ui/room.ts';
import { useHere } from '../ui/session.tsx';
import { LevelChip } from '../ui/status.tsx';
import { t } from '../ui/words.ts';
import { type Criteria, type Kind, type Scales, useCriteriaInForce } from './calls.ts';
import './risks.css';

interface Rating {
  readonly kind: Kind;
  readonly likelihood?: number;
  readonly likelihoodWhy: string;
  readonly views: Readonly<Record<ViewName, View>>;
  readonly happenedOn: string;
  readonly lateReason: string;
}

/** Rates a risk under the criteria in force: likelihood, three views on consequence, and the level they make while one rates. */
export default function AssessForm(props: CommandFormProps) {
  const here = useHere();
  const { criteria, error } = useCriteriaInForce();
  if (criteria === undefined) return error === null ? <Waiting lines={6} /> : <ProblemView error={error} />;
  if (criteria === null)
    return (
      <Say tone="warn">
        {t('risks.noCriteria')}{' '}
        <Go className="link in-text" to={here.to('risk-criteria')}>
          {t('ui.places.criteria')}
        </Go>
      </Say>
    );
  return <Rate {...props} criteria={criteria} />;
}

const Rate = ({ record, criteria, sending, children }: CommandFormProps & { criteria: Criteria }) => {
  const here = useHere();
  // What is left is rated when treatment is done, and only then.
  const treated = record['state'] === 'treated_pending_check';
  const today = todayIn(here.timeZone);
  const [rating, setRating] = useState<Rating>({
    kind: treated ? 'residual' : 'inherent',
    likelihoodWhy: '',
    views: { organisation: {}, individuals: {}, societies: {} },
    happenedOn: today,
    lateReason: '',
  });
  const set = (change: Partial<Rating>) => setRating({ ...rating, ...change });
  const late = Date.parse(today) - Date.parse(rating.happenedOn) > 7 * 86_400_000;
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        sending.send(inputOf(rating, late));
      }}
    >
      {treated ? (
        <SegmentedControl
          aria-label={t('risks.assess.kind')}
          style={{ justifySelf: 'start' }}
          value={rating.kind}
          onChange={(kind) => set({ kind: kind as Kind })}
          data={(['inherent', 'residual'] as const).map((one) => ({ value: one, label: t(`risks.kinds.${one}`) }))}
        />
      ) : (
        <p className="sm mut">{t('risks.assess.before')}</p>
      )}
      <fieldset>
        <legend>{t('risks.assess.likelihood')}</legend>
        <Steps
          name="likelihood"
          steps={criteria.likelihood}
          value={rating.likelihood}
          onChange={(likelihood) => set({ likelihood })}
          help={(at) => criteria.likelihood[at]?.meaning}
          label={t('risks.assess.likelihood')}
        />
        <Textarea
          label={t('risks.assess.why')}
          autosize
          minRows={1}
          maxRows={5}
          value={rating.likelihoodWhy}
          onChange={(event) => set({ likelihoodWhy: event.currentTarget.value })}
          error={fieldError(sending.error, 'likelihoodWhy') ?? fieldError(sending.error, 'likelihood')}
        />
      </fieldset>
      {VIEWS.map((name) => (
        <ViewPart
          key={name}
          name={name}
          scales={criteria}
          value={rating.views[name]}
          onChange={(view) => set({ views: { ...rating.views, [name]: view } })}
          error={fieldError(sending.error, name)}
        />
      ))}
      <div className="form-2">
        <TextInput
          type="date"
          max="9999-12-31"
          label={t('risks.assess.on')}
          value={rating.happenedOn}
          onChange={(event) => set({ happenedOn: event.currentTarget.value })}
          error={fieldError(sending.error, 'happenedOn')}
        />
        {late ? (
          <TextInput
            label={t('risks.assess.late')}
            value={rating.lateReason}
            onChange={(event) => set({ lateReason: event.currentTarget.value })}
            error={fieldError(sending.error, 'lateReason')}
          />
        ) : null}
      </div>
      {children}
      <ProblemView
        error={sending.error}
        label={(field) => t(`risks.assess.fields.${field.split('.')[0] ?? ''}`, { defaultValue: field })}
      />
      <div className="live row wrap">
        <Live rating={rating} criteria={criteria} />
        <span className="grow" />
        {sending.onCancel === undefined ? null : (
          <Button variant="subtle" onClick={sending.onCancel}>
            {t('ui.cancel')}
          </Button>
        )}
        <Button type="submit" variant="filled" loading={sending.pending}>
          {sending.verb ?? t('risks.assess.save')}
        </Button>
      </div>
    </form>
  );
};

const inputOf = (rating: Rating, late: boolean): Record<string, unknown> => ({
  kind: rating.kind,
  happenedOn: rating.happenedOn,
  ...(late && rating.lateReason.trim() !== '' ? { lateReason: rating.lateReason.trim() } : {}),
  ...(rating.likelihood === undefined ? {} : { likelihood: rating.likelihood }),
  ...(rating.likelihoodWhy.trim() === '' ? {} : { likelihoodWhy: rating.likelihoodWhy.trim() }),
  ...Object.fromEntries(VIEWS.map((name) => [name, tidy(rating.views[name])])),
});
const tidy = ({ rating, notApplicable, why }: View): View => ({
  ...(rating === undefined || notApplicable !== undefined ? {} : { rating }),
  ...(notApplicable === undefined ? {} : { notApplicable }),
  ...(why === undefined || why.trim() === '' ? {} : { why: why.trim() }),
});

/** The level as it stands while one rates; the highest of the three views counts. */
const Live = ({ rating, criteria }: { rating: Rating; criteria: Criteria }) => {
  const ratings = VIEWS.flatMap((name) =>
    rating.views[name].notApplicable === undefined && rating.views[name].rating !== undefined ? [rating.views[name].rating] : [],
  );
  const level = rating.likelihood === undefined || ratings.length === 0 ? null : levelOf(criteria, rating.likelihood, Math.max(...ratings));
  const max = levelOf(criteria, criteria.likelihood.length, criteria.consequence.length) ?? 25;
  if (level === null)
    return (
      <span className="sm dim" role="status">
        {t('risks.assess.notYet')}
      </span>
    );
  return (
    <span className="row sm" role="status">
      <LevelChip level={level} max={max} />
      <span className="b">{bandOf(criteria, level)?.name}</span>
      <span className="mut">
        {t(level > criteria.threshold ? 'risks.assess.above' : 'risks.assess.within', { threshold: criteria.threshold })}
      </span>
    </span>
  );
};

const ViewPart = ({
  name,
  scales,
  value,
  onChange,
  error,
}: {
  name: ViewName;
  scales: Scales;
  value: View;
  onChange: (view: View) => void;
  error: string | undefined;
}) => {
  const off = value.notApplicable !== undefined;
  return (
    <fieldset>
      <legend>{t(`risks.assess.view.${name}`)}</legend>
      <Steps
        name={name}
        steps={scales.consequence}
        value={off ? undefined : value.rating}
        disabled={off}
        onChange={(rating) => onChange({ ...value, rating })}
        help={(at) => scales.consequence[at]?.[name]}
        label={t(`risks.assess.view.${name}`)}
      />
      <Checkbox
        label={t('risks.assess.notApplicable')}
        checked={off}
        onChange={(event) => {
          const { notApplicable: _, ...rest } = value;
          onChange(event.currentTarget.checked ? { ...rest, notApplicable: '' } : rest);
        }}
      />
      {off ? (
        <TextInput
          label={t('risks.assess.whyNot')}
          required
          value={value.notApplicable}
          error={error}
          onChange={(event) => onChange({ ...value, notApplicable: event.currentTarget.value })}
        />
      ) : (
        <Textarea
          label={t('risks.assess.why')}
          autosize
          minRows={1}
          maxRows={5}
          value={value.why ?? ''}
          error={error}
          onChange={(event) => onChange({ ...value, why: event.currentTarget.value })}
        />
      )}
    </fieldset>
  );
};

interface StepsProps {
  readonly name: string;
  readonly label: string;
  readonly steps: readonly { readonly label: string }[];
  readonly value: number | undefined;
  readonly disabled?: boolean;
  readonly onChange: (value: number) => void;
  readonly help: (index: number) => string | undefined;
}
/** The steps of a scale as radio buttons, with what the chosen one means. */
const Steps = ({ name, label, steps, value, disabled = false, onChange, help }: StepsProps) => (
  <>
    <div className="steps" role="radiogroup" aria-label={label}>
      {steps.map((step, index) => (
        <label key={step.label} className="step">
          <input type="radio" name={name} checked={value === index + 1} disabled={disabled} onChange={() => onChange(index + 1)} />
          <span className="m">
            <span className="num">{index + 1}</span> {step.label}
          </span>
        </label>
      ))}
    </div>
    <p className="sm mut" aria-live="polite" style={{ minHeight: 18 }}>
      {value === undefined ? null : help(value - 1)}
    </p>
  </>
);
