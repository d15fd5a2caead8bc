import { evidence } from '@aimwell/contract/evidence/evidence';
import { evidenceSummary } from '@aimwell/contract/evidence/endpoints';
import { Button, FileButton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconDownload, IconExternalLink, IconFileUpload } from '@tabler/icons-react';
import { addressOf, request } from '../ui/api.ts';
import { formatBytes } from '../ui/dates.ts';
import { Card } from '../ui/page.tsx';
import type { RecordView } from '../ui/record.ts';
import type { RecordPanelProps } from '../ui/room.ts';
import { useHere } from '../ui/session.tsx';
import { startWork } from '../ui/tray.ts';
import { t } from '../ui/words.ts';
import { Freshness } from './freshness.tsx';
import { Keeping } from './keeping.tsx';
import { SummaryTable } from './summary-table.tsx';
import { Versions } from './versions.tsx';

/** The file or the link itself, whether it still holds, what it says, the files before it, and what keeps it. */
export default function FilePanel({ record }: RecordPanelProps) {
  const here = useHere();
  const file = typeof record['fileName'] === 'string' ? record['fileName'] : undefined;
  const url = typeof record['url'] === 'string' && /^https?:\/\//.test(record['url']) ? record['url'] : undefined;
  const summary = evidenceSummary.safeParse(record['summary']);
  const kept = record['purgedOn'] === null;
  return (
    <>
      <Card title={t('evidence.holds')}>
        <div className="stack" style={{ gap: 12 }}>
          <Freshness record={record} />
          {file === undefined ? null : (
            <div className="row wrap">
              {kept ? (
                <Button
                  component="a"
                  href={addressOf(here.apiNow('evidence', record.id, 'file'), here.asOf === null ? {} : { version: record.version })}
                  download
                  leftSection={<IconDownload size={15} stroke={1.75} aria-hidden />}
                >
                  {t('evidence.download')}
                </Button>
              ) : null}
              <span className="sm">{file}</span>
              {typeof record['fileSize'] === 'number' ? <span className="sm dim num">{formatBytes(record['fileSize'])}</span> : null}
            </div>
          )}
          {url === undefined ? null : (
            <a className="link row" style={{ gap: 6, overflowWrap: 'anywhere' }} href={url} target="_blank" rel="noreferrer noopener">
              <IconExternalLink size={15} stroke={1.75} aria-hidden />
              {url}
            </a>
          )}
          {file === undefined && url === undefined ? <p className="sm mut">{t('evidence.nothing')}</p> : null}
          <Replace record={record} has={file !== undefined} />
        </div>
      </Card>
      {summary.success ? <SummaryTable summary={summary.data} /> : null}
      {file === undefined ? null : <Versions record={record} />}
      {file === undefined || here.asOf !== null ? null : <Keeping record={record} />}
    </>
  );
}

/** A new file beside the old one: the record goes on with it, and the old one stays as the version it was. */
const Replace = ({ record, has }: { record: RecordView; has: boolean }) => {
  const here = useHere();
  const cache = useQueryClient();
  if (record.archivedAt !== null || !here.holds(evidence.permissions.change)) return null;
  const send = (file: File | null) => {
    if (file === null) return;
    startWork(t('ui.uploading', { count: 1 }), async ({ signal, progress }) => {
      const form = new FormData();
      form.append('file', file);
      await request('POST', here.api('evidence', record.id, 'file'), { body: form, version: record.version, signal });
      progress(1, 1);
      await cache.invalidateQueries({ queryKey: [here.slug] });
    });
  };
  return (
    <div>
      <FileButton onChange={send}>
        {(props) => (
          <Button {...props} variant="subtle" size="xs" leftSection={<IconFileUpload size={15} stroke={1.75} aria-hidden />}>
            {t(has ? 'evidence.replace' : 'evidence.attach')}
          </Button>
        )}
      </FileButton>
    </div>
  );
};
