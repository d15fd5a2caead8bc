import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { readTimeline } from '@aimwell/contract/platform/trail';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { call } from '../../ui/api.ts';
import { formatMoment, todayIn } from '../../ui/dates.ts';
import { Waiting } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { useHere } from '../../ui/session.tsx';
import { loadWords, registerOne, t } from '../../ui/words.ts';
import { useGoToMoment, useMoment } from './moment.ts';
import { type Scale, scaleOf } from './scale.ts';
import { TimeSlider } from './time-slider.tsx';

type Timeline = z.output<typeof readTimeline.response>;

/** Picks a moment: by the slider, by date and time, or right after an approval. */
const MomentChooser = ({ onChosen }: { onChosen: () => void }) => {
  const here = useHere();
  const timeline = useQuery({
    queryKey: [here.slug, 'trail', 'timeline'],
    queryFn: async ({ signal }) => {
      const [answer] = await Promise.all([call(readTimeline, { params: { org: here.slug } }, { signal }), loadWords('registers')]);
      return answer;
    },
  });
  if (timeline.data === undefined) return timeline.isPending ? <Waiting lines={3} /> : <ProblemView error={timeline.error} />;
  if (timeline.data.first === null) return <p className="sm mut">{t('trail.time.nothing')}</p>;
  const scale = scaleOf(timeline.data.first.at.slice(0, 10), todayIn('UTC'));
  return <Chooser timeline={timeline.data} scale={scale} onChosen={onChosen} />;
};

const Chooser = ({ timeline, scale, onChosen }: { timeline: Timeline; scale: Scale; onChosen: () => void }) => {
  const moment = useMoment();
  const go = useGoToMoment();
  const asOf = moment.kind === 'past' ? moment.asOf : null;
  const [day, setDay] = useState(asOf === null ? scale.to : new Date(asOf).toISOString().slice(0, 10));
  const toDay = (chosen: string) => go(chosen >= scale.to ? null : chosen);
  return (
    <div className="stack" style={{ gap: 16 }}>
      <p className="sm mut">{t('trail.time.lead')}</p>
      <TimeSlider
        scale={scale}
        days={timeline.days}
        marks={[...new Set(timeline.marks.map(({ at }) => at.slice(0, 10)))]}
        day={day}
        onMove={setDay}
        onRest={toDay}
      />
      <Exact key={day} day={day} scale={scale} asOf={asOf} onChosen={onChosen} />
      {timeline.marks.length === 0 ? null : <Marks marks={timeline.marks} onChosen={onChosen} />}
      {asOf === null ? null : (
        <div>
          <Button
            onClick={() => {
              go(null);
              onChosen();
            }}
          >
            {t('trail.time.back')}
          </Button>
        </div>
      )}
    </div>
  );
};

/** A day and, where it matters, the time of it. */
const Exact = ({ day, scale, asOf, onChosen }: { day: string; scale: Scale; asOf: string | null; onChosen: () => void }) => {
  const go = useGoToMoment();
  const [date, setDate] = useState(day);
  const [time, setTime] = useState(
    asOf !== null && asOf.length > 10 && asOf.startsWith(day) ? new Date(asOf).toISOString().slice(11, 19) : '',
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (date === '') return;
    go(time === '' ? (date >= scale.to ? null : date) : new Date(`${date}T${time.length === 5 ? `${time}:00` : time}Z`).toISOString());
    onChosen();
  };
  return (
    <form className="row wrap" style={{ alignItems: 'flex-end', gap: 12 }} onSubmit={submit}>
      <TextInput
        type="date"
        label={t('trail.time.day')}
        value={date}
        max={scale.to}
        onChange={(event) => setDate(event.currentTarget.value)}
      />
      <TextInput type="time" step={1} label={t('trail.time.time')} value={time} onChange={(event) => setTime(event.currentTarget.value)} />
      <Button type="submit" variant="default">
        {t('trail.time.show')}
      </Button>
    </form>
  );
};

/** Moments at which a version was approved: what an auditor asks for. */
const Marks = ({ marks, onChosen }: { marks: Timeline['marks']; onChosen: () => void }) => {
  const here = useHere();
  const go = useGoToMoment();
  return (
    <div>
      <h2 className="sm m">{t('trail.time.approvals')}</h2>
      <ul className="time-marks" tabIndex={0} aria-label={t('trail.time.approvals')}>
        {marks.map((mark) => (
          <li key={`${mark.id}${mark.at}`}>
            <button
              type="button"
              className="link sm"
              onClick={() => {
                go(mark.at);
                onChosen();
              }}
            >
              {mark.identifier} {mark.title}
            </button>{' '}
            <span className="xs dim">
              {registerOne(mark.register)}, {formatMoment(mark.at, here.timeZone)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
};

export default MomentChooser;
