import { Go } from '../ui/link.tsx';
import { PageHead, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { useMaps } from './calls.ts';
import { DeviationsCard } from './deviations-card.tsx';
import { useDeviations, useGates } from './gate-calls.ts';
import { GatesCard } from './gates-card.tsx';
import './processes.css';

/** What is done only through a process, and where that was set aside. */
export default function GatesPage() {
  const here = useHere();
  const gates = useGates();
  const deviations = useDeviations();
  const maps = useMaps();
  const error = gates.error ?? deviations.error ?? maps.error;
  return (
    <div className="page">
      <PageHead
        title={t('gates.title')}
        above={
          <Go className="link sm" to={here.to('processes')}>
            {t('processes.processes')}
          </Go>
        }
      />
      <p className="read pr-lead">{t('gates.lead')}</p>
      <div className="stack">
        <ProblemView
          error={error}
          onRetry={() => {
            void gates.refetch();
            void deviations.refetch();
            void maps.refetch();
          }}
        />
        {gates.data === undefined || deviations.data === undefined || maps.data === undefined ? (
          error === null ? (
            <Waiting lines={8} />
          ) : null
        ) : (
          <>
            <GatesCard bound={gates.data.items} proposed={gates.data.proposed} maps={maps.data.items} />
            <DeviationsCard deviations={deviations.data.items} maps={maps.data.items} />
          </>
        )}
      </div>
    </div>
  );
}
