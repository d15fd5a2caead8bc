import type { CodeList } from '@aimwell/contract/platform/field';
import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { MultiSelect, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { request } from '../api.ts';
import { type Page, type RecordView, useSomeRecords } from '../record.ts';
import { useHere } from '../session.tsx';
import { inSentence, registerOne, t } from '../words.ts';
import { useCatalog } from './catalog.ts';

interface Common {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly description?: string | undefined;
  readonly required?: boolean;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
}
const named = ({ label, hideLabel = false, description, required = false, error, autoFocus = false }: Common) => ({
  ...(hideLabel ? { 'aria-label': label } : { label }),
  description,
  required,
  error,
  ...(autoFocus ? { 'data-autofocus': true, autoFocus: true } : {}),
});

/** A record may be created on the spot in registers whose title is all that is needed. */
const titleFields: Readonly<Record<string, string>> = { people: 'name', systems: 'name', objectives: 'title', controls: 'title' };
const creating = 'create:';

const viewOf = (record: RecordView, to: string): ReferenceView => ({
  id: record.id,
  identifier: record.identifier,
  title: String(
    record[titleFields[to] ?? ''] ?? record['title'] ?? record['name'] ?? record['statement'] ?? record['summary'] ?? record.identifier,
  ),
});

/** Values of a field by which a record fits what is to be done with it. */
export interface Fitting {
  readonly field: string;
  readonly values: readonly string[];
}

/** Records found by a text, as choices; those already chosen stay among them. */
const useFound = (to: string, chosen: readonly ReferenceView[], fitting?: Fitting) => {
  const here = useHere();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, 150);
  const chosenText = chosen.some((one) => one.title === asked || label(to, one) === asked);
  const filters = asked.trim() === '' || chosenText ? {} : { q: asked.trim() };
  const found = useSomeRecords(to, filters, 30);
  const fits = useSomeRecords(to, fitting === undefined ? {} : { ...filters, [fitting.field]: fitting.values }, 30, fitting !== undefined);
  const [known, setKnown] = useState<ReadonlyMap<string, ReferenceView>>(new Map());
  const views = useMemo(() => {
    const all = new Map<string, ReferenceView>();
    const records = [...(fits.data?.items ?? []), ...(found.data?.items ?? [])];
    for (const one of [...records.map((record) => viewOf(record, to)), ...chosen]) all.set(one.id, one);
    for (const one of known.values()) if (!all.has(one.id) && chosen.some(({ id }) => id === one.id)) all.set(one.id, one);
    return all;
  }, [fits.data, found.data, chosen, known, to]);
  const data = [...views.values()].map((one) => ({ value: one.id, label: label(to, one) }));
  const text = search.trim();
  const mayCreate = titleFields[to] !== undefined && to === 'people' && here.holds(['administrator', 'aims_manager']);
  const isNew = mayCreate && text.length > 1 && !data.some((one) => one.label.toLowerCase() === text.toLowerCase());
  const create = async (): Promise<ReferenceView> => {
    const record = await request<RecordView>('POST', here.api(to), { body: { [titleFields[to] ?? 'name']: text } });
    const view = viewOf(record, to);
    setKnown(new Map([...known, [view.id, view]]));
    return view;
  };
  return {
    views,
    data:
      fitting !== undefined
        ? grouped(data, new Set((fits.data?.items ?? []).map(({ id }) => id)))
        : isNew
          ? [...data, { value: creating, label: t('ui.createNew', { what: inSentence(registerOne(to)), name: text }) }]
          : data,
    search,
    setSearch,
    create,
    loading: found.isFetching || fits.isFetching,
  };
};
interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Those that fit first. Where the others stand beside them, each part says what it holds. */
const grouped = (choices: readonly Choice[], fits: ReadonlySet<string>) => {
  const part = (group: string, items: Choice[]) => (items.length === 0 ? [] : [{ group, items }]);
  return [
    ...part(
      t('ui.inFittingState'),
      choices.filter(({ value }) => fits.has(value)),
    ),
    ...part(
      t('ui.inOtherState'),
      choices.filter(({ value }) => !fits.has(value)),
    ),
  ];
};

