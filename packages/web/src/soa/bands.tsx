import type { SoaRow, SoaView } from '@aimwell/contract/soa/endpoints';
import { Go } from '../ui/link.tsx';
import { Empty } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { controls } from '@aimwell/contract/soa/soa';
import { fieldLabel, t } from '../ui/words.ts';
import { countsOf } from './counts.ts';
import { EntryRow } from './entry-row.tsx';

interface Props {
  readonly view: SoaView;
  readonly rows: readonly SoaRow[];
  readonly current: string | undefined;
}

/** Nine areas of Annex A, then the organisation's own controls. */
export const Bands = ({ view, rows, current }: Props) => {
  if (rows.length === 0) return <Empty title={t('soa.noRows')} />;
  const shown = view.areas.filter((area) => rows.some((row) => row.area === area.id));
  return (
    <div className="soa-list">
      <div className="soa-cols" aria-hidden="true">
        <span style={{ gridColumn: 'span 2' }}>{t('soa.columns.control')}</span>
        <span>{fieldLabel('soa-entries', 'decision')}</span>
        <span>{fieldLabel('soa-entries', 'reasons')}</span>
        <span>{fieldLabel('soa-entries', 'status')}</span>
        <span>{fieldLabel('soa-entries', 'owner')}</span>
        <span>{t('soa.columns.evidence')}</span>
      </div>
      {shown.map((area) => (
        <Band
          key={area.id}
          area={area}
          all={view.rows.filter((row) => row.area === area.id)}
          rows={rows.filter((row) => row.area === area.id)}
          current={current}
        />
      ))}
      {shown.some(({ id }) => id === 'own') ? null : <OwnHint editable={view.editable === 'all'} />}
    </div>
  );
};

const Band = ({
  area,
  all,
  rows,
  current,
}: {
  area: SoaView['areas'][number];
  all: readonly SoaRow[];
  rows: readonly SoaRow[];
  current: string | undefined;
}) => {
  const counts = countsOf(all);
  const id = `area-${area.id}`;
  return (
    <section aria-labelledby={id}>
      <div className="soa-band" title={area.objectives.map(({ number, objective }) => `${number} ${objective}`).join('\n')}>
        <h2 id={id}>
          {area.id === 'own' ? (
            t('soa.own')
          ) : (
            <>
              <span className="soa-no">{area.id}</span>
              {area.title}
            </>
          )}
        </h2>
        <span className="xs mut num">
          {[
            t('soa.bandInForce', { n: counts.inForce, of: counts.included }),
            counts.excluded === 0 ? '' : t('soa.bandExcluded', { n: counts.excluded }),
            counts.undecided === 0 ? '' : t('soa.bandUndecided', { n: counts.undecided }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <ul>
        {rows.map((row) => (
          <EntryRow key={row.id} row={row} current={row.control === current} />
        ))}
      </ul>
    </section>
  );
};

/** Controls beyond Annex A enter the draft as soon as they are recorded. */
const OwnHint = ({ editable }: { editable: boolean }) => {
  const here = useHere();
  return editable && here.holds(controls.permissions.create) ? (
    <p className="sm mut soa-own">
      {t('soa.ownHint')}{' '}
      <Go className="link in-text" to={here.to('controls', 'new')}>
        {t('soa.addOwn')}
      </Go>
    </p>
  ) : null;
};
