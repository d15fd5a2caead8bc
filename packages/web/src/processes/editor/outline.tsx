import { memo, useRef } from 'react';
import { Shape } from '../../ui/shapes.tsx';
import { t } from '../../ui/words.ts';
import { kindWords, nameOf } from './kinds.ts';
import { type Drawn, kindOf } from './model.ts';
import { remove } from './moves.tsx';
import type { MapProblem } from './use-check.ts';
import type { Board } from './use-drawing.ts';

interface Props {
  readonly board: Board;
  readonly problems: readonly MapProblem[];
}
interface Line {
  readonly element: Drawn;
  readonly depth: number;
}

/**
 * Every element of the map as a list, in the order in which it is read: lanes and steps from left to right, each followed by its ways
 * on. Up and down choose, Enter goes to its properties, Delete takes it out.
 */
export const Outline = memo(function Outline({ board, problems }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const lines = linesOf(board);
  const at = lines.findIndex(({ element }) => element === board.chosen);
  const worst = (id: string) => problems.filter(({ element }) => element === id).map(({ severity }) => severity)[0];
  const goTo = (index: number) => {
    const line = lines[Math.min(lines.length - 1, Math.max(0, index))];
    if (line === undefined) return;
    board.choose(line.element.id);
    list.current?.querySelector(`#${CSS.escape(optionOf(line.element))}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKey = (event: React.KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 };
    const to = steps[event.key];
    if (to !== undefined) goTo(to);
    else if (event.key === 'Enter') document.querySelector<HTMLElement>('#pr-name')?.focus();
    else if (event.key === 'Delete' && board.chosen !== null) {
      remove(board, board.chosen);
    } else return;
    event.preventDefault();
  };
  return (
    <ul
      ref={list}
      className="pr-outline"
      role="listbox"
      tabIndex={0}
      aria-label={t('drawing.elements')}
      {...(at < 0 ? {} : { 'aria-activedescendant': optionOf(lines[at]?.element as Drawn) })}
      onKeyDown={onKey}
    >
      {lines.map(({ element, depth }, index) => (
        // oxlint-disable-next-line click-events-have-key-events -- the list takes the keys
        <li
          key={element.id}
          id={optionOf(element)}
          role="option"
          aria-selected={index === at}
          style={{ paddingLeft: 16 + depth * 14 }}
          onClick={() => board.choose(element.id)}
        >
          <span className="grow ell">{nameOf(element)}</span>
          <span className="xs dim">{kindWords(element)}</span>
          {worst(element.id) === undefined ? null : (
            <span title={t(`drawing.severities.${worst(element.id)}`)}>
              <Shape kind={worst(element.id) === 'error' ? 'diamond' : 'triangle'} tone={worst(element.id) === 'error' ? 'bad' : 'warn'} />
              <span className="sr">{t(`drawing.severities.${worst(element.id)}`)}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
});

const optionOf = (element: Drawn): string => `pr-el-${element.id}`;

/** Lanes and shapes by their place, flows after the step that they leave. */
const linesOf = ({ drawing }: Board): readonly Line[] => {
  const root = drawing.get('canvas').getRootElement();
  const walk = (parent: Drawn, depth: number): Line[] => {
    const shapes = (parent.children ?? []).filter(
      (one) => one.labelTarget === undefined && one.source === undefined && one.type !== 'label',
    );
    return shapes
      .toSorted((one, other) => Number(kindOf(other) === 'Lane') - Number(kindOf(one) === 'Lane') || one.x - other.x || one.y - other.y)
      .flatMap((element) => [
        { element, depth },
        ...(element.outgoing ?? []).map((flow) => ({ element: flow, depth: depth + 1 })),
        ...walk(element, depth + 1),
      ]);
  };
  return walk(root, 0);
};
