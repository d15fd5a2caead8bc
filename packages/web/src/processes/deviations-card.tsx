import { Select } from '@mantine/core';
import { textOf, useUrlFilters } from '../ui/filters.ts';
import { Card, Empty } from '../ui/page.tsx';
import { t } from '../ui/words.ts';
import type { ProcessMap } from './calls.ts';
import { DeviationLine } from './deviation-line.tsx';
import type { Deviation } from './gate-calls.ts';
import { nameOf } from './gate-words.ts';

const views = ['open', 'closed', 'all'] as const;
const MOST = 500;

/** Where a command was carried out outside its process: who, when, why, and what was done about it. State, process and order stand in the address. */
export const DeviationsCard = ({ deviations, maps }: { deviations: readonly Deviation[]; maps: readonly ProcessMap[] }) => {
  const { search, set } = useUrlFilters();
  // Whoever follows a link to one sees it, closed or not.
  const linked = textOf(search['deviation']);
  const view = views.find((one) => one === search['state']) ?? (linked === undefined ? 'open' : 'all');
  const process = textOf(search['process']);
  const oldestFirst = search['sort'] === 'oldest';
  const shown = deviations
    .filter(({ closedAt }) => view === 'all' || (closedAt === null) === (view === 'open'))
    .filter((one) => process === undefined || one.process === process);
  const keys = [...new Set(deviations.map((one) => one.process))];
  return (
    <Card title={t('gates.deviations')} count={shown.length} flush>
      <div className="row wrap pr-tools">
        <div className="seg" role="group" aria-label={t('gates.which')}>
          {views.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === view}
              onClick={() => set({ state: one === 'open' ? undefined : one, deviation: undefined })}
            >
              {t(`gates.views.${one}`)}
            </button>
          ))}
        </div>
        <Select
          aria-label={t('processes.process')}
          placeholder={t('gates.anyProcess')}
          clearable
          data={keys.map((key) => ({ value: key, label: nameOf(maps, key) }))}
          value={process ?? null}
          onChange={(next) => set({ process: next ?? undefined })}
        />
        <Select
          aria-label={t('gates.order')}
          allowDeselect={false}
          data={[
            { value: 'newest', label: t('gates.newest') },
            { value: 'oldest', label: t('gates.oldest') },
          ]}
          value={oldestFirst ? 'oldest' : 'newest'}
          onChange={(next) => set({ sort: next === 'oldest' ? 'oldest' : undefined })}
        />
      </div>
      {shown.length === 0 ? (
        <Empty title={t(deviations.length === 0 ? 'gates.noDeviations' : 'gates.noneLikeThat')}>{t('gates.noDeviationsHelp')}</Empty>
      ) : null}
      <ul className="pr-list pr-rows">
        {(oldestFirst ? shown.toReversed() : shown).map((one) => (
          <li key={one.id} id={one.id} className={one.id === linked ? 'pr-linked' : undefined}>
            <DeviationLine deviation={one} process={nameOf(maps, one.process)} />
          </li>
        ))}
      </ul>
      {deviations.length === MOST ? <p className="sm mut pad">{t('gates.onlyNewest', { count: MOST })}</p> : null}
    </Card>
  );
};
