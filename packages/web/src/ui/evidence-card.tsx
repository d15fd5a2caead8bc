import type { Register } from '@aimwell/contract/platform/register';
import { evidence } from '@aimwell/contract/evidence/evidence';
import { Button } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { request } from './api.ts';
import { todayIn } from './dates.ts';
import type { RecordView } from './record.ts';
import { useHere } from './session.tsx';
import { startWork } from './tray.ts';
import { t } from './words.ts';

/** The field of evidence that points to a register, if there is one. */
const evidenceField = (register: string): string | undefined =>
  Object.entries(evidence.fields).find(([, field]) => field.kind === 'references' && field.to === register)?.[0];

/** Makes one piece of evidence of each file, tied to a record, and sends the files in the tray. */
export const useUpload = (link: Readonly<Record<string, readonly string[]>>) => {
  const here = useHere();
  const cache = useQueryClient();
  return (files: readonly File[]) => {
    if (files.length === 0) return;
    startWork(t('ui.uploading', { count: files.length }), async ({ signal, progress }) => {
      for (const [index, file] of files.entries()) {
        if (signal.aborted) break;
        const made = await request<RecordView>('POST', here.api('evidence'), {
          body: {
            title: file.name.slice(0, 300),
            kind: 'file',
            collectedOn: todayIn(here.timeZone),
            ...link,
            ...(here.personId === null ? {} : { owner: here.personId }),
          },
          signal,
        });
        const form = new FormData();
        form.append('file', file);
        await request('POST', here.api('evidence', made.id, 'file'), { body: form, signal });
        progress(index + 1, files.length);
      }
      await cache.invalidateQueries({ queryKey: [here.slug] });
    });
  };
};

/** Drop files anywhere on this strip, or choose them: each becomes a piece of evidence of the record. */
export const EvidenceDrop = ({ register, record }: { register: Register; record: RecordView }) => {
  const here = useHere();
  const field = evidenceField(register.name);
  const upload = useUpload(field === undefined ? {} : { [field]: [record.id] });
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  if (field === undefined || record.archivedAt !== null || !here.holds(evidence.permissions.create)) return null;
  return (
    <div
      className={`drop no-print${over ? ' over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        upload([...event.dataTransfer.files]);
      }}
    >
      <IconFileUpload size={18} stroke={1.75} aria-hidden />
      <span className="grow">{t('ui.dropEvidence')}</span>
      <Button size="xs" onClick={() => input.current?.click()}>
        {t('ui.chooseFiles')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('ui.chooseFiles')}
        onChange={(event) => {
          upload([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
};
