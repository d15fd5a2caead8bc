import { Button } from '@mantine/core';
import { MomentText } from '../ui/date-text.tsx';
import { Card } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import type { MapInFull } from './calls.ts';
import { OlderRuns } from './older-runs.tsx';
import { StateText } from './state-text.tsx';
import { VersionDeeds } from './version-deeds.tsx';

interface Props {
  readonly map: MapInFull;
  readonly shown: string | undefined;
  readonly onShow: (id: string) => void;
}

/** The versions of a map, newest first: who wrote and who approved each, and its file. */
export const VersionsCard = ({ map, shown, onShow }: Props) => {
  const here = useHere();
  return (
    <Card title={t('processes.versions')} count={map.versions.length}>
      <ul className="pr-list pr-lines">
        {map.versions
          .toSorted((one, other) => other.number - one.number)
          .map((version) => (
            <li key={version.id}>
              <div className="row wrap">
                <StateText number={version.number} state={version.state} />
                <span className="grow" />
                <Button
                  size="xs"
                  variant="subtle"
                  aria-label={t('processes.showVersion', { number: version.number })}
                  aria-pressed={version.id === shown}
                  onClick={() => onShow(version.id)}
                >
                  {t(version.id === shown ? 'processes.shown' : 'processes.show')}
                </Button>
              </div>
              <p className="xs mut">
                {t('processes.writtenBy', { who: version.createdBy?.name ?? t('processes.nameless') })}
                {version.approvedBy === null ? null : (
                  <span className="dblock">
                    {t('processes.approvedBy', { who: version.approvedBy })} <MomentText value={version.approvedAt} />
                  </span>
                )}
              </p>
              {version.state === 'retired' && version.running > 0 ? (
                <p className="xs">{t('processes.runsStay', { count: version.running, number: version.number })}</p>
              ) : null}
              {version.note === '' ? null : <p className="xs">{version.note}</p>}
              <div className="row wrap">
                <a className="link xs" href={here.apiNow('process-versions', version.id, 'file')} download={`${map.key}.bpmn`}>
                  {t('processes.saveXml')}
                </a>
                <a className="link xs" href={`${here.apiNow('process-versions', version.id, 'file')}?form=pdf`} download>
                  {t('processes.savePdf')}
                </a>
              </div>
              <OlderRuns map={map} version={version} />
              <VersionDeeds key={String(version.id === shown)} version={version} shown={version.id === shown} />
            </li>
          ))}
      </ul>
    </Card>
  );
};
