import { DayText } from '../ui/date-text.tsx';
import { addressOf } from '../ui/api.ts';
import { Go } from '../ui/link.tsx';
import { Card } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useSomeRecords } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Status } from '../ui/status.tsx';
import { t } from '../ui/words.ts';

/** Versions of the scope statement, newest first, each as a document too. Submitting and approving is on the version itself. */
export const VersionsCard = () => {
  const here = useHere();
  const list = useSomeRecords('scope-statements', { sort: '-versionNumber' }, 20);
  const items = list.data?.items ?? [];
  return (
    <Card title={t('scope.versions')} flush>
      <ProblemView error={list.error} />
      {list.isSuccess && items.length === 0 ? (
        <p className="sm mut" style={{ padding: '12px 16px' }}>
          {t('scope.noVersion')}
        </p>
      ) : null}
      {items.map((version, index) => (
        <div
          key={version.id}
          className="col"
          style={{ gap: 3, padding: '10px 16px', borderTop: index === 0 ? 0 : '1px solid var(--line)' }}
        >
          <span className="row wrap">
            <Go className="link plain" to={here.to('scope-statements', version.id)}>
              {t('scope.version', { n: version['versionNumber'] })}
            </Go>
            <span className="grow" />
            <Status value={String(version['state'])} register="scope-statements" field="state" quiet />
          </span>
          {typeof version['approvedOn'] === 'string' ? (
            <span className="xs dim">
              {t('scope.approved')} <DayText value={version['approvedOn']} />
            </span>
          ) : null}
          {here.may('reports.read') ? (
            <span className="row xs" style={{ gap: 10 }}>
              {(['pdf', 'docx'] as const).map((format) => (
                <a
                  key={format}
                  className="link xs"
                  style={{ display: 'inline-flex', alignItems: 'center', minHeight: 24, minWidth: 24 }}
                  download
                  href={addressOf(here.api('reports', 'scope'), { format, version: version.id })}
                  aria-label={t('scope.download', { n: version['versionNumber'], format: format.toUpperCase() })}
                >
                  {format.toUpperCase()}
                </a>
              ))}
            </span>
          ) : null}
        </div>
      ))}
    </Card>
  );
};
