import type { Register } from '@aimwell/contract/platform/register';
import type { HistoryEntry } from '@aimwell/contract/platform/schema';
import { IconShieldCheck } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { MomentText } from './date-text.tsx';
import { formatDay, formatMoment } from './dates.ts';
import { Go } from './link.tsx';
import { Card, Waiting } from './page.tsx';
import { Initials } from './person.tsx';
import { ProblemView } from './problem.tsx';
import { useHistory } from './record.ts';
import { useHere } from './session.tsx';
import { choiceLabel, commandLabel, fieldLabel, hasWords, registerOne, t } from './words.ts';

const ProofDialog = lazy(() => import('./proof/proof-dialog.tsx'));

/** Every version of a record: who, when, what from and to, why, and what proves it. */
export const HistoryCard = ({ register, id, first = 6 }: { register: Register; id: string; first?: number }) => {
  const history = useHistory(register.name, id);
  const [all, setAll] = useState(false);
  const items = (history.data?.items ?? []).toSorted((one, other) => other.version - one.version);
  const shown = all ? items : items.slice(0, first);
  return (
    <Card title={t('ui.activity')} count={items.length === 0 ? undefined : items.length}>
      {history.isPending ? <Waiting lines={3} /> : null}
      <ProblemView
        error={history.error}
        onRetry={() => {
          void history.refetch();
        }}
      />
      {shown.map((entry, index) => (
        <Entry key={entry.entryId} register={register} id={id} entry={entry} next={items[index - 1]} />
      ))}
      {shown.length < items.length ? (
        <button type="button" className="link sm" onClick={() => setAll(true)}>
          {t('ui.showAll', { count: items.length })}
        </button>
      ) : null}
    </Card>
  );
};

interface EntryProps {
  readonly register: Register;
  readonly id: string;
  readonly entry: HistoryEntry;
  /** The version after it, if there is one. */
  readonly next: HistoryEntry | undefined;
}
const Entry = ({ register, id, entry, next }: EntryProps) => {
  const here = useHere();
  return (
    <div className="act">
      <Initials name={entry.by?.title ?? null} />
      <div style={{ minWidth: 0 }}>
        <div>
          <span className="m">{entry.by?.title ?? entry.token ?? t('ui.theProduct')}</span> {deedOf(register, entry)}
        </div>
        {entry.version === 1 ? null : linesOf(entry).map((change) => <Change key={change.field} register={register} change={change} />)}
        {entry.reason === null ? null : <div className="mut">“{entry.reason}”</div>}
        <div className="xs dim">
          <MomentText value={entry.at} /> · {t('ui.version', { n: entry.version })}
        </div>
        <div className="row wrap xs" style={{ gap: '0 12px' }}>
          <Proof register={register} entry={entry} />
          {next === undefined ? null : (
            <Go className="link xs" to={`${here.to(register.name, id)}?asOf=${encodeURIComponent(justBefore(next.at))}`}>
              {t('trail.history.asOfThen')}
            </Go>
          )}
        </div>
      </div>
    </div>
  );
};

/** The last moment of a version: a millisecond before the next one was written. */
const justBefore = (at: string): string => new Date(Date.parse(at) - 1).toISOString();

/** Where the version stands in the trail, and the way to its proof. */
const Proof = ({ register, entry }: { register: Register; entry: HistoryEntry }) => {
  const [open, setOpen] = useState(false);
  const title = t('trail.proof.title', { what: registerOne(register.name), n: entry.version });
  return (
    <>
      <button type="button" className="link xs row" style={{ gap: 4 }} onClick={() => setOpen(true)}>
        <IconShieldCheck size={13} stroke={1.75} aria-hidden />
        {entry.seq === null ? t('trail.history.waits') : t('trail.history.entry', { n: entry.seq })}
      </button>
      {open ? (
        <Suspense fallback={null}>
          <ProofDialog entry={entry.entryId} version={entry.version} title={title} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
};

const deedOf = (register: Register, { command, changes }: HistoryEntry): string => {
  if (hasWords(`ui.deeds.${command}`, { count: changes.length })) return t(`ui.deeds.${command}`, { count: changes.length });
  return t('ui.deeds.other', { command: commandLabel(register.name, command) });
};

type Line = HistoryEntry['changes'][number] & { readonly own?: boolean };

/** What changed, a line each: own fields by their names. That it was archived stands above already. */
const linesOf = ({ changes }: HistoryEntry): Line[] =>
  changes.flatMap((change): Line[] => (change.field === 'custom' ? ownFields(change) : change.field === 'archivedAt' ? [] : [change]));

const ownFields = ({ from, to }: HistoryEntry['changes'][number]): Line[] => {
  const before = (from ?? {}) as Readonly<Record<string, unknown>>;
  const after = (to ?? {}) as Readonly<Record<string, unknown>>;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ field: name, from: before[name] ?? null, to: after[name] ?? null, own: true }));
};

const Change = ({ register, change }: { register: Register; change: Line }) => {
  const { timeZone } = useHere();
  const from = said(register, change.field, change.from, timeZone);
  const to = said(register, change.field, change.to, timeZone);
  return (
    <div className="diff">
      <span className="dim">{change.own === true ? change.field : fieldLabel(register.name, change.field)}: </span>
      {from === '' ? null : (
        <>
          <del>{from}</del> →{' '}
        </>
      )}
      <ins>{to === '' ? t('ui.taken') : to}</ins>
    </div>
  );
};

/** A changed value in a few words. */
const said = (register: Register, name: string, value: unknown, timeZone: string): string => {
  const field = register.fields[name];
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.map((one) => said(register, name, one, timeZone)).join(', ');
  if (typeof value === 'object') return 'title' in value ? String(value.title) : t('ui.aResult');
  if (typeof value === 'boolean') return t(value ? 'ui.yes' : 'ui.no');
  if (field?.kind === 'choice' || field?.kind === 'choices') return choiceLabel(register.name, name, String(value));
  if (field?.kind === 'date') return formatDay(String(value));
  if (field?.kind === 'moment') return formatMoment(String(value), timeZone);
  const text = String(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
};
