import type { EvidenceFile } from '@aimwell/contract/evidence/endpoints';
import { IconDownload } from '@tabler/icons-react';
import { MomentText } from '../ui/date-text.tsx';
import { formatBytes } from '../ui/dates.ts';
import { Card, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import type { RecordView } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { useFileVersions } from './calls.ts';

/** Every file this evidence has had: who brought it and when, how large, its SHA-256, and the file itself. */
export const Versions = ({ record }: { record: RecordView }) => {
  const versions = useFileVersions(record);
  // In the past only what the record had by then.
  const items = (versions.data?.items ?? []).filter(({ version }) => version <= record.version);
  return (
    <Card title={t('evidence.versions.title')} count={items.length === 0 ? undefined : items.length}>
      {versions.isPending ? <Waiting lines={2} /> : null}
      <ProblemView error={versions.error} />
      <ul className="stack" style={{ gap: 10, listStyle: 'none', padding: 0, margin: 0 }}>
        {items.map((file) => (
          <Version key={file.version} record={record} file={file} />
        ))}
      </ul>
    </Card>
  );
};

const Version = ({ record, file }: { record: RecordView; file: EvidenceFile }) => {
  const here = useHere();
  return (
    <li className="stack" style={{ gap: 2 }}>
      <div className="row wrap sm">
        {file.purgedOn === null ? (
          <a
            className="link row"
            style={{ gap: 6 }}
            href={`${here.apiNow('evidence', record.id, 'file')}?version=${file.version}`}
            download
          >
            <IconDownload size={15} stroke={1.75} aria-hidden />
            {file.fileName}
          </a>
        ) : (
          <span className="mut">{file.fileName}</span>
        )}
        {file.fileSize === null ? null : <span className="dim num">{formatBytes(file.fileSize)}</span>}
        {file.current && file.purgedOn === null ? <span className="chip">{t('evidence.versions.current')}</span> : null}
      </div>
      <div className="xs dim">
        {file.by?.title ?? file.token ?? t('ui.theProduct')} · <MomentText value={file.at} /> · {t('ui.version', { n: file.version })}
      </div>
      <div className="xs dim num" style={{ overflowWrap: 'anywhere' }}>
        {t('evidence.sha')} {file.sha256}
      </div>
    </li>
  );
};
