import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { t } from '../words.ts';
import { useTableKeys } from './keyboard.ts';
import './table.css';

export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  /** Width in pixels; the column without one takes what is left. */
  readonly width?: number;
  readonly align?: 'right';
  /** The sort key of the API; absent = not sortable. */
  readonly sort?: string;
  readonly cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly idOf: (row: Row) => string;
  /** What a screen reader calls the row. */
  readonly nameOf: (row: Row) => string;
  /** What the row's link is called and where it leads. */
  readonly linkOf: (row: Row, props: { className: string; tabIndex: number; 'data-row-link': string }) => ReactNode;
  /** The column that carries the link. */
  readonly linkColumn: string;
  readonly onOpen: (row: Row) => void;
  readonly total?: number | undefined;
  readonly sort?: string | undefined;
  readonly onSort?: (sort: string) => void;
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (selected: ReadonlySet<string>) => void;
  readonly cursor: string | undefined;
  readonly onCursor: (id: string | undefined) => void;
  readonly onPreview?: (row: Row) => void;
  readonly onLeave?: () => void;
  readonly onEnd?: () => void;
  readonly loadingMore?: boolean;
  readonly rowHeight?: number;
}

/**
 * A table of any length: only the rows in sight exist. Rows arrive in pages (`onEnd` asks for the next one).
 * Header sticks, j/k walk, Enter opens, space previews, x selects.
 */
export const DataTable = <Row,>(props: Props<Row>) => {
  const { rows, columns, idOf, cursor, onCursor, selected, onSelect, rowHeight = 36, onEnd, loadingMore = false } = props;
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions are not handed to memoised children
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (rows.length > 0 && lastSeen >= rows.length - 40) onEnd?.();
  }, [lastSeen, rows.length, onEnd]);

  const index = useMemo(() => (cursor === undefined ? -1 : rows.findIndex((row) => idOf(row) === cursor)), [rows, cursor, idOf]);
  const move = useCallback(
    (to: number) => {
      const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
      if (row === undefined) return;
      onCursor(idOf(row));
      virtual.scrollToIndex(rows.indexOf(row), { align: 'auto' });
      // The row may only exist after the scroll has been drawn.
      requestAnimationFrame(() =>
        requestAnimationFrame(() =>
          scroller.current?.querySelector<HTMLElement>(`[data-row-link="${CSS.escape(idOf(row))}"]`)?.focus({ preventScroll: true }),
        ),
      );
    },
    [rows, idOf, onCursor, virtual],
  );
  const toggle = useCallback(
    (id: string) => {
      if (selected === undefined || onSelect === undefined) return;
      const next = new Set(selected);
      if (!next.delete(id)) next.add(id);
      onSelect(next);
    },
    [selected, onSelect],
  );

  const current = rows[index];
  const { onOpen, onPreview, onLeave } = props;
  useTableKeys(
    useMemo(
      () => ({
        next: () => move(index + 1),
        previous: () => move(index < 0 ? 0 : index - 1),
        open: () => {
          if (current !== undefined) onOpen(current);
        },
        ...(onPreview === undefined
          ? {}
          : {
              preview: () => {
                if (current !== undefined) onPreview(current);
              },
            }),
        ...(onSelect === undefined
          ? {}
          : {
              select: () => {
                if (current !== undefined) toggle(idOf(current));
              },
            }),
        ...(onLeave === undefined ? {} : { leave: onLeave }),
      }),
      [move, index, current, onOpen, onPreview, onLeave, onSelect, toggle, idOf],
    ),
  );

  const padTop = items[0]?.start ?? 0;
  const padBottom = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const span = columns.length + (onSelect === undefined ? 0 : 1);
  return (
    <div ref={scroller} className="dt" tabIndex={-1} role="region" aria-label={props.label}>
      <table
        className="table"
        style={{ minWidth: columns.reduce((sum, column) => sum + (column.width ?? 260), 34) }}
        aria-rowcount={(props.total ?? rows.length) + 1}
      >
        <colgroup>
          {onSelect === undefined ? null : <col style={{ width: 34 }} />}
          {columns.map((column) => (
            <col key={column.key} style={column.width === undefined ? {} : { width: column.width }} />
          ))}
        </colgroup>
        <Head {...props} />
        <tbody>
          {padTop > 0 ? (
            <tr aria-hidden="true">
              <td colSpan={span} style={{ height: padTop, padding: 0, border: 0 }} />
            </tr>
          ) : null}
          {items.map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <Line
                key={idOf(row)}
                row={row}
                position={item.index}
                props={props}
                height={rowHeight}
                current={item.index === index}
                first={index < 0 && item.index === 0}
                toggle={toggle}
              />
            );
          })}
          {padBottom > 0 ? (
            <tr aria-hidden="true">
              <td colSpan={span} style={{ height: padBottom, padding: 0, border: 0 }} />
            </tr>
          ) : null}
        </tbody>
      </table>
      {loadingMore ? (
        <div className="xs dim" style={{ padding: 8 }} role="status">
          {t('ui.loadingMore')}
        </div>
      ) : null}
    </div>
  );
};

