import { Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { t } from '../../ui/words.ts';
import { showWhole } from './drawing.ts';
import type { Board } from './use-drawing.ts';

/** Undo, redo, what the page adds, and how much of the map is seen. */
export const Tools = ({ board, children }: { board: Board; children: ReactNode }) => {
  const { get } = board.drawing;
  const stack = get('commandStack');
  const zoom = (by: number) => get('canvas').zoom(Math.min(4, Math.max(0.2, get('canvas').zoom() * by)));
  return (
    <div className="row wrap pr-tools no-print" role="toolbar" aria-label={t('drawing.tools')}>
      <Button size="xs" disabled={!stack.canUndo()} leftSection={<IconArrowBackUp size={15} stroke={1.75} />} onClick={() => stack.undo()}>
        {t('drawing.undo')}
      </Button>
      <Button
        size="xs"
        disabled={!stack.canRedo()}
        leftSection={<IconArrowForwardUp size={15} stroke={1.75} />}
        onClick={() => stack.redo()}
      >
        {t('drawing.redo')}
      </Button>
      {children}
      <span className="grow" />
      <Button size="xs" variant="subtle" onClick={() => zoom(1.25)}>
        {t('processes.larger')}
      </Button>
      <Button size="xs" variant="subtle" onClick={() => zoom(0.8)}>
        {t('processes.smaller')}
      </Button>
      <Button size="xs" variant="subtle" onClick={() => showWhole(board.drawing)}>
        {t('processes.whole')}
      </Button>
    </div>
  );
};

/** Ctrl+Z and Ctrl+Y anywhere on the page but in a text, which has an undo of its own, and on the board, which sees to it itself. */
export const useUndoKeys = (board: Board | null): void => {
  useEffect(() => {
    if (board === null) return;
    const stack = board.drawing.get('commandStack');
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      if (!(target instanceof Element) || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (target.closest('input, textarea, [contenteditable], .djs-container') !== null) return;
      const key = event.key.toLowerCase();
      if (key === 'z' && !event.shiftKey && stack.canUndo()) stack.undo();
      else if ((key === 'y' || (key === 'z' && event.shiftKey)) && stack.canRedo()) stack.redo();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [board]);
};
