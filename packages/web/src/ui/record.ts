import type { HistoryEntry, ReferenceView } from '@aimwell/contract/platform/schema';
import { type QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type QueryValues, request } from './api.ts';
import { type Here, useHere } from './session.tsx';

/** A record as the API answers it: references as `{ id, identifier, title }`, everything else by kind. */
export interface RecordView {
  readonly id: string;
  readonly identifier: string;
  readonly version: number;
  readonly custom: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly createdBy: ReferenceView | null;
  readonly updatedAt: string;
  readonly updatedBy: ReferenceView | null;
  readonly archivedAt: string | null;
  readonly archivedReason: string | null;
  readonly [field: string]: unknown;
}
export interface Page {
  readonly items: readonly RecordView[];
  readonly next: string | null;
}
export interface Count {
  readonly count: number;
  readonly groups?: readonly { readonly value: string | null; readonly count: number }[];
}
export type Filters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Keys of the cache: everything of a register below `[org, register]`. */
export const keyOf = (here: Here, register: string, ...rest: readonly unknown[]): readonly unknown[] => [here.slug, register, ...rest];

/** The title of a record, whatever its register calls it. */
export const titleOf = (register: { readonly title: string }, record: RecordView): string =>
  String(record[register.title] ?? record.identifier);

/** The list of a register by filters, in keyset pages that follow one another while the reader scrolls. */
export const useRecords = (
  register: string,
  filters: Filters,
  { limit = 100, enabled = true }: { limit?: number; enabled?: boolean } = {},
) => {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: keyOf(here, register, 'pages', filters, limit),
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      request<Page>('GET', here.api(register), { query: { ...filters, limit, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 15_000,
  });
};

/** One short page of a register, for panels and pickers. */
export const useSomeRecords = (register: string, filters: Filters, limit = 20, enabled = true) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, register, 'some', filters, limit),
    enabled,
    queryFn: ({ signal }) => request<Page>('GET', here.api(register), { query: { ...filters, limit }, signal }),
  });
};

/** How many records answer the filters, in all or by the values of a field. */
export const useCount = (register: string, filters: Filters, by?: string, enabled = true) => {
  const here = useHere();
  const { sort: _sort, cursor: _cursor, ...rest } = filters;
  return useQuery({
    queryKey: keyOf(here, register, 'count', rest, by),
    enabled,
    queryFn: ({ signal }) => request<Count>('GET', here.api(register, 'count'), { query: { ...rest, by }, signal }),
  });
};

export const useRecord = (register: string, id: string | undefined) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, register, 'record', id),
    enabled: id !== undefined,
    queryFn: ({ signal }) => request<RecordView>('GET', here.api(register, id ?? ''), { signal }),
  });
};

export const useHistory = (register: string, id: string) => {
  const here = useHere();
  return useQuery({
    queryKey: keyOf(here, register, 'history', id),
    queryFn: ({ signal }) => request<{ items: HistoryEntry[] }>('GET', here.api(register, id, 'history'), { signal }),
    // What was just written is anchored a moment later; where it is not, asking on and on would not help.
    refetchInterval: ({ state }) =>
      state.dataUpdateCount < 30 && state.data?.items.some(({ seq }) => seq === null) === true ? 1000 : false,
  });
};

type Values = Readonly<Record<string, unknown>>;
export type Write =
  | { readonly kind: 'create'; readonly values: Values; readonly key?: string }
  | { readonly kind: 'patch'; readonly id: string; readonly version: number; readonly values: Values }
  | { readonly kind: 'archive'; readonly id: string; readonly version: number; readonly reason: string }
  | {
      readonly kind: 'command';
      readonly id: string;
      readonly version: number;
      readonly command: string;
      readonly input: Values;
      readonly key?: string;
    };

/** Sends one write of a register; the answer is the record in its new version. */
export const sendWrite = (here: Here, register: string, write: Write): Promise<RecordView> => {
  switch (write.kind) {
    case 'create':
      return request('POST', here.api(register), { body: write.values, ...idempotent(write.key) });
    case 'patch':
      return request('PATCH', here.api(register, write.id), { body: write.values, version: write.version });
    case 'archive':
      return request('DELETE', here.api(register, write.id), { body: { reason: write.reason }, version: write.version });
    case 'command':
      return request('POST', here.api(register, write.id, write.command), {
        body: write.input,
        version: write.version,
        ...idempotent(write.key),
      });
  }
};
const idempotent = (key: string | undefined) => (key === undefined ? {} : { idempotencyKey: key });

/** A write and its traces in the cache: the record at once, lists and counts soon after. */
export const useWrite = (register: string) => {
  const here = useHere();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (write: Write) => sendWrite(here, register, write),
    onSuccess: (record, write) => {
      noteWrite(cache, here, register, record, write.kind);
    },
  });
};

/** Puts a written record into every cached answer that holds it, and marks what depends on it as stale. */
const noteWrite = (cache: QueryClient, here: Here, register: string, record: RecordView, kind: Write['kind']): void => {
  cache.setQueryData(keyOf(here, register, 'record', record.id), record);
  cache.setQueriesData<{ pages: Page[]; pageParams: unknown[] }>({ queryKey: keyOf(here, register, 'pages') }, (held) =>
    held === undefined
      ? held
      : {
          ...held,
          pages: held.pages.map((page) => ({ ...page, items: page.items.map((item) => (item.id === record.id ? record : item)) })),
        },
  );
  if (kind === 'create' || kind === 'archive') void cache.resetQueries({ queryKey: keyOf(here, register, 'pages') });
  // A write may touch other registers (a command makes assessments, lines, entries) and every judgement.
  void cache.invalidateQueries({
    queryKey: [here.slug],
    predicate: ({ queryKey }) =>
      !(queryKey[1] === register && (queryKey[2] === 'pages' || (queryKey[2] === 'record' && queryKey[3] === record.id))),
  });
};

export type QueryOf = QueryValues;
