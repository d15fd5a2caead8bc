import { addDays } from '../../shared/dates.ts';
import { organisationRule, type Rule } from '../rule.ts';
import { dayOf, numberOf } from '../values.ts';
import { finding, met, notJudged } from '../verdict.ts';

/** Days for which a check of the trail speaks. It runs every night; a week without one means that nobody knows. */
export const CHECK_SPEAKS_DAYS = 7;

/** Clause 7.5.3: the history of the records is what was written. Judged by the newest check over its whole length. */
export const integrityRules: readonly Rule[] = [
  organisationRule({
    id: 'R069',
    facts: { checks: { rows: 'integrity-checks', fields: ['endedOn', 'faultCount', 'from'] } },
    checkAll: ({ facts, today }) => {
      const newest = facts.checks.at(-1);
      const endedOn = dayOf(newest?.endedOn);
      if (newest === undefined || endedOn === null) return notJudged('a check of the trail over its whole length');
      const faults = numberOf(newest.faultCount) ?? 0;
      // What did not verify does not mend itself by growing old.
      if (faults > 0) return finding(seenBy(numberOf(newest.from), faults));
      const until = addDays(endedOn, CHECK_SPEAKS_DAYS);
      return today > until ? notJudged(`a check of the trail later than ${endedOn}`) : met(addDays(until, 1));
    },
  }),
];

const seenBy = (from: number | null, faults: number): string =>
  from !== null
    ? `the record history does not verify from entry ${from}`
    : `${faults} ${faults === 1 ? 'record or file does' : 'records or files do'} not verify`;
