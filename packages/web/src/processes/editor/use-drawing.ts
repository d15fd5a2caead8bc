import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../ui/words.ts';
import { type Changes, createChanges } from './change.ts';
import { createDrawing, type Drawing, showBeginning } from './drawing.ts';
import type { Drawn } from './model.ts';

/** The drawing board while its page is shown. Everything read from it is read anew whenever `seen` changes. */
export interface Board {
  readonly drawing: Drawing;
  readonly changes: Changes;
  /** The one element chosen; null for none or several. */
  readonly chosen: Drawn | null;
  /** Counts what has changed since the board was opened. */
  readonly seen: number;
  readonly choose: (id: string) => void;
  /** Chooses an element that was just added: the next thing typed is its name. */
  readonly nameNew: (added: Drawn) => void;
  /** Counts the changes of the map alone. */
  readonly revision: number;
  /** The element last added so. */
  readonly added: string | null;
}

/** What a part of the properties is given: the board, and the element that it tells of. */
export interface SectionProps {
  readonly board: Board;
  readonly element: Drawn;
}

interface Opened {
  readonly drawing: Drawing;
  readonly changes: Changes;
}

/** Opens a map on a drawing board in the element that `place` is given to. */
export const useDrawing = (xml: string) => {
  const place = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [failed, setFailed] = useState(false);
  const [seen, setSeen] = useState(0);
  const [revision, setRevision] = useState(0);
  const [added, setAdded] = useState<string | null>(null);
  useEffect(() => {
    if (place.current === null) return;
    const drawing = createDrawing(place.current, t('drawing.boardHelp'));
    let gone = false;
    const show = async () => {
      await drawing.open(xml);
      if (gone) return;
      showBeginning(drawing);
      const bus = drawing.get('eventBus');
      bus.on(['selection.changed', 'elements.changed', 'commandStack.changed'], () => setSeen((count) => count + 1));
      bus.on('commandStack.changed', () => setRevision((count) => count + 1));
      setOpened({ drawing, changes: createChanges(drawing) });
    };
    show().catch(() => setFailed(!gone));
    return () => {
      gone = true;
      setOpened(null);
      drawing.destroy();
    };
  }, [xml]);
  const choose = useCallback(
    (id: string) => {
      const found = opened?.drawing.get('elementRegistry').get(id);
      if (opened === null || found === undefined) return;
      opened.drawing.get('selection').select(found);
      opened.drawing.get('canvas').scrollToElement(found, clear);
    },
    [opened],
  );
  const nameNew = useCallback(
    (element: Drawn) => {
      setAdded(element.id);
      choose(element.id);
    },
    [choose],
  );
  // The same board until something on it changes: what shows a large map is not drawn again for a letter typed beside it.
  const board = useMemo<Board | null>(
    () => (opened === null ? null : { ...opened, chosen: chosenOn(opened.drawing), seen, choose, nameNew, revision, added }),
    [opened, seen, choose, nameNew, revision, added],
  );
  return { place, board, failed };
};

/** Pixels kept free around what is chosen; at the left stands the palette. */
const clear = { top: 60, right: 90, bottom: 60, left: 150 };

const chosenOn = (drawing: Drawing): Drawn | null => {
  const [first, second] = drawing.get('selection').get();
  if (second !== undefined) return null;
  // The name of an event stands beside it as an element of its own.
  return first?.labelTarget ?? first ?? null;
};
