import { Button } from '@mantine/core';
import { IconDownload, IconExternalLink } from '@tabler/icons-react';
import { DayText } from '../ui/date-text.tsx';
import { daysFrom, formatBytes, todayIn } from '../ui/dates.ts';
import { Card } from '../ui/page.tsx';
import type { RecordView } from '../ui/record.ts';
import type { RecordPanelProps } from '../ui/room.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';

/** The file or the link itself, its fingerprint, and whether it still holds. */
export default function FilePanel({ record }: RecordPanelProps) {
  const here = useHere();
  const file = typeof record['fileName'] === 'string' ? record['fileName'] : undefined;
  const url = typeof record['url'] === 'string' && /^https?:\/\//.test(record['url']) ? record['url'] : undefined;
  return (
    <Card title={t('evidence.holds')}>
      <div className="stack" style={{ gap: 12 }}>
        <Freshness record={record} />
        {file === undefined ? null : (
          <div className="row wrap">
            <Button
              component="a"
              href={here.api('evidence', record.id, 'file')}
              download
              leftSection={<IconDownload size={15} stroke={1.75} aria-hidden />}
            >
              {t('evidence.download')}
            </Button>
            <span className="sm">{file}</span>
            {typeof record['fileSize'] === 'number' ? <span className="sm dim num">{formatBytes(record['fileSize'])}</span> : null}
          </div>
        )}
        {typeof record['sha256'] === 'string' ? (
          <p className="xs dim" style={{ overflowWrap: 'anywhere' }}>
            {t('evidence.sha')} <span className="num">{record['sha256']}</span>
          </p>
        ) : null}
        {url === undefined ? null : (
          <a className="link row" style={{ gap: 6, overflowWrap: 'anywhere' }} href={url} target="_blank" rel="noreferrer noopener">
            <IconExternalLink size={15} stroke={1.75} aria-hidden />
            {url}
          </a>
        )}
        {file === undefined && url === undefined ? <p className="sm mut">{t('evidence.nothing')}</p> : null}
      </div>
    </Card>
  );
}

const Freshness = ({ record }: { record: RecordView }) => {
  const { timeZone } = useHere();
  const until = record['validUntil'];
  if (typeof until !== 'string')
    return (
      <p className="row sm">
        <Shape kind="dashed-ring" tone="none" />
        {t('evidence.noEnd')}
      </p>
    );
  const left = daysFrom(todayIn(timeZone), until);
  const [kind, tone, words] =
    left < 0
      ? (['clock', 'bad', 'evidence.over'] as const)
      : left <= 60
        ? (['triangle', 'warn', 'evidence.soon'] as const)
        : (['disc', 'ok', 'evidence.fresh'] as const);
  return (
    <p className="row sm">
      <Shape kind={kind} tone={tone} />
      <span>
        {t(words)} <DayText value={until} distance />
      </span>
    </p>
  );
};
