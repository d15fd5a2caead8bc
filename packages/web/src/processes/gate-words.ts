import { commandLabel, humanise, registerMany } from '../ui/words.ts';
import type { ProcessMap } from './calls.ts';
import type { Gate } from './gate-calls.ts';

/** A bound command as people read it: `AI systems: Register`. */
export const gateWords = ({ register, command }: Pick<Gate, 'register' | 'command'>): string =>
  `${registerMany(register)}: ${commandLabel(register, command)}`;

/** The name of a process by its key; of one that nobody has adopted, its key in words. */
export const nameOf = (maps: readonly ProcessMap[], key: string): string => maps.find((map) => map.key === key)?.name ?? humanise(key);
