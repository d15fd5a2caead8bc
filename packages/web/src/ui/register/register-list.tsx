import type { Register } from '@aimwell/contract/platform/register';
import { holdsOneOf } from '@aimwell/core/roles/permissions';
import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks';
import { IconPlus, IconSearch, IconUpload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { textOf, useUrlFilters } from '../filters.ts';
import { Go } from '../link.tsx';
import { Empty, useTitle, Waiting } from '../page.tsx';
import { ProblemView } from '../problem.tsx';
import { type Filters, type RecordView, titleOf, useCount, useRecords } from '../record.ts';
import { useHere } from '../session.tsx';
import { StatusShape } from '../status.tsx';
import { type Column, DataTable } from '../table/data-table.tsx';
import { choiceLabel, fieldLabel, hasWords, inSentence, registerMany, registerOne, t } from '../words.ts';
import { BulkBar } from './bulk.tsx';
import { type Cells, ColumnsMenu, useColumns } from './columns.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FilterChips } from './filter-chips.tsx';
import { Preview } from './preview.tsx';
import { sameFilters, useViews, type View } from './views.ts';

interface Props {
  readonly register: Register;
  readonly title?: string;
  /** Views every reader has, before his own. */
  readonly standardViews?: readonly View[];
  /** Columns shown until the reader chooses his own. */
  readonly columns?: readonly string[];
  /** What a room says in a cell where a field alone would say too little, by the column's name. */
  readonly cells?: Cells;
  /** Stands between the head and the table, e.g. a sentence or a chart. */
  readonly children?: ReactNode;
  /** Buttons left of Import. */
  readonly actions?: ReactNode;
  /** The verb on the button that creates one. */
  readonly createLabel?: string;
}

/** The list of any register: views, search, filter chips in the address, columns, a table of any length, preview, many at once. */
export const RegisterList = ({ register, title, standardViews = [], columns: proposed, cells, children, actions, createLabel }: Props) => {
  const here = useHere();
  const navigate = useNavigate();
  const { search, filters: raw, set } = useUrlFilters();
  const filters = useMemo(() => allowed(register, raw), [register, raw]);
  const list = useRecords(register.name, filters);
  const total = useCount(register.name, filters);
  const everything = useCount(register.name, {});
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const { columns, all, chosen, setChosen } = useColumns(register, proposed, cells);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<string>();
  const [previewing, setPreviewing] = useState(false);
  const phone = useMediaQuery('(max-width: 640px)') ?? false;
  const heading = title ?? registerMany(register.name);
  useTitle(heading);
  // Another list has another selection.
  const [selectedIn, setSelectedIn] = useState(filters);
  if (selectedIn !== filters) {
    setSelectedIn(filters);
    setSelected(new Set());
  }

  const position = rows.findIndex((row) => row.id === cursor);
  const current = rows[position];
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const open = useCallback(
    (row: RecordView) => {
      void navigate({ to: here.to(register.name, row.id) as '/' });
    },
    [navigate, here, register.name],
  );
  const filtered = Object.keys(filters).some((name) => name !== 'sort');
  const count = total.data?.count;
  const create = here.holds(register.permissions.create) && register.permissions.create.length > 0;

  const many = here.holds(register.permissions.change) || here.holds(register.permissions.archive);

  return (
    <div className={`reg${previewing && current !== undefined ? ' with-preview' : ''}`}>
      <div className="list">
        <div className="head">
          <div className="row wrap">
            <h1 tabIndex={-1}>{heading}</h1>
            <span className="mut num" style={{ paddingTop: 3 }} aria-live="polite">
              {count === undefined
                ? ''
                : filtered && everything.data !== undefined
                  ? t('ui.nOf', { n: count.toLocaleString('en'), of: everything.data.count.toLocaleString('en') })
                  : count.toLocaleString('en')}
            </span>
            <span className="grow" />
            {actions}
            {register.importable && here.may('import.run') && holdsOneOf(here.roles, register.permissions.create) ? (
              <Button
                variant="subtle"
                className="no-phone"
                leftSection={<IconUpload size={15} stroke={1.75} aria-hidden />}
                onClick={() => {
                  void navigate({ to: here.to('import', register.name) as '/' });
                }}
              >
                {t('ui.import')}
              </Button>
            ) : null}
            <span className="no-phone">
              <ExportMenu register={register} filters={filters} />
            </span>
            {create ? (
              <Button
                variant="filled"
                leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
                onClick={() => {
                  void navigate({ to: here.to(register.name, 'new') as '/' });
                }}
              >
                {createLabel ?? createWords(register)}
              </Button>
            ) : null}
          </div>
          {children}
          <Views register={register} filters={filters} standard={standardViews} total={everything.data?.count} set={set} raw={raw} />
          <div className="row wrap" style={{ gap: 6 }}>
            <SearchBox value={textOf(search['q']) ?? ''} onChange={(q) => set({ q: q === '' ? undefined : q })} what={heading} />
            <FilterChips register={register} filters={filters} onChange={set} />
            <span className="grow" />
            <span className="no-phone">
              <ColumnsMenu register={register} all={all} chosen={chosen} onChange={setChosen} />
            </span>
          </div>
          {selected.size > 0 ? (
            <BulkBar register={register} records={rows.filter((row) => selected.has(row.id))} onClear={() => setSelected(new Set())} />
          ) : null}
        </div>
        {list.isError ? (
          <div style={{ padding: '12px 32px 12px 0' }}>
            <ProblemView
              error={list.error}
              onRetry={() => {
                void list.refetch();
              }}
              label={(field) => fieldLabel(register.name, field)}
            />
          </div>
        ) : null}
        {list.isPending ? <Waiting lines={8} /> : null}
        {list.isSuccess && rows.length === 0 ? (
          <NoRows
            register={register}
            filtered={filtered}
            create={create}
            onClear={() => set(Object.fromEntries(Object.keys(raw).map((name) => [name, undefined])))}
            onCreate={() => {
              void navigate({ to: here.to(register.name, 'new') as '/' });
            }}
          />
        ) : null}
        {rows.length > 0 ? (
          <DataTable
            label={heading}
            rows={rows}
            columns={phone ? phoneColumns(register) : columns}
            rowHeight={phone ? 60 : 36}
            total={count}
            idOf={idOf}
            nameOf={(row) => row.identifier}
            linkColumn={register.title}
            // oxlint-disable-next-line react/no-unstable-nested-components -- a function that draws, no component
            linkOf={(row, props) =>
              phone ? (
                <PhoneRow register={register} row={row} link={props} />
              ) : (
                <Go to={here.to(register.name, row.id)} {...props}>
                  {titleOf(register, row)}
                </Go>
              )
            }
            onOpen={open}
            cursor={cursor}
            onCursor={setCursor}
            {...(phone ? {} : { onPreview: () => setPreviewing(true) })}
            {...(phone || !many ? {} : { selected, onSelect: setSelected })}
            onLeave={() => {
              if (previewing) setPreviewing(false);
              else setSelected(new Set());
            }}
            sort={textOf(filters['sort'])}
            onSort={(sort) => set({ sort })}
            onEnd={onEnd}
            loadingMore={isFetchingNextPage}
          />
        ) : null}
        {rows.length > 0 ? <Foot loaded={rows.length} count={count} /> : null}
      </div>
      {previewing && current !== undefined ? (
        <Preview
          register={register}
          record={current}
          position={t('ui.nOf', { n: position + 1, of: (count ?? rows.length).toLocaleString('en') })}
          onClose={() => setPreviewing(false)}
        />
      ) : null}
    </div>
  );
};

const idOf = (row: RecordView): string => row.id;
const createWords = (register: Register): string =>
  hasWords(`registers.${register.name}.create`)
    ? t(`registers.${register.name}.create`)
    : t('ui.newOne', { what: inSentence(registerOne(register.name)) });

/** Only what the list endpoint knows: a strange name in the address must not break the page. */
const allowed = (register: Register, filters: Filters): Filters =>
  Object.fromEntries(
    Object.entries(filters).filter(([name, value]) => {
      if (value === undefined) return false;
      const field = register.fields[name.replace(/\.(from|to)$/, '')];
      return name === 'q' || name === 'sort' || (name === 'archived' && value === 'true') || field?.filter === true;
    }),
  );

const Foot = ({ loaded, count }: { loaded: number; count: number | undefined }) => (
  <div className="foot num no-phone">
    <span>{t('ui.rowsLoaded', { loaded: loaded.toLocaleString('en'), of: (count ?? loaded).toLocaleString('en') })}</span>
    <span className="grow" />
    <kbd>Space</kbd> {t('ui.keys.preview')} <kbd>Enter</kbd> {t('ui.keys.open')} <kbd>X</kbd> {t('ui.keys.select')} <kbd>J</kbd>
    <kbd>K</kbd> {t('ui.keys.walk')}
  </div>
);

const phoneColumns = (register: Register): readonly Column<RecordView>[] => [
  { key: register.title, label: registerOne(register.name), cell: () => null },
];
const PhoneRow = ({
  register,
  row,
  link,
}: {
  register: Register;
  row: RecordView;
  link: { className: string; tabIndex: number; 'data-row-link': string };
}) => {
  const here = useHere();
  const field = register.state ?? Object.entries(register.fields).find(([, one]) => one.kind === 'choice' && one.inList === true)?.[0];
  const state = field === undefined ? undefined : row[field];
  return (
    <Go to={here.to(register.name, row.id)} {...link} style={{ display: 'grid', gap: 2, padding: '8px 0' }}>
      <span className="ell">{titleOf(register, row)}</span>
      <span className="row xs dim" style={{ fontWeight: 400 }}>
        <span className="num nw">{row.identifier}</span>
        {typeof state === 'string' ? (
          <>
            <StatusShape value={state} size={12} />
            {choiceLabel(register.name, field ?? '', state)}
          </>
        ) : null}
      </span>
    </Go>
  );
};

const SearchBox = ({ value, onChange, what }: { value: string; onChange: (value: string) => void; what: string }) => {
  const [typed, setTyped] = useState(value);
  const send = useDebouncedCallback(onChange, 200);
  // The address may change by back and forward.
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  return (
    <TextInput
      size="xs"
      w={220}
      className="find"
      type="search"
      aria-label={t('ui.searchIn', { what })}
      placeholder={t('ui.search')}
      leftSection={<IconSearch size={14} stroke={1.75} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        send(event.currentTarget.value.trim());
      }}
    />
  );
};

