import { Go } from '../ui/link.tsx';
import { useCount } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { choiceLabel, t } from '../ui/words.ts';

const colours: Readonly<Record<string, string>> = {
  modify: 'var(--chart)',
  retain: 'var(--accent-line)',
  share: 'var(--note)',
  avoid: 'var(--ink-3)',
};
const standing = ['planned', 'in_progress', 'done', 'effective', 'not_effective'];

/** How risks are treated: one bar, each figure opens its treatments. */
export const SplitCard = () => {
  const here = useHere();
  const count = useCount('treatments', { state: standing }, 'option');
  const groups = (count.data?.groups ?? []).filter(
    (group): group is { value: string; count: number } => group.value !== null && group.count > 0,
  );
  if (count.data === undefined || groups.length === 0) return null;
  const shown = Object.keys(colours).flatMap((option) => groups.filter(({ value }) => value === option));
  const states = standing.map((state) => `&state=${state}`).join('');
  return (
    <section aria-labelledby="split" className="col">
      <h2 id="split">{t('risks.split', { count: count.data.count })}</h2>
      <div className="split" aria-hidden="true">
        {shown.map(({ value, count: n }) => (
          <i key={value} style={{ flex: n, background: colours[value] }} />
        ))}
      </div>
      <div className="row wrap sm" style={{ gap: '4px 18px' }}>
        {shown.map(({ value, count: n }) => (
          <Go key={value} className="link plain sm" to={`${here.to('treatments')}?option=${value}${states}`}>
            <i
              aria-hidden="true"
              style={{ display: 'inline-block', width: 8, height: 8, borderRadius: 2, background: colours[value], marginRight: 6 }}
            />
            <b>{n}</b> {choiceLabel('treatments', 'option', value).toLowerCase()}
          </Go>
        ))}
      </div>
    </section>
  );
};
