import shipped from '@aimwell/catalog/processes/index.json';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Card } from '../ui/page.tsx';
import { FileDrop } from '../ui/file-drop.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { type MapInFull, useDeed } from './calls.ts';
import { NewMap } from './editor/new-map.tsx';

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
            if (file !== undefined) void base64Of(file).then((bytes) => send({ file: bytes, fileName: file.name }));
          }}
        />
        <ProblemView error={bring.error} />
      </div>
    </Card>
  );
};
