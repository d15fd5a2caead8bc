import { PageHead } from '../ui/page.tsx';
import { t } from '../ui/words.ts';
import { CheckCard } from './check-card.tsx';
import { CheckpointCard } from './checkpoint-card.tsx';
import { DaysCard } from './days-card.tsx';
import { LookUpCard } from './look-up-card.tsx';
import { MeansCard } from './means-card.tsx';
import './trail.css';

/** "Does what we read still say what was recorded, and how would somebody outside know?" */
const TrailPage = () => (
  <div className="page">
    <PageHead title={t('trail.title')} />
    <p className="mut read">{t('trail.lead')}</p>
    <div className="two" style={{ marginTop: 20 }}>
      <div className="stack">
        <CheckCard />
        <LookUpCard />
        <DaysCard />
      </div>
      <aside className="stack" aria-label={t('ui.beside')}>
        <CheckpointCard />
        <MeansCard />
      </aside>
    </div>
  </div>
);
export default TrailPage;