interface ViewsProps {
  readonly register: Register;
  readonly filters: Filters;
  readonly raw: Filters;
  readonly standard: readonly View[];
  readonly total: number | undefined;
  readonly set: (changes: Filters) => void;
}

const Views = ({ register, filters, raw, standard, total, set }: ViewsProps) => {
  const here = useHere();
  const own = useViews(here.slug, register.name);
  const show = (next: Filters) => set({ ...Object.fromEntries(Object.keys(raw).map((name) => [name, undefined])), ...next });
  const known = [{ name: t('ui.all'), filters: {} }, ...standard, ...own.views];
  const active = known.find((view) => sameFilters(view.filters, filters));
  const isOwn = active !== undefined && own.views.includes(active as View);
  const save = () => {
    // eslint-disable-next-line no-alert -- one short name, asked for where it is used
    const name = window.prompt(t('ui.viewName'))?.trim();
    if (name !== undefined && name !== '') own.save({ name, filters });
  };
  if (known.length === 1 && active !== undefined) return null;
  return (
    <div className="tabs" role="group" aria-label={t('ui.views')}>
      {known.map((view) => (
        <button key={view.name} type="button" aria-current={view === active ? 'true' : undefined} onClick={() => show(view.filters)}>
          {view.name}
          {view.name === t('ui.all') && total !== undefined ? (
            <span className="c">{total.toLocaleString('en')}</span>
          ) : (
            <ViewCount register={register.name} view={view} />
          )}
        </button>
      ))}
      {active === undefined ? (
        <button type="button" onClick={save}>
          <IconPlus size={14} stroke={1.75} aria-hidden />
          {t('ui.saveView')}
        </button>
      ) : null}
      {isOwn ? (
        <button
          type="button"
          className="dim"
          onClick={() => {
            own.remove(active.name);
          }}
        >
          {t('ui.forgetView', { name: active.name })}
        </button>
      ) : null}
    </div>
  );
};

