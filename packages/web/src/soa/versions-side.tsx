import { soaVersions } from '@aimwell/contract/soa/soa';
import type { SoaView } from '@aimwell/contract/soa/endpoints';
import { Button } from '@mantine/core';
import { DayText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useWrite } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { StatusShape } from '../ui/status.tsx';
import { t } from '../ui/words.ts';
import { Changed } from './changed.tsx';
import { VersionCard } from './version-card.tsx';

interface Props {
  readonly view: SoaView;
  readonly onOpen: (control: string) => void;
  readonly onVersion: (version: string) => void;
  readonly inert?: boolean;
}

/** The version shown with what it needs next, and all versions on a line. */
export const VersionsSide = ({ view, onOpen, onVersion, inert = false }: Props) => (
  <aside className="soa-side" id="soa-versions" tabIndex={-1} inert={inert} aria-label={t('soa.versions')}>
    <div>
      <h2>{t('soa.versions')}</h2>
      <VersionCard view={view} onOpen={onOpen} />
      <Start view={view} onVersion={onVersion} />
      <Timeline view={view} onVersion={onVersion} />
      <Changed view={view} onOpen={onOpen} />
    </div>
  </aside>
);

/** One version is worked on at a time; the next one starts as a copy of the one in force. */
const Start = ({ view, onVersion }: Pick<Props, 'view' | 'onVersion'>) => {
  const here = useHere();
  const write = useWrite('soa-versions');
  if (view.versions.some(({ state }) => state === 'draft' || state === 'in_review') || !here.holds(soaVersions.permissions.create))
    return null;
  const next = Math.max(0, ...view.versions.map(({ versionNumber }) => versionNumber)) + 1;
  return (
    <div className="stack" style={{ gap: 6 }}>
      <Button
        fullWidth
        loading={write.isPending}
        onClick={() => write.mutate({ kind: 'create', values: {} }, { onSuccess: (version) => onVersion(version.id) })}
      >
        {t('soa.start', { n: next })}
      </Button>
      <p className="xs dim">{t('soa.startHelp')}</p>
      <ProblemView error={write.error} />
    </div>
  );
};

const Timeline = ({ view, onVersion }: Pick<Props, 'view' | 'onVersion'>) => {
  const here = useHere();
  const shown = view.version?.id;
  return (
    <ol className="soa-line">
      {view.versions.map((version) => (
        <li key={version.id} data-on={version.id === shown || undefined}>
          <StatusShape value={version.state} size={15} />
          <div className="row wrap" style={{ gap: 6 }}>
            {version.id === shown ? (
              <span className="b" aria-current="true">
                {t(`soa.versionName.${version.state}`, { n: version.versionNumber })}
              </span>
            ) : (
              <button type="button" className="link plain" onClick={() => onVersion(version.id)}>
                {t(`soa.versionName.${version.state}`, { n: version.versionNumber })}
              </button>
            )}
            <span className={`pill ${version.state === 'approved' ? 'ok' : 'none'}`}>{t(`soa.state.${version.state}`)}</span>
          </div>
          {version.approvedOn === null ? null : (
            <div className="xs dim">
              {t('soa.approvedOn')} <DayText value={version.approvedOn} />
            </div>
          )}
          {version.id === shown || shown === undefined ? null : (
            <Go
              className="link xs"
              to={`${here.to('soa', 'compare')}?from=${version.id}&to=${shown}`}
              aria-label={t('soa.compareWith', { n: version.versionNumber })}
            >
              {t('soa.compare.verb')}
            </Go>
          )}
        </li>
      ))}
    </ol>
  );
};
