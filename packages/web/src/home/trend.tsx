import { formatDay } from '../ui/dates.ts';
import { t } from '../ui/words.ts';
import { type Trend, useTrend } from './calls.ts';

const [width, height, left, right, top, bottom] = [232, 112, 2, 172, 20, 92];

/** Likely nonconformities of ninety days, as they stood each day the rules ran; nothing while there is one day only. */
export const TrendFigure = () => {
  const items = useTrend().data?.items ?? [];
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined || items.length < 2) return null;
  const span = Math.max(1, Date.parse(last.day) - Date.parse(first.day));
  const most = Math.max(1, ...items.map((item) => Math.max(item.likelyMajor, item.likelyMinor)));
  const x = (day: string) => left + ((Date.parse(day) - Date.parse(first.day)) / span) * (right - left);
  const y = (value: number) => bottom - (value / most) * (bottom - top);
  const line = (of: (item: Trend[number]) => number) =>
    items.map((item, at) => `${at === 0 ? 'M' : `H${x(item.day)}V`}${at === 0 ? `${x(item.day)} ` : ''}${y(of(item))}`).join('');
  // Two labels at the end must not lie on each other.
  const minorY = y(last.likelyMinor) + 4;
  const majorY = Math.abs(y(last.likelyMajor) + 4 - minorY) >= 15 ? y(last.likelyMajor) + 4 : minorY + 15;
  return (
    <figure className="trend" aria-label={t('home.trend')}>
      <figcaption className="xs dim">{t('home.trend')}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} width="100%" aria-hidden="true" style={{ fontSize: 12, maxWidth: width }}>
        <line x1={left} x2={right} y1={bottom} y2={bottom} stroke="var(--line-2)" />
        <path d={line((item) => item.likelyMinor)} fill="none" stroke="var(--warn)" strokeWidth="2" strokeLinejoin="round" />
        <path d={line((item) => item.likelyMajor)} fill="none" stroke="var(--bad)" strokeWidth="2" strokeLinejoin="round" />
        <circle cx={right} cy={y(last.likelyMinor)} r="3.5" fill="var(--warn)" />
        <path d={`M${right} ${y(last.likelyMajor) - 5}l5 5-5 5-5-5z`} fill="var(--bad)" />
        <text x={right + 10} y={minorY} style={{ fill: 'var(--ink)', fontWeight: 600 }}>
          {t('home.minorN', { n: last.likelyMinor })}
        </text>
        <text x={right + 10} y={majorY} style={{ fill: 'var(--ink)', fontWeight: 600 }}>
          {t('home.majorN', { n: last.likelyMajor })}
        </text>
        <text x={left} y={height - 4} style={{ fill: 'var(--ink-3)' }}>
          {short(first.day)}
        </text>
        <text x={right} y={height - 4} textAnchor="end" style={{ fill: 'var(--ink-3)' }}>
          {short(last.day)}
        </text>
      </svg>
      <table className="sr">
        <caption>{t('home.trend')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('home.day')}</th>
            <th scope="col">{t('ui.likely.major')}</th>
            <th scope="col">{t('ui.likely.minor')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.day}>
              <td>{formatDay(item.day)}</td>
              <td>{item.likelyMajor}</td>
              <td>{item.likelyMinor}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
};

const short = (day: string): string => formatDay(day).replace(/.\d{4}$/u, '');
