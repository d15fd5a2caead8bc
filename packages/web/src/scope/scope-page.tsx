import { PageHead } from '../ui/page.tsx';
import { t } from '../ui/words.ts';
import { ElementsCard } from './elements-card.tsx';
import { StatementCard } from './statement-card.tsx';
import { SystemsCard } from './systems-card.tsx';
import { VersionsCard } from './versions-card.tsx';

/** What the management system covers: the statement, what bounds it, which systems are in, and its versions. */
export default function ScopePage() {
  return (
    <div className="page">
      <PageHead title={t('scope.title')} />
      <div className="two">
        <div className="stack">
          <StatementCard />
          <ElementsCard />
          <SystemsCard />
        </div>
        <aside className="stack" aria-label={t('scope.versions')}>
          <VersionsCard />
        </aside>
      </div>
    </div>
  );
}
