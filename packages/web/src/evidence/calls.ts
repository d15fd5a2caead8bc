import { readFileVersions, readRetention } from '@aimwell/contract/evidence/endpoints';
import { useQuery } from '@tanstack/react-query';
import { call } from '../ui/api.ts';
import type { RecordView } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';

/** Every file a piece of evidence has had. Asked anew with each version of its record. */
export const useFileVersions = (record: RecordView) => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'evidence', record.id, 'versions', record.version],
    queryFn: () => call(readFileVersions, { params: { org: here.slug, id: record.id } }),
    enabled: typeof record['sha256'] === 'string',
  });
};

/** What keeps the file, and until when. */
export const useRetention = (record: RecordView) => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'evidence', record.id, 'retention', record.version],
    queryFn: () => call(readRetention, { params: { org: here.slug, id: record.id } }),
    enabled: typeof record['sha256'] === 'string',
  });
};
