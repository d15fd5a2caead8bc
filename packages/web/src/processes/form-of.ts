import type { Command, Register } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import { type Question, readAsk } from '@aimwell/core/processes/ask';

/** What a step's form asks for: nothing but a tick, questions of the map, a record, fields of a record, or a command of one. */
export type TaskForm =
  | { readonly kind: 'tick' }
  | { readonly kind: 'ask'; readonly questions: readonly Question[] }
  | { readonly kind: 'create' | 'patch'; readonly register: Register }
  | { readonly kind: 'command'; readonly register: Register; readonly command: Command }
  | { readonly kind: 'unknown' };

/** Reads a form as the map names it: `systems:create`, `soa-versions:approve`, `ask:ready:boolean`; null is a tick. */
export const formOf = (form: string | null): TaskForm => {
  if (form === null) return { kind: 'tick' };
  const questions = readAsk(form);
  if (questions !== null) return { kind: 'ask', questions };
  const [name, deed] = form.split(':');
  const register = registers.find((one) => one.name === name);
  if (register === undefined) return { kind: 'unknown' };
  if (deed === 'create' || deed === 'patch') return { kind: deed, register };
  const command = register.commands.find((one) => one.name === deed);
  return command === undefined ? { kind: 'unknown' } : { kind: 'command', register, command };
};
