import { Card } from '../ui/page.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';

const proven = ['unchanged', 'prefix', 'entry'];
const notProven = ['key', 'checkpoint', 'time', 'true', 'complete'];

/** What the trail proves, and what it does not: plainly, before somebody relies on it. */
export const MeansCard = () => (
  <Card title={t('trail.means.title')}>
    <h3 className="sm m">{t('trail.means.proves')}</h3>
    <List kind="disc" tone="ok" items={proven.map((name) => t(`trail.means.yes.${name}`))} />
    <h3 className="sm m" style={{ marginTop: 12 }}>
      {t('trail.means.not')}
    </h3>
    <List kind="dash" tone="note" items={notProven.map((name) => t(`trail.means.no.${name}`))} />
  </Card>
);

const List = ({ kind, tone, items }: { kind: 'disc' | 'dash'; tone: 'ok' | 'note'; items: readonly string[] }) => (
  <ul className="proof-steps">
    {items.map((item) => (
      <li key={item} className="sm" style={{ display: 'grid', gridTemplateColumns: '13px 1fr', gap: 8 }}>
        <span style={{ paddingTop: 3 }}>
          <Shape kind={kind} tone={tone} />
        </span>
        {item}
      </li>
    ))}
  </ul>
);