const ViewCount = ({ register, view }: { register: string; view: View }) => {
  const count = useCount(register, view.filters);
  return count.data === undefined ? null : <span className="c">{count.data.count.toLocaleString('en')}</span>;
};

const NoRows = ({
  register,
  filtered,
  create,
  onClear,
  onCreate,
}: {
  register: Register;
  filtered: boolean;
  create: boolean;
  onClear: () => void;
  onCreate: () => void;
}) => {
  if (filtered) return <Empty title={t('ui.noMatch')} action={<Button onClick={onClear}>{t('ui.clearFilters')}</Button>} />;
  const about = `registers.${register.name}.empty`;
  const example = register.examples[0];
  return (
    <Empty
      title={t('ui.noneYet', { what: inSentence(registerMany(register.name)) })}
      {...(example === undefined ? {} : { example: <ExampleLines register={register} example={example} /> })}
      action={create ? <Button onClick={onCreate}>{createWords(register)}</Button> : undefined}
    >
      {hasWords(about) ? t(about) : undefined}
    </Empty>
  );
};

const ExampleLines = ({ register, example }: { register: Register; example: Readonly<Record<string, unknown>> }) => (
  <>
    {Object.entries(example)
      .slice(0, 4)
      .map(([name, value]) => (
        <div key={name}>
          <span className="dim">{fieldLabel(register.name, name)}: </span>
          {Array.isArray(value)
            ? value.map((one) => choiceLabel(register.name, name, String(one))).join(', ')
            : register.fields[name]?.kind === 'choice'
              ? choiceLabel(register.name, name, String(value))
              : String(value)}
        </div>
      ))}
  </>
);
