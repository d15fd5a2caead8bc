import type { OrganisationSettings } from '@aimwell/contract/identity/views';
import { builtRules, rulesNamed, rulesReading } from '@aimwell/core/conformity/all';
import type { Rule } from '@aimwell/core/conformity/rule';
import { run } from '@aimwell/core/conformity/run';
import type { Tx } from '../platform/database/pool.ts';
import { needsJudging, readConformity, readSettings } from './reads.ts';
import { sqlSource } from './source.ts';
import { closeDay, dueRules, lockState, saveResults, type State, takeStale } from './store.ts';
import { known, revision } from './texts.ts';

export interface JudgeOptions {
  /** Judges every rule, whatever is known already. */
  readonly full?: boolean;
  readonly now?: Date;
}

/**
 * Brings the stored answers of the rules up to date: those whose registers were written since, and those whose day has
 * come. The marks of writes go in the same transaction, so that a write that comes meanwhile is judged next time.
 * @param today calendar day in the organisation's time zone, ISO 8601
 * @returns the ids of the rules that ran
 */
export const judge = async (
  tx: Tx,
  organisationId: string,
  today: string,
  { full = false, now = new Date() }: JudgeOptions = {},
): Promise<readonly string[]> => {
  if (organisationId !== tx.organisationId) throw new Error('expected the organisation of the transaction');
  if (!full && !(await needsJudging(tx, today))) return [];
  const state = await lockState(tx);
  const stale = await takeStale(tx);
  const rules = await rulesToRun(tx, { state, stale, today, full });
  if (rules.length > 0) {
    const settings = await readSettings(tx);
    await saveResults(tx, await run(rules, sqlSource(tx), { today, settings, known }), settings, today);
  }
  await closeDay(tx, today, now);
  return [...new Set(rules.map((rule) => rule.id))];
};

const rulesToRun = async (
  tx: Tx,
  {
    state,
    stale,
    today,
    full,
  }: { readonly state: State; readonly stale: readonly string[]; readonly today: string; readonly full: boolean },
): Promise<readonly Rule[]> => {
  const anew = full || state.judgedOn === null || state.judgedOn > today || state.revision !== revision || stale.includes('settings');
  if (anew) return builtRules;
  return rulesNamed([...rulesReading(stale).map((rule) => rule.id), ...(await dueRules(tx, today))]);
};

/** What an auditor would probably say today, judged first where something changed. The command `check` prints the same. */
export const checkConformity = async (tx: Tx, organisationId: string, today: string, options: JudgeOptions = {}) => {
  await judge(tx, organisationId, today, options);
  return readConformity(tx);
};

/** True when external auditors may see the predictions. */
export const isShared = (settings: Readonly<Record<string, unknown>>): boolean =>
  (settings as OrganisationSettings).shareConformityWithAuditors === true;