const Head = <Row,>({ rows, columns, idOf, selected, onSelect, sort, onSort }: Props<Row>) => {
  const all = selected !== undefined && rows.length > 0 && rows.every((row) => selected.has(idOf(row)));
  return (
    <thead>
      <tr>
        {onSelect === undefined ? null : (
          <th scope="col">
            <Checkbox
              size="xs"
              aria-label={t('ui.selectAll')}
              checked={all}
              indeterminate={!all && (selected?.size ?? 0) > 0}
              onChange={() => onSelect(new Set(all ? [] : rows.map(idOf)))}
            />
          </th>
        )}
        {columns.map((column) => {
          const by = column.sort;
          const direction = by === undefined ? undefined : sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : undefined;
          return (
            <th
              key={column.key}
              scope="col"
              className={column.align === 'right' ? 'r' : undefined}
              aria-sort={direction ?? (by === undefined ? undefined : 'none')}
            >
              {by === undefined || onSort === undefined ? (
                column.label
              ) : (
                <button type="button" className="dt-sort" onClick={() => onSort(direction === 'ascending' ? `-${by}` : by)}>
                  {column.label}
                  {direction === 'ascending' ? (
                    <IconArrowUp size={13} stroke={1.75} aria-hidden />
                  ) : direction === 'descending' ? (
                    <IconArrowDown size={13} stroke={1.75} aria-hidden />
                  ) : null}
                </button>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
};

interface LineProps<Row> {
  readonly row: Row;
  readonly position: number;
  readonly props: Props<Row>;
  readonly height: number;
  readonly current: boolean;
  readonly first: boolean;
  readonly toggle: (id: string) => void;
}

const Line = <Row,>({ row, position, props, height, current, first, toggle }: LineProps<Row>) => {
  const { columns, idOf, linkOf, linkColumn, selected, onSelect, onCursor } = props;
  const id = idOf(row);
  const inside = (event: MouseEvent | KeyboardEvent) =>
    event.target instanceof HTMLElement && event.target.closest('a,button,input,label') !== null;
  return (
    <tr
      data-row
      aria-rowindex={position + 2}
      className={`${current ? 'cur' : ''}${selected?.has(id) === true ? ' sel' : ''}`}
      style={{ height }}
      onClick={(event) => {
        if (!inside(event)) {
          onCursor(id);
          props.onPreview?.(row);
        }
      }}
    >
      {onSelect === undefined ? null : (
        <td>
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label={t('ui.selectRow', { row: props.nameOf(row) })}
            checked={selected?.has(id) ?? false}
            onChange={() => toggle(id)}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.key} className={column.align === 'right' ? 'r' : undefined}>
          {column.key === linkColumn
            ? linkOf(row, { className: 'dt-link', tabIndex: current || first ? 0 : -1, 'data-row-link': id })
            : column.cell(row)}
        </td>
      ))}
    </tr>
  );
};
