import { PageHead } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { PackForm } from './pack-form.tsx';
import { PackList } from './pack-list.tsx';
import { VerifyCard } from './verify-card.tsx';
import './trail.css';

/** "What can an auditor check without us, and how does he get it?" */
const PacksPage = () => {
  const here = useHere();
  return (
    <div className="page">
      <PageHead title={t('trail.packs.title')} />
      <p className="mut read">{t('trail.packs.lead')}</p>
      {here.may('pack.read') ? (
        <div className="two" style={{ marginTop: 20 }}>
          <div className="stack">
            {here.may('pack.make') ? <PackForm /> : null}
            <PackList />
          </div>
          <aside className="stack" aria-label={t('ui.beside')}>
            <VerifyCard />
          </aside>
        </div>
      ) : (
        <p className="sm mut">{t('trail.packs.notYours')}</p>
      )}
    </div>
  );
};
export default PacksPage;
