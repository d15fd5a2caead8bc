import { registers } from '@aimwell/contract/registers';
import { formWords } from './step-words.ts';

/** Every action of a register that a step's form can be, in words: `systems:create`, `soa-versions:approve`. */
export const formChoices = (): { value: string; label: string }[] =>
  [
    ...new Set(
      registers.flatMap((register) => [
        ...(register.permissions.create.length === 0 ? [] : [`${register.name}:create`]),
        ...(register.permissions.change.length === 0 ? [] : [`${register.name}:patch`]),
        ...register.commands.map((command) => `${register.name}:${command.name}`),
      ]),
    ),
  ].map((value) => ({ value, label: formWords(value) ?? value }));
