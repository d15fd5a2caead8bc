import type { SoaView } from '@aimwell/contract/soa/endpoints';
import { Go } from '../ui/link.tsx';
import { useHere } from '../ui/session.tsx';
import { choiceLabel, fieldLabel, t } from '../ui/words.ts';
import { type SoaDiff, useSoaDiff } from './calls.ts';

type Change = SoaDiff['changes'][number];
type FieldChange = Change['fields'][number];

/** A value of a comparison as people read it. */
export const told = (field: string, value: FieldChange['from']): string => {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return t('soa.compare.nothing');
  if (typeof value === 'boolean') return t(value ? 'ui.yes' : 'ui.no');
  const word = (one: string) => (['decision', 'status', 'reasons'].includes(field) ? choiceLabel('soa-entries', field, one) : one);
  return Array.isArray(value) ? value.map(word).join(', ') : word(value);
};

/** What a version changes against the one in force, shortest first thing of each control. */
export const Changed = ({ view, onOpen }: { view: SoaView; onOpen: (control: string) => void }) => {
  const here = useHere();
  const version = view.version;
  const open = version?.state === 'draft' || version?.state === 'in_review';
  const base = open ? view.versions.find(({ state }) => state === 'approved') : undefined;
  const diff = useSoaDiff(base?.id, version?.id);
  if (base === undefined || version === null || diff.data === undefined) return null;
  const { changes } = diff.data;
  return (
    <section className="stack" style={{ gap: 8 }} aria-labelledby="changed">
      <h2 id="changed">{t('soa.changed', { n: base.versionNumber })}</h2>
      {changes.length === 0 ? (
        <p className="sm mut">{t('soa.unchanged')}</p>
      ) : (
        <ul className="soa-plain sm">
          {changes.slice(0, 8).map((change) => (
            <li key={change.control}>
              <button type="button" className="link xs" onClick={() => onOpen(change.control)}>
                {change.control}
              </button>
              <span>{inShort(change)}</span>
            </li>
          ))}
        </ul>
      )}
      {changes.length === 0 ? null : (
        <Go className="link xs" to={`${here.to('soa', 'compare')}?from=${base.id}&to=${version.id}`}>
          {t('soa.allChanges', { count: changes.length })}
        </Go>
      )}
    </section>
  );
};

const inShort = (change: Change): string => {
  if (change.change !== 'changed') return t(`soa.compare.${change.change}`);
  const first =
    change.fields.find(({ field }) => field === 'decision') ?? change.fields.find(({ field }) => field === 'status') ?? change.fields[0];
  if (first === undefined) return '';
  const more = change.fields.length > 1 ? ` ${t('soa.andMore', { count: change.fields.length - 1 })}` : '';
  const short = ['decision', 'status', 'owner', 'targetDate'].includes(first.field)
    ? `${told(first.field, first.from)} → ${told(first.field, first.to)}`
    : fieldLabel('soa-entries', first.field);
  return `${short}${more}`;
};
