import { t } from '../ui/words.ts';
import { useTrend } from './calls.ts';

const width = 440;
const height = 92;

/** Risks above the threshold over twelve months, the last one today, as one line with a table behind it. */
export const TrendCard = () => {
  const trend = useTrend();
  const months = trend.data?.months ?? [];
  const last = months.at(-1);
  if (last === undefined || months.length < 2) return null;
  const top = Math.max(1, ...months.map((month) => month.aboveThreshold));
  const x = (index: number) => 6 + (index / (months.length - 1)) * (width - 70);
  const y = (value: number) => 14 + (1 - value / top) * (height - 40);
  const highest = months.findIndex((month) => month.aboveThreshold === top);
  return (
    <section aria-labelledby="trend" className="col">
      <h2 id="trend">{t('risks.trend')}</h2>
      <svg viewBox={`0 0 ${width} ${height}`} width="100%" aria-hidden="true" style={{ fontSize: 12, fill: 'var(--ink-3)' }}>
        <line x1="6" x2={width - 64} y1={height - 20} y2={height - 20} stroke="var(--line-2)" />
        <polyline
          fill="none"
          stroke="var(--chart)"
          strokeWidth="2"
          strokeLinejoin="round"
          points={months.map((month, index) => `${x(index)},${y(month.aboveThreshold)}`).join(' ')}
        />
        <circle cx={x(months.length - 1)} cy={y(last.aboveThreshold)} r="4" fill="var(--chart)" />
        {highest === -1 || highest === months.length - 1 ? null : (
          <text x={x(highest)} y={y(top) - 5}>
            {top}
          </text>
        )}
        <text x={x(months.length - 1) + 9} y={y(last.aboveThreshold) + 4} style={{ fill: 'var(--ink)', fontWeight: 600 }}>
          {t('risks.today', { n: last.aboveThreshold })}
        </text>
        <text x="6" y={height - 5}>
          {monthName(months[0]?.month ?? '')}
        </text>
        <text x={width - 64} y={height - 5} textAnchor="end">
          {monthName(last.month)}
        </text>
      </svg>
      <div className="sr">
        <table>
          <caption>{t('risks.trend')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('risks.month')}</th>
              <th scope="col">{t('risks.views.above')}</th>
              <th scope="col">{t('risks.total')}</th>
            </tr>
          </thead>
          <tbody>
            {months.map((month) => (
              <tr key={month.month}>
                <td>{monthName(month.month)}</td>
                <td>{month.aboveThreshold}</td>
                <td>{month.total}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

const monthName = (month: string): string =>
  new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en', { month: 'short', year: 'numeric', timeZone: 'UTC' });
