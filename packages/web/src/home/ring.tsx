import type { ConformityView } from '@aimwell/contract/conformity/endpoints';
import { Go } from '../ui/link.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { conformityTo } from './calls.ts';

const phases = ['Plan', 'Do', 'Check', 'Act'] as const;
const [centre, radius, gap] = [72, 60, 5];

/** Degrees clockwise from the top as a point on the ring. */
const at = (degrees: number): string => {
  const angle = ((degrees - 90) * Math.PI) / 180;
  return `${(centre + radius * Math.cos(angle)).toFixed(2)} ${(centre + radius * Math.sin(angle)).toFixed(2)}`;
};
const arc = (from: number, to: number): string => `M${at(from)}A${radius} ${radius} 0 ${to - from > 180 ? 1 : 0} 1 ${at(to)}`;

/** The cycle of the standard: a quarter for each phase, filled by what was met, found and not judged in it. */
export const CycleRing = ({ view }: { view: ConformityView }) => {
  const here = useHere();
  const { byPdca, byGroup } = view.coverage;
  return (
    <section className="card ring" aria-label={t('home.cycle')}>
      <svg viewBox="0 0 144 144" width="144" height="144" aria-hidden="true">
        {phases.map((phase, index) => (
          <Quarter key={phase} counts={byPdca[phase]} from={index * 90} letter={t(`ui.groups.${phase.toLowerCase()}`).charAt(0)} />
        ))}
        <text x={centre} y={centre + 1} textAnchor="middle" style={{ fontSize: 20, fontWeight: 600, fill: 'var(--ink)' }}>
          {byGroup.standard.met}
        </text>
        <text x={centre} y={centre + 17} textAnchor="middle" style={{ fontSize: 12, fill: 'var(--ink-2)' }}>
          {t('home.ofMet', { n: byGroup.standard.ran })}
        </text>
      </svg>
      <ul className="ring-list">
        {phases.map((phase) => {
          const { ran, met, found, notJudged } = byPdca[phase];
          return (
            <li key={phase}>
              <div className="sm">
                <Go className="b hov" to={conformityTo(here, { phase })}>
                  {t(`ui.groups.${phase.toLowerCase()}`)}
                </Go>{' '}
                <span className="dim">{t(`home.clauses.${phase}`)}</span>
              </div>
              <div className="xs mut">
                {ran === 0 ? null : (
                  <>
                    <span className="nw">{t('home.metOf', { met, ran })}</span> ·{' '}
                  </>
                )}
                {found === 0 ? null : (
                  <>
                    <Go className="hov t-bad nw" to={conformityTo(here, { phase })}>
                      {t('home.foundN', { count: found })}
                    </Go>{' '}
                    ·{' '}
                  </>
                )}
                <Go className="hov nw" to={conformityTo(here, { phase, show: 'not-judged' })}>
                  {t('home.notJudgedN', { count: notJudged })}
                </Go>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
};

interface QuarterProps {
  readonly counts: ConformityView['coverage']['byPdca']['Plan'];
  readonly from: number;
  readonly letter: string;
}

const Quarter = ({ counts, from, letter }: QuarterProps) => {
  const share = (90 - gap) / Math.max(1, counts.total);
  const start = from + gap / 2;
  const met = start + counts.met * share;
  const found = met + counts.found * share;
  const angle = ((from + 45 - 90) * Math.PI) / 180;
  const stroke = { fill: 'none', strokeWidth: 11 } as const;
  return (
    <g>
      {counts.met === 0 ? null : <path d={arc(start, met)} {...stroke} stroke="var(--chart)" />}
      {counts.found === 0 ? null : <path d={arc(met, found)} {...stroke} stroke="var(--bad)" />}
      {counts.notJudged === 0 ? null : (
        <path d={arc(found, from + 90 - gap / 2)} {...stroke} stroke="var(--line-2)" strokeDasharray="2 3" />
      )}
      <text
        x={centre + 43 * Math.cos(angle)}
        y={centre + 43 * Math.sin(angle) + 4}
        textAnchor="middle"
        style={{ fontSize: 12, fill: 'var(--ink-3)' }}
      >
        {letter}
      </text>
    </g>
  );
};
