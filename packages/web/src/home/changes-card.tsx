import type { Change } from '@aimwell/contract/home/endpoints';
import { useState } from 'react';
import { MomentText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card, Waiting } from '../ui/page.tsx';
import { Initials } from '../ui/person.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { commandLabel, hasWords, inSentence, registerMany, t } from '../ui/words.ts';
import { useChanges } from './calls.ts';

/** What changed this week: the same deed of one day in one line. */
export const ChangesCard = () => {
  const changes = useChanges(7);
  const [all, setAll] = useState(false);
  const items = changes.data?.items ?? [];
  return (
    <Card title={t('home.changes')} flush>
      <ProblemView
        error={changes.error}
        onRetry={() => {
          void changes.refetch();
        }}
      />
      {changes.isPending ? <Waiting lines={4} /> : null}
      {changes.isSuccess && items.length === 0 ? (
        <p className="sm mut" style={{ padding: 16 }}>
          {t('home.noChanges')}
        </p>
      ) : null}
      <ul className="changes">
        {items.slice(0, all ? 50 : 8).map((item) => (
          <Line key={`${item.register} ${item.command} ${item.by ?? ''} ${item.id}`} change={item} />
        ))}
      </ul>
      {items.length > 8 && !all ? (
        <button type="button" className="link sm due-more" onClick={() => setAll(true)}>
          {t('ui.showAll', { count: items.length })}
        </button>
      ) : null}
    </Card>
  );
};

const Line = ({ change }: { change: Change }) => {
  const here = useHere();
  const many = change.count > 1;
  const deed = hasWords(`home.deeds.${change.command}`)
    ? t(`home.deeds.${change.command}`)
    : inSentence(commandLabel(change.register, change.command));
  return (
    <li>
      <Initials name={change.by} />
      <div style={{ minWidth: 0 }}>
        <Go className="m hov" to={many ? here.to(change.register) : here.to(change.register, change.id)}>
          {many ? `${change.count.toLocaleString('en')} ${manyOf(change.register)}` : change.title}
        </Go>
        <div className="xs dim">
          {change.by ?? t('ui.theProduct')} · {deed}
          {many ? '' : ` · ${change.identifier}`} · <MomentText value={change.at} ago />
        </div>
      </div>
    </li>
  );
};

const manyOf = (register: string): string =>
  hasWords(`home.many.${register}`) ? t(`home.many.${register}`) : inSentence(registerMany(register));
