import type { Register } from '@aimwell/contract/platform/register';
import { evidence } from '@aimwell/contract/evidence/evidence';
import { useQueryClient } from '@tanstack/react-query';
import { request } from './api.ts';
import { todayIn } from './dates.ts';
import { FileDrop } from './file-drop.tsx';
import type { RecordView } from './record.ts';
import { type Here, useHere } from './session.tsx';
import { startWork } from './tray.ts';
import { t } from './words.ts';

/** The field of evidence that points to a register, if there is one. */
const evidenceField = (register: string): string | undefined =>
  Object.entries(evidence.fields).find(([, field]) => field.kind === 'references' && field.to === register && !('managed' in field))?.[0];

/** Makes a piece of evidence of a file, tied to records by its fields, and sends the file. */
export const makeEvidence = async (
  here: Here,
  file: File,
  link: Readonly<Record<string, readonly string[]>>,
  signal: AbortSignal,
): Promise<RecordView> => {
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
  return made;
};

/** Makes one piece of evidence of each file, tied to a record, and sends the files in the tray. */
export const useUpload = (link: Readonly<Record<string, readonly string[]>>) => {
  const here = useHere();
  const cache = useQueryClient();
  return (files: readonly File[]) => {
    if (files.length === 0) return;
    startWork(t('ui.uploading', { count: files.length }), async ({ signal, progress }) => {
      for (const [index, file] of files.entries()) {
        if (signal.aborted) break;
        await makeEvidence(here, file, link, signal);
        progress(index + 1, files.length);
      }
      await cache.invalidateQueries({ queryKey: [here.slug] });
    });
  };
};

/** Drop files on this strip, or choose them: each becomes a piece of evidence of the record. */
export const EvidenceDrop = ({ register, record }: { register: Register; record: RecordView }) => {
  const here = useHere();
  const field = evidenceField(register.name);
  const upload = useUpload(field === undefined ? {} : { [field]: [record.id] });
  if (field === undefined || record.archivedAt !== null || !here.holds(evidence.permissions.create)) return null;
  return <FileDrop label={t('ui.dropEvidence')} onFiles={upload} />;
};
