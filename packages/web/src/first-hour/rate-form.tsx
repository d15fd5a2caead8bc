import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useWrite } from '../ui/record.ts';
import { LevelChip } from '../ui/status.tsx';
import { t } from '../ui/words.ts';
import type { Scales } from './criteria-matrix.tsx';

const views = ['organisation', 'individuals', 'societies'] as const;
type View = (typeof views)[number];
const notApplicable = 'none';

/** How likely it is, and how bad for each of three: the organisation, individuals, societies. The level follows at once. */
export const RateForm = ({
  risk,
  scales,
  threshold,
  onClose,
}: {
  risk: RecordView;
  scales: Scales;
  threshold: number;
  onClose: () => void;
}) => {
  const write = useWrite('risks');
  const [likelihood, setLikelihood] = useState<number>();
  const [ratings, setRatings] = useState<Readonly<Partial<Record<View, string>>>>({});
  const [reasons, setReasons] = useState<Readonly<Partial<Record<View, string>>>>({});
  const worst = Math.max(0, ...views.map((view) => Number(ratings[view] ?? 0) || 0));
  const level = likelihood === undefined || worst === 0 ? null : (scales.matrix?.[likelihood - 1]?.[worst - 1] ?? likelihood * worst);
  const whole = likelihood !== undefined && views.every((view) => ratings[view] !== undefined);
  const submit = () => {
    if (!whole) return;
    const input = Object.fromEntries(
      views.map((view) => [
        view,
        ratings[view] === notApplicable ? { notApplicable: reasons[view] ?? '' } : { rating: Number(ratings[view]) },
      ]),
    );
    write.mutate(
      { kind: 'command', id: risk.id, version: risk.version, command: 'assess', input: { kind: 'inherent', likelihood, ...input } },
      { onSuccess: onClose },
    );
  };
  return (
    <form
      className="fh-form"
      aria-label={t('first-hour.rateOf', { what: String(risk['statement']) })}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="fh-fields">
        <Select
          label={t('first-hour.likelihood')}
          required
          data={scales.likelihood.map(({ label }, index) => ({ value: String(index + 1), label: `${index + 1} ${label}` }))}
          value={likelihood === undefined ? null : String(likelihood)}
          onChange={(value) => setLikelihood(value === null ? undefined : Number(value))}
          description={likelihood === undefined ? t('first-hour.howLikely') : scales.likelihood[likelihood - 1]?.meaning}
        />
        {views.map((view) => {
          const rating = ratings[view];
          return (
            <div key={view} className="stack" style={{ gap: 6 }}>
              <Select
                label={t(`first-hour.views.${view}`)}
                required
                description={
                  rating === undefined || rating === notApplicable ? t('first-hour.howBad') : scales.consequence[Number(rating) - 1]?.[view]
                }
                data={[
                  ...scales.consequence.map(({ label }, index) => ({ value: String(index + 1), label: `${index + 1} ${label}` })),
                  { value: notApplicable, label: t('first-hour.notApplicable') },
                ]}
                value={rating ?? null}
                onChange={(value) => setRatings((before) => ({ ...before, [view]: value ?? undefined }) as typeof ratings)}
              />
              {rating === notApplicable ? (
                <TextInput
                  label={t('first-hour.whyNot')}
                  required
                  value={reasons[view] ?? ''}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    setReasons((before) => ({ ...before, [view]: value }));
                  }}
                />
              ) : null}
            </div>
          );
        })}
      </div>
      <ProblemView error={write.error} />
      <div className="row wrap">
        <span className="row" aria-live="polite">
          <LevelChip level={level} max={scales.likelihood.length * scales.consequence.length} />
          <span className="sm">
            {level === null
              ? t('first-hour.levelFollows')
              : t(level > threshold ? 'first-hour.isAbove' : 'first-hour.isWithin', { threshold })}
          </span>
        </span>
        <span className="grow" />
        <Button variant="subtle" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" loading={write.isPending} aria-disabled={!whole}>
          {t('first-hour.keepRating')}
        </Button>
      </div>
    </form>
  );
};
