import type { ConformityView } from '@aimwell/contract/conformity/endpoints';
import { IconX } from '@tabler/icons-react';
import { textOf, useUrlFilters } from '../ui/filters.ts';
import { SeverityShape } from '../ui/register/conformity-card.tsx';
import { t } from '../ui/words.ts';

/** What the address asks to see. */
export interface Shown {
  readonly show: 'found' | 'not-judged' | 'met';
  readonly severity: string | undefined;
  readonly group: string | undefined;
  readonly phase: string | undefined;
  readonly rule: string | undefined;
}
type Search = ReturnType<typeof useUrlFilters>['search'];

export const wantedOf = (search: Search): Shown => {
  const show = textOf(search['show']);
  return {
    show: show === 'not-judged' || show === 'met' ? show : 'found',
    severity: textOf(search['severity']),
    group: textOf(search['group']),
    phase: textOf(search['phase']),
    rule: textOf(search['rule']),
  };
};

const severities = ['major', 'minor', 'observation'] as const;
const groups = ['standard', 'law', 'certification'] as const;
const phases = ['Plan', 'Do', 'Check', 'Act'] as const;

/** Filters of the page; pressing a chosen one lets it go. All of them stand in the address. */
export const ConformityFilters = ({ view }: { view: ConformityView }) => {
  const { search, set } = useUrlFilters();
  const wanted = wantedOf(search);
  const { found, notJudged, met } = view.coverage;
  const toggle = (name: 'severity' | 'group' | 'phase', value: string) =>
    set({ [name]: wanted[name] === value ? undefined : value, rule: undefined });
  return (
    <div className="conf-filters">
      <div className="seg" role="group" aria-label={t('home.show')}>
        {(
          [
            ['found', found],
            ['not-judged', notJudged],
            ['met', met],
          ] as const
        ).map(([name, count]) => (
          <button
            key={name}
            type="button"
            aria-pressed={wanted.show === name}
            onClick={() => set({ show: name === 'found' ? undefined : name, severity: undefined, rule: undefined })}
          >
            {t(`home.showing.${name}`)}
            <span className="num dim">{count}</span>
          </button>
        ))}
      </div>
      {wanted.show !== 'found' ? null : (
        <div className="seg" role="group" aria-label={t('home.severity')}>
          {severities.map((name) => (
            <button key={name} type="button" aria-pressed={wanted.severity === name} onClick={() => toggle('severity', name)}>
              <SeverityShape severity={name} size={12} />
              {t(`home.severities.${name}`)}
            </button>
          ))}
        </div>
      )}
      <div className="seg" role="group" aria-label={t('home.against')}>
        {groups.map((name) => (
          <button key={name} type="button" aria-pressed={wanted.group === name} onClick={() => toggle('group', name)}>
            {t(`home.groups.${name}`)}
          </button>
        ))}
      </div>
      <div className="seg" role="group" aria-label={t('home.cycle')}>
        {phases.map((name) => (
          <button key={name} type="button" aria-pressed={wanted.phase === name} onClick={() => toggle('phase', name)}>
            {t(`ui.groups.${name.toLowerCase()}`)}
          </button>
        ))}
      </div>
      {wanted.rule === undefined ? null : (
        <button
          type="button"
          className="fchip"
          onClick={() => set({ rule: undefined })}
          aria-label={t('home.allRules', { rule: wanted.rule })}
        >
          {t('home.rule')} <b>{wanted.rule}</b>
          <IconX size={14} stroke={1.75} aria-hidden />
        </button>
      )}
    </div>
  );
};
