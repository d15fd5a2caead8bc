import type { Register } from '@aimwell/contract/platform/register';
import { type Context, createContext, type Organisation } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import type { RegisterActions } from '../platform/register/actions.ts';
import type { Row } from '../platform/register/columns.ts';
import { findRows } from '../platform/register/read.ts';
import { type StoryMonth, storyCalendar } from './calendar.ts';
import { cast, others, type Who } from './cast.ts';

type Values = Readonly<Record<string, unknown>>;

/** What the chapters tell with. Everything goes through the actions people use, each deed by the one who did it. */
export interface Story {
  readonly today: string;
  on(month: StoryMonth, day: number): string;
  readonly people: Readonly<Record<Who, string>>;
  create(who: Who, register: Register, values: Values): Promise<Row>;
  createAll(who: Who, register: Register, values: readonly Values[]): Promise<Row[]>;
  change(who: Who, register: Register, changes: readonly { readonly id: string; readonly set: Values }[]): Promise<void>;
  /** Runs a command of a record; its input passes the contract as it does over HTTP. */
  run(who: Who, register: Register, id: string, command: string, input?: Values): Promise<Row>;
  find(register: Register, where: Values): Promise<Row[]>;
}

interface Given {
  readonly tx: Tx;
  readonly actions: RegisterActions;
  readonly organisation: Organisation;
  readonly now: Date;
  readonly people: Readonly<Record<Who, string>>;
}

/** Opens a story inside one transaction: it is told to its end or not at all. Recorded on stays the day of loading. */
export const openStory = ({ tx, actions, organisation, now, people }: Given): Story => {
  const everyone = { ...cast, ...others };
  const contextOf = (who: Who): Context =>
    createContext({ actor: { kind: 'person', personId: people[who], roles: [everyone[who].role] }, organisation, now, source: 'demo' });
  const { today } = contextOf('aims');
  const createAll = (who: Who, register: Register, values: readonly Values[]) => actions.create(tx, contextOf(who), register, values);
  return {
    today,
    people,
    createAll,
    on: storyCalendar(today),
    create: async (who, register, values) => {
      const [row] = await createAll(who, register, [values]);
      if (row === undefined) throw new Error(`expected a record of ${register.name}`);
      return row;
    },
    change: async (who, register, changes) =>
      void (await actions.change(
        tx,
        contextOf(who),
        register,
        changes.map(({ id, set }) => ({ id, version: null, set })),
      )),
    run: (who, register, id, name, input = {}) => {
      const command = register.commands.find((declared) => declared.name === name);
      if (command === undefined) throw new Error(`${register.name} has no command ${name}`);
      return actions.command(tx, contextOf(who), register, command, id, null, command.input.parse(input) as Values);
    },
    find: (register, where) => findRows(tx, register, where),
  };
};
