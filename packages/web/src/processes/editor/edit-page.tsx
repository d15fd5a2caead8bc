import { processKeepers } from '@aimwell/core/processes/tasks';
import { useMediaQuery } from '@mantine/hooks';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useUrlFilters } from '../../ui/filters.ts';
import { Go } from '../../ui/link.tsx';
import { PageHead, Say, Waiting } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { useHere } from '../../ui/session.tsx';
import { t } from '../../ui/words.ts';
import { type MapInFull, useMap, useVersion, type Version } from '../calls.ts';
import { Editor } from './editor.tsx';

/** The drawing board of a process: its newest version, or the one that the address names, becomes the draft of the next. */
export default function EditMapPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { search } = useUrlFilters();
  const map = useMap(id);
  const { version: asked } = search;
  const version = useVersion(typeof asked === 'string' ? asked : map.data?.newest?.id);
  const ready = map.data !== undefined && version.data !== undefined;
  return (
    <div className="page wide">
      {ready ? (
        <Opened map={map.data} version={version.data} />
      ) : (
        <>
          <ProblemView error={map.error ?? version.error} onRetry={() => void (map.isError ? map.refetch() : version.refetch())} />
          {map.isError || version.isError ? null : <Waiting lines={8} />}
        </>
      )}
    </div>
  );
}

/** Opens the board where it can be used, else says why not; what is asked again meanwhile does not replace what is being drawn. */
const Opened = ({ map, version }: { map: MapInFull; version: Version }) => {
  const here = useHere();
  const wide = useMediaQuery('(min-width: 760px)', undefined, { getInitialValueInEffect: false }) ?? true;
  const [began] = useState({ map, version });
  const [board] = useState(wide);
  const against = !here.holds(processKeepers)
    ? 'notYours'
    : map.newest?.state === 'review' && began.map.newest?.state === 'review'
      ? 'inReview'
      : board
        ? null
        : 'narrow';
  if (against === null) return <Editor map={began.map} start={began.version} />;
  return (
    <>
      <PageHead title={t('drawing.title', { name: map.name })} />
      <Say tone="note">
        <p>{t(`drawing.${against}`)}</p>
        <Go className="link" to={here.to('processes', map.id)}>
          {t('drawing.toProcess')}
        </Go>
      </Say>
    </>
  );
};
