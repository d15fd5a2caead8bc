import shipped from '@aimwell/catalog/processes/index.json';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '../ui/api.ts';
import { Card } from '../ui/page.tsx';
import { FileDrop } from '../ui/file-drop.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { type MapInFull, useDeed } from './calls.ts';
import { NewMap } from './editor/new-map.tsx';

/** Larger files are refused by the server too; said here they need not travel first. */
const MOST_MB = 5;
const tooLarge = (file: File): ApiProblem | null =>
  file.size <= MOST_MB * 1_048_576
    ? null
    : new ApiProblem(413, {
        type: 'about:blank#TOO_LARGE',
        status: 413,
        code: 'TOO_LARGE',
        title: t('ui.fileTooLarge', { most: MOST_MB, size: (file.size / 1_048_576).toFixed(1) }),
        remedy: t('ui.fileTooLargeRemedy'),
      });

/** Bytes in base64, as the upload takes them: the file is kept as it came. */
const base64Of = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
};

/** The maps that came with the product and are not used here yet, and the way to bring one's own. */
export const AdoptCard = ({ taken }: { taken: readonly string[] }) => {
  const here = useHere();
  const navigate = useNavigate();
  const [refused, setRefused] = useState<ApiProblem | null>(null);
  const bring = useDeed<MapInFull>('processes');
  const free = shipped.filter(({ key }) => !taken.includes(key));
  const send = (body: object) => bring.mutate({ body }, { onSuccess: (map) => void navigate({ to: here.to('processes', map.id) as '/' }) });
  return (
    <Card title={t('processes.bring')} actions={<NewMap />}>
      <div className="stack">
        {free.map((map) => (
          <div key={map.key} className="row wrap">
            <span className="grow pr-about">
              <span className="m">{map.name}</span>
              <span className="sm mut dblock">{map.description}</span>
            </span>
            <Button
              size="xs"
              aria-label={t('processes.adoptNamed', { name: map.name })}
              loading={bring.isPending}
              onClick={() => send({ shipped: map.key })}
            >
              {t('processes.adopt')}
            </Button>
          </div>
        ))}
        <FileDrop
          label={t('processes.upload')}
          onFiles={([file]) => {
            const against = file === undefined ? null : tooLarge(file);
            setRefused(against);
            if (file !== undefined && against === null) void base64Of(file).then((bytes) => send({ file: bytes, fileName: file.name }));
          }}
        />
        <ProblemView error={refused ?? bring.error} />
      </div>
    </Card>
  );
};
