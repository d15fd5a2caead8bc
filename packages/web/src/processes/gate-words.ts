import { commandLabel, humanise, registerMany } from '../ui/words.ts';
import type { ProcessMap } from './calls.ts';
import type { Gate } from './gate-calls.ts';

/** A bound command as people read it: `AI systems: Register`. */
export const gateWords = ({ register, command }: Pick<Gate, 'register' | 'command'>): string =>
  `${registerMany(register)}: ${commandLabel(register, command)}`;

/** The name of a process by its key; of one that nobody has adopted, its key in words. */
export const nameOf = (maps: readonly ProcessMap[], key: string): string => maps.find((map) => map.key === key)?.name ?? humanise(key);

/** One entry per command, with every process that it has to do with. */
export const byCommand = (
  gates: readonly Gate[],
): { readonly command: Pick<Gate, 'register' | 'command'>; readonly gates: readonly Gate[] }[] =>
  Object.values(Object.groupBy(gates, ({ register, command }) => `${register} ${command}`)).flatMap((group = []) =>
    group[0] === undefined ? [] : [{ command: group[0], gates: group }],
  );
