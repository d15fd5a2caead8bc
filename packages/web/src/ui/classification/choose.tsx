import type { Answer } from '@aimwell/core/systems/answers';
import type { LawItem } from '@aimwell/core/systems/law';
import { Checkbox, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { formatDay } from '../dates.ts';
import { t } from '../words.ts';

/** Yes, no, or not known yet, which is an answer too. */
export const ChooseAnswer = ({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Answer | undefined;
  onChange: (value: Answer) => void;
}) => {
  const id = useId();
  return (
    <div className="col" style={{ gap: 6 }}>
      <span id={id} className="m">
        {label}
      </span>
      <SegmentedControl
        aria-labelledby={id}
        style={{ justifySelf: 'start', alignSelf: 'start' }}
        value={value ?? ''}
        onChange={(next) => onChange(next as Answer)}
        data={(['yes', 'no', 'unknown'] as const).map((one) => ({ value: one, label: t(`classification.answers.${one}`) }))}
      />
    </div>
  );
};

interface Group {
  readonly title?: string;
  readonly items: readonly LawItem[];
}
interface Props {
  readonly label: string;
  readonly groups: readonly Group[];
  /** Absent = not answered; an empty list = none of these. */
  readonly value: readonly string[] | undefined;
  readonly onChange: (value: string[] | undefined) => void;
  /** Words for "none of these"; without them at least one has to hold. */
  readonly none?: string | undefined;
}

/** Points of the law to tick, each with its article and date; "none of these" is said, never assumed. */
export const ChooseItems = ({ label, groups, value, onChange, none }: Props) => {
  const flip = (id: string, on: boolean) => {
    const next = on ? [...(value ?? []), id] : (value ?? []).filter((one) => one !== id);
    onChange(next.length === 0 ? undefined : next);
  };
  const shared = sharedNote(groups.flatMap(({ items }) => items));
  return (
    <fieldset className="law-choose">
      <legend className="m">{label}</legend>
      {shared === undefined ? null : <p className="xs dim">{shared}</p>}
      {groups.map(({ title, items }, index) => (
        <div key={title ?? index} className="col" style={{ gap: 6 }}>
          {title === undefined ? null : (
            <span className="sm b" style={{ marginTop: 6 }}>
              {title}
            </span>
          )}
          {items.map((item) => (
            <Checkbox
              key={item.id}
              checked={value?.includes(item.id) === true}
              onChange={(event) => flip(item.id, event.currentTarget.checked)}
              label={item.text}
              description={about(item, shared)}
            />
          ))}
        </div>
      ))}
      {none === undefined ? null : (
        <Checkbox
          checked={value?.length === 0}
          onChange={(event) => onChange(event.currentTarget.checked ? [] : undefined)}
          label={<span className="m">{none}</span>}
        />
      )}
    </fieldset>
  );
};

/** A note that most points carry is said once, above them. */
const sharedNote = (items: readonly LawItem[]): string | undefined => {
  const notes = items.flatMap(({ note }) => (note === undefined ? [] : [note]));
  return notes.find((note) => notes.filter((one) => one === note).length > Math.max(2, items.length / 2));
};

const about = (item: LawItem, shared: string | undefined): string =>
  [item.article, t('classification.from', { date: formatDay(item.appliesFrom) }), item.note === shared ? undefined : item.note]
    .filter(Boolean)
    .join(' · ');
