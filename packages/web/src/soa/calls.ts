import { readSoa, readSoaDiff, type SoaRow, type SoaView } from '@aimwell/contract/soa/endpoints';
import { soaEntries } from '@aimwell/contract/soa/soa';
import { keepPreviousData, type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../ui/api.ts';
import { toWrite } from '../ui/form/field-input.tsx';
import { keyOf, sendWrite } from '../ui/record.ts';
import { type Here, useHere } from '../ui/session.tsx';

export type SoaDiff = z.output<typeof readSoaDiff.response>;

/** The page of one version; without one, the version being worked on, else the one in force. */
export const useSoa = (version: string | undefined) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'soa', 'page', version ?? 'working'),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      call(readSoa, { params: { org: here.slug }, query: { ...(version === undefined ? {} : { version }), ...here.past } }, { signal }),
  });
};

/** What changed from one version to another. */
export const useSoaDiff = (from: string | undefined, to: string | undefined) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, 'soa', 'diff', from, to),
    enabled: from !== undefined && to !== undefined && from !== to,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      call(readSoaDiff, { params: { org: here.slug }, query: { from: from ?? '', to: to ?? '', ...here.past } }, { signal }),
  });
};

const written = [
  'decision',
  'reasons',
  'justification',
  'risks',
  'objectives',
  'laws',
  'contracts',
  'linksConfirmed',
  'contradictionNote',
  'status',
  'owner',
  'targetDate',
  'statusNote',
] as const;
export type EntryField = (typeof written)[number];
export type EntryChange = { readonly [F in EntryField]?: SoaRow[F] };

/**
 * Changes one entry: the row shows it at once and takes it back when the server refuses. Changes of one row are sent one after
 * another, each with the version the one before has left; the page is read again once the last of them is through.
 */
export const useEntryWrite = (row: SoaRow) => {
  const here = useHere();
  const cache = useQueryClient();
  return useMutation({
    mutationKey: ['soa-entry'],
    scope: { id: row.id },
    mutationFn: (change: EntryChange) =>
      sendWrite(here, 'soa-entries', {
        kind: 'patch',
        id: row.id,
        version: (heldRow(cache, here, row.id) ?? row).version,
        values: valuesOf(change),
      }),
    onMutate: async (change) => {
      await cache.cancelQueries({ queryKey: keyOf(here, 'soa') });
      const before = heldRow(cache, here, row.id) ?? row;
      putRow(cache, here, row.id, change);
      return Object.fromEntries(Object.keys(change).map((name) => [name, before[name as EntryField]])) as EntryChange;
    },
    onError: (_error, _change, before) => {
      if (before !== undefined) putRow(cache, here, row.id, before);
    },
    onSuccess: (record) => {
      putRow(cache, here, row.id, { version: record.version });
    },
    onSettled: () => {
      if (cache.isMutating({ mutationKey: ['soa-entry'] }) === 1) void cache.invalidateQueries({ queryKey: [here.slug] });
    },
  });
};

const valuesOf = (change: EntryChange) =>
  Object.fromEntries(
    Object.entries(change).map(([name, value]) => {
      const field = soaEntries.fields[name as EntryField];
      return [name, toWrite(field, value)];
    }),
  );

const heldPages = (cache: QueryClient, here: Here) => cache.getQueriesData<SoaView>({ queryKey: keyOf(here, 'soa', 'page') });
const heldRow = (cache: QueryClient, here: Here, id: string): SoaRow | undefined =>
  heldPages(cache, here)
    .flatMap(([, view]) => view?.rows ?? [])
    .filter((row) => row.id === id)
    .toSorted((one, other) => other.version - one.version)[0];
const putRow = (cache: QueryClient, here: Here, id: string, values: Partial<SoaRow>): void => {
  cache.setQueriesData<SoaView>({ queryKey: keyOf(here, 'soa', 'page') }, (view) =>
    view === undefined ? view : { ...view, rows: view.rows.map((row) => (row.id === id ? { ...row, ...values } : row)) },
  );
};