const label = (to: string, one: ReferenceView): string => (to === 'people' ? one.title : `${one.identifier} ${one.title}`);

/** One record of a register, found by typing. Knows how to create a person who is not in the directory yet. */
export const ReferencePicker = ({
  to,
  value,
  onChange,
  fitting,
  ...rest
}: Common & {
  to: string;
  value: ReferenceView | null;
  onChange: (value: ReferenceView | null) => void;
  /** Those that fit come first. */
  fitting?: Fitting | undefined;
}) => {
  const chosen = useMemo(() => (value === null ? [] : [value]), [value]);
  const found = useFound(to, chosen, fitting);
  return (
    <Select
      {...named(rest)}
      searchable
      clearable
      data={found.data}
      value={value?.id ?? null}
      searchValue={found.search}
      onSearchChange={found.setSearch}
      nothingFoundMessage={found.loading ? t('ui.searching') : t('ui.nothingFound')}
      placeholder={t('ui.typeToSearch')}
      filter={({ options }) => options}
      maxDropdownHeight={280}
      comboboxProps={{ shadow: 'none' }}
      onChange={(id) => {
        if (id === creating) void found.create().then(onChange);
        else onChange(id === null ? null : (found.views.get(id) ?? null));
      }}
    />
  );
};

/** Several records of a register. */
export const ReferencesPicker = ({
  to,
  value,
  onChange,
  ...rest
}: Common & { to: string; value: readonly ReferenceView[]; onChange: (value: readonly ReferenceView[]) => void }) => {
  const found = useFound(to, value);
  return (
    <MultiSelect
      {...named(rest)}
      searchable
      clearable
      data={found.data}
      value={value.map(({ id }) => id)}
      searchValue={found.search}
      onSearchChange={found.setSearch}
      nothingFoundMessage={found.loading ? t('ui.searching') : t('ui.nothingFound')}
      placeholder={value.length === 0 ? t('ui.typeToSearch') : ''}
      filter={({ options }) => options}
      maxDropdownHeight={280}
      onChange={(ids) => {
        const kept = ids.flatMap((id) => {
          const view = found.views.get(id);
          return view === undefined ? [] : [view];
        });
        if (ids.includes(creating)) void found.create().then((made) => onChange([...kept, made]));
        else onChange(kept);
      }}
    />
  );
};

const useCodes = (catalog: CodeList) => {
  const list = useCatalog(catalog);
  return (list.data ?? []).map((item) => ({ value: item.id, label: `${item.id} ${item.title}` }));
};

/** One id of a catalog list, found by number or title. */
export const CodePicker = ({
  catalog,
  value,
  onChange,
  ...rest
}: Common & { catalog: CodeList; value: string | null; onChange: (value: string | null) => void }) => {
  const data = useCodes(catalog);
  const known = value === null || data.some((one) => one.value === value) ? data : [{ value, label: value }, ...data];
  return (
    <Select
      {...named(rest)}
      searchable
      clearable
      data={known}
      value={value}
      onChange={onChange}
      nothingFoundMessage={t('ui.nothingFound')}
      placeholder={t('ui.typeToSearch')}
      limit={60}
      maxDropdownHeight={280}
    />
  );
};

/** Several ids of a catalog list. */
export const CodesPicker = ({
  catalog,
  value,
  onChange,
  ...rest
}: Common & { catalog: CodeList; value: readonly string[]; onChange: (value: readonly string[]) => void }) => {
  const data = useCodes(catalog);
  const missing = value.filter((id) => !data.some((one) => one.value === id)).map((id) => ({ value: id, label: id }));
  return (
    <MultiSelect
      {...named(rest)}
      searchable
      clearable
      data={[...missing, ...data]}
      value={[...value]}
      onChange={onChange}
      nothingFoundMessage={t('ui.nothingFound')}
      placeholder={value.length === 0 ? t('ui.typeToSearch') : ''}
      limit={60}
      maxDropdownHeight={280}
    />
  );
};

export type { Page };
