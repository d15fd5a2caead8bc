import { heatStep } from '../ui/status.tsx';
import { t } from '../ui/words.ts';
import './risks.css';

export interface HeatCell {
  readonly likelihood: number;
  readonly consequence: number;
  readonly level: number;
  readonly count?: number;
}
export interface Movement {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}
interface Props {
  readonly likelihood: readonly string[];
  readonly consequence: readonly string[];
  readonly cells: readonly HeatCell[];
  readonly threshold: number;
  readonly chosen?: readonly [number, number] | undefined;
  readonly onChoose?: (likelihood: number, consequence: number) => void;
  /** From likelihood and consequence before treatment to those after it. */
  readonly movement?: Movement | undefined;
  readonly label: string;
}

/** Likelihood by consequence. The heavy line is the acceptance threshold; a cell with risks can be pressed. */
export const HeatMap = ({ likelihood, consequence, cells, threshold, chosen, onChoose, movement, label }: Props) => {
  const max = Math.max(1, ...cells.map(({ level }) => level));
  const at = (l: number, c: number): HeatCell | undefined => {
    const here = cells.filter((cell) => cell.likelihood === l && cell.consequence === c);
    return here.length === 0 ? undefined : here.reduce((sum, cell) => ({ ...sum, count: (sum.count ?? 0) + (cell.count ?? 0) }));
  };
  const above = (l: number, c: number): boolean => (at(l, c)?.level ?? 0) > threshold;
  const rows = likelihood.map((name, index) => ({ name, l: index + 1 })).toReversed();
  return (
    <div
      className="heat"
      role="group"
      aria-label={label}
      style={{ gridTemplateColumns: `minmax(64px, auto) repeat(${consequence.length}, minmax(0, 1fr))` }}
    >
      {rows.map(({ name, l }, row) => [
        <span key={name} className="heat-row xs mut" style={{ gridRow: row + 1 }}>
          {name}
        </span>,
        ...consequence.map((column, index) => {
          const c = index + 1;
          const cell = at(l, c);
          const edge = `${above(l, c) && (c === 1 || !above(l, c - 1)) ? ' edge-l' : ''}${above(l, c) && (l === 1 || !above(l - 1, c)) ? ' edge-b' : ''}`;
          return (
            <Cell
              key={column}
              cell={cell}
              heat={heatStep(cell?.level ?? 0, max)}
              edge={edge}
              row={row}
              column={c}
              name={t('risks.cell', {
                likelihood: name,
                consequence: column,
                level: cell?.level ?? 0,
                count: cell?.count ?? 0,
                side: t(above(l, c) ? 'risks.above' : 'risks.within'),
              })}
              on={chosen?.[0] === l && chosen[1] === c}
              {...(onChoose === undefined ? {} : { onChoose: () => onChoose(l, c) })}
            />
          );
        }),
      ])}
      {consequence.map((column, index) => (
        <span key={column} className="heat-col xs mut" style={{ gridRow: likelihood.length + 1, gridColumn: index + 2 }}>
          {column}
        </span>
      ))}
      <div
        className="heat-over"
        style={{ gridRow: `1 / ${likelihood.length + 1}`, gridColumn: `2 / ${consequence.length + 2}` }}
        aria-hidden="true"
      >
        {movement === undefined ? null : <Moved movement={movement} rows={likelihood.length} columns={consequence.length} />}
      </div>
    </div>
  );
};

const Cell = ({
  cell,
  heat,
  edge,
  row,
  column,
  name,
  on,
  onChoose,
}: {
  cell: HeatCell | undefined;
  heat: number;
  edge: string;
  row: number;
  column: number;
  name: string;
  on: boolean;
  onChoose?: () => void;
}) => {
  const place = { gridRow: row + 1, gridColumn: column + 1 };
  const inside = (
    <>
      <span className="lv" aria-hidden="true">
        {cell?.level}
      </span>
      {cell?.count === undefined ? null : (
        <span className="n" aria-hidden="true">
          {cell.count === 0 ? '–' : cell.count}
        </span>
      )}
    </>
  );
  const look = `heat-cell h${heat}${edge}${on ? ' on' : ''}`;
  if (onChoose === undefined || (cell?.count ?? 0) === 0)
    return (
      <span className={look} style={place}>
        {inside}
        <span className="sr">{name}</span>
      </span>
    );
  return (
    <button type="button" className={look} style={place} aria-pressed={on} aria-label={name} onClick={onChoose}>
      {inside}
    </button>
  );
};

/** How treatment moved a risk: an open ring where it stood, a dotted way, a disc where it stands. */
const Moved = ({ movement: { from, to }, rows, columns }: { movement: Movement; rows: number; columns: number }) => {
  const x = (c: number) => ((c - 0.28) / columns) * 100;
  const y = (l: number) => ((rows - l + 0.5) / rows) * 100;
  return (
    <>
      <svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none">
        <line
          x1={x(from[1])}
          y1={y(from[0])}
          x2={x(to[1])}
          y2={y(to[0])}
          stroke="var(--ink)"
          strokeWidth="2"
          strokeDasharray="3 3"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <i className="from" style={{ left: `${x(from[1])}%`, top: `${y(from[0])}%` }} />
      <i className="to" style={{ left: `${x(to[1])}%`, top: `${y(to[0])}%` }} />
    </>
  );
};
