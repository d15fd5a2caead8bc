import { evidence } from '@aimwell/contract/evidence/evidence';
import { risks } from '@aimwell/contract/risks/risks';
import { systems } from '@aimwell/contract/systems/systems';
import { type Context, createContext, type Organisation } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { cast } from './cast.ts';
import type { Story } from './story.ts';

interface About {
  readonly register: string;
  readonly id: string;
}

/** What the story does with processes; the room of processes carries it out. */
export interface ProcessDeeds {
  shipped(): Promise<readonly string[]>;
  adopt(
    tx: Tx,
    key: string,
    adoption: {
      readonly author: Context;
      readonly signer: Context;
      readonly signature: { readonly person: string; readonly name: string; readonly function: string };
    },
  ): Promise<void>;
  begin(tx: Tx, context: Context, key: string, record: About | null): Promise<string | null>;
  completeNext(
    tx: Tx,
    run: string,
    going: { readonly by: (role: string | null) => Context | null; readonly proof: readonly string[] },
  ): Promise<boolean>;
}

interface Given {
  readonly tx: Tx;
  readonly deeds: ProcessDeeds;
  readonly organisation: Organisation;
  readonly now: Date;
}

/** The processes of the product are adopted, and some runs of them are under way. */
export const tellProcesses = async (story: Story, { tx, deeds, organisation, now }: Given): Promise<void> => {
  const contextOf = (who: keyof typeof cast): Context =>
    createContext({ actor: { kind: 'person', personId: story.people[who], roles: [cast[who].role] }, organisation, now, source: 'demo' });
  const signature = { person: story.people.director, name: cast.director.name, function: cast.director.function };
  for (const key of await deeds.shipped())
    await deeds.adopt(tx, key, { author: contextOf('aims'), signer: contextOf('director'), signature });
  const [candidate] = await story.find(systems, { state: 'candidate' });
  const [risk] = await story.find(risks, {});
  const proof = (await story.find(evidence, {})).map(({ id }) => id);
  const runs = [
    { key: 'aims-life-cycle', steps: 3, record: null },
    { key: 'ai-onboarding', steps: 0, record: candidate === undefined ? null : { register: 'systems', id: candidate.id } },
    { key: 'risk-assessment-treatment', steps: 1, record: risk === undefined ? null : { register: 'risks', id: risk.id } },
    { key: 'certification', steps: 1, record: null },
  ];
  const by = (role: string | null): Context | null => {
    const who = (Object.keys(cast) as (keyof typeof cast)[]).find((one) => role === null || cast[one].role === role);
    return who === undefined ? null : contextOf(who);
  };
  for (const { key, steps, record } of runs) {
    const run = await deeds.begin(tx, contextOf('aims'), key, record);
    if (run === null) continue;
    for (let step = 0; step < steps; step += 1) if (!(await deeds.completeNext(tx, run, { by, proof }))) break;
  }
};
