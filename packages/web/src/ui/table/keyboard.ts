import { useEffect } from 'react';

export interface TableKeys {
  readonly next: () => void;
  readonly previous: () => void;
  readonly open: () => void;
  readonly preview?: () => void;
  readonly select?: () => void;
  readonly leave?: () => void;
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role="dialog"],[role="menu"],[role="listbox"]') !== null);
const pressing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button,a,summary') !== null && target.closest('[data-row]') === null;

/** j/k or arrows move, Enter opens, space previews, x selects, Escape leaves; silent while somebody types or a dialog is open. */
export const useTableKeys = (keys: TableKeys): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || event.defaultPrevented) return;
      const act = actionOf(event, keys);
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [keys]);
};

const actionOf = (event: KeyboardEvent, keys: TableKeys): (() => void) | undefined => {
  const inRow = event.target instanceof HTMLElement && event.target.closest('[data-row]') !== null;
  switch (event.key) {
    case 'j':
      return keys.next;
    case 'k':
      return keys.previous;
    case 'ArrowDown':
      return inRow ? keys.next : undefined;
    case 'ArrowUp':
      return inRow ? keys.previous : undefined;
    case 'Enter':
      return pressing(event.target) ? undefined : keys.open;
    case ' ':
      return pressing(event.target) ? undefined : keys.preview;
    case 'x':
      return keys.select;
    case 'Escape':
      return keys.leave;
    default:
      return undefined;
  }
};
