import { readCheckpoint } from '@aimwell/contract/platform/trail';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { call } from '../ui/api.ts';
import { MomentText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card, NameValues, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { Hex } from '../ui/proof/hex.tsx';
import { readSigned } from '../ui/proof/verify-proof.ts';
import { saveText } from '../ui/save.ts';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';

const useCheckpoint = () => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'trail', 'checkpoint'],
    staleTime: 0,
    queryFn: ({ signal }) => call(readCheckpoint, { params: { org: here.slug } }, { signal }),
  });
};

/** The newest checkpoint and the keys of the log, to be kept where nobody here can change them. */
export const CheckpointCard = () => {
  const here = useHere();
  const { data, isPending, error } = useCheckpoint();
  const signed = data?.checkpoint === undefined || data.checkpoint === null ? null : readSigned(data.checkpoint);
  const key = data?.keys.find(({ retiredAt }) => retiredAt === null);
  return (
    <Card title={t('trail.checkpoint.title')}>
      {isPending ? <Waiting lines={4} /> : null}
      <ProblemView error={error} />
      {data !== undefined && signed === null ? <p className="sm mut">{t('trail.time.nothing')}</p> : null}
      {data === undefined || signed === null ? null : (
        <div className="stack" style={{ gap: 12 }}>
          <NameValues
            rows={[
              [
                t('trail.checkpoint.size'),
                <span key="size" className="num">
                  {signed.size.toLocaleString('en')}
                </span>,
              ],
              [t('trail.checkpoint.at'), <MomentText key="at" value={signed.time} />],
              [
                t('trail.checkpoint.waiting'),
                <span key="wait" className="num">
                  {data.notAnchored.toLocaleString('en')}
                </span>,
              ],
              [t('trail.proof.root'), <Hex key="root" value={signed.root} />],
              [t('trail.checkpoint.key'), <Hex key="key" value={key?.verifierKey ?? '–'} />],
            ]}
          />
          <p className="xs dim">{t('trail.checkpoint.keep')}</p>
          <div className="row wrap">
            <Save name={`${here.slug}-checkpoint-${signed.size}.txt`} text={data.checkpoint ?? ''} label={t('trail.checkpoint.save')} />
            {key === undefined ? null : <Save name={`${here.slug}-log-key.pem`} text={key.pem} label={t('trail.checkpoint.saveKey')} />}
          </div>
          {here.may('settings.change') ? (
            <Go className="link sm" to={here.to('settings', 'checkpoints')}>
              {t('trail.checkpoint.leave')}
            </Go>
          ) : null}
        </div>
      )}
    </Card>
  );
};

const Save = ({ name, text, label }: { name: string; text: string; label: string }) => (
  <Button variant="default" leftSection={<IconDownload size={15} stroke={1.75} aria-hidden />} onClick={() => saveText(text, name)}>
    {label}
  </Button>
);
