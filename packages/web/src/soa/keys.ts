import type { SoaRow } from '@aimwell/contract/soa/endpoints';
import type { KeyboardEvent } from 'react';

const decisions: Readonly<Record<string, SoaRow['decision']>> = { i: 'included', e: 'excluded', u: 'undecided' };
const cells: Readonly<Record<string, string>> = { s: 'status', o: 'owner', w: 'why', d: 'decision' };

/** Letters belong to whoever is typing, and menus have their own keys. */
const typing = (event: KeyboardEvent): boolean => {
  const at = event.target as HTMLElement;
  return (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    !event.currentTarget.contains(at) ||
    at.closest('input, textarea, select, [role="menu"], [role="listbox"], [contenteditable]') !== null
  );
};

/** J and K, or the arrows on the name of a control, walk from control to control. True when the key was one of them. */
export const moveInRows = (event: KeyboardEvent<HTMLElement>): boolean => {
  const onName = (event.target as HTMLElement).matches('[data-row]');
  const step =
    event.key === 'j' || (onName && event.key === 'ArrowDown') ? 1 : event.key === 'k' || (onName && event.key === 'ArrowUp') ? -1 : 0;
  if (step === 0 || typing(event)) return false;
  const names = [...document.querySelectorAll<HTMLElement>('.soa-list [data-row]')];
  const at = names.indexOf(event.currentTarget.querySelector<HTMLElement>('[data-row]') as HTMLElement);
  const next = names[at + step];
  if (next !== undefined) {
    event.preventDefault();
    next.focus();
    next.closest('li')?.scrollIntoView({ block: 'nearest' });
  }
  return true;
};

/** I, E and U decide. */
export const decisionOfKey = (event: KeyboardEvent<HTMLElement>): SoaRow['decision'] | undefined =>
  typing(event) ? undefined : decisions[event.key];

/** S, O, W and D open what stands in the row. */
export const openCell = (event: KeyboardEvent<HTMLElement>): void => {
  const cell = typing(event) ? undefined : cells[event.key];
  const button = cell === undefined ? null : event.currentTarget.querySelector<HTMLButtonElement>(`[data-cell="${cell}"]`);
  if (button === null) return;
  event.preventDefault();
  button.focus();
  button.click();
};
