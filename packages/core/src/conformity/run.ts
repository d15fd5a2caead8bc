import { factKey, type Pass, type PlannedRead, planFor } from './plan.ts';
import { conclude, count, named, newTally, type RuleResult, type Tally } from './result.ts';
import type { Circumstances, FactRead, FactValue, Overall, Rule } from './rule.ts';
import { listOf, type Seen } from './values.ts';
import type { Verdict } from './verdict.ts';

/** Where the records come from: memory in tests and what-ifs, SQL in the server. Archived records do not exist here. */
export interface Source {
  /** The next records in the order of their ids after `after`; an empty page is the end. */
  page(read: { readonly register: string; readonly fields: readonly string[]; readonly after: string | null }): Promise<readonly Seen[]>;
  /** Records whose field `theirs` (`id` among them) has one of the keys. */
  matching(read: {
    readonly register: string;
    readonly fields: readonly string[];
    readonly theirs: string;
    readonly keys: readonly string[];
  }): Promise<readonly Seen[]>;
  fact(read: FactRead): Promise<FactValue>;
}

/**
 * Runs the rules over the records and answers once for each rule id. Registers are streamed, each once, page by page.
 * The answer depends on the records, the settings, the catalog and the day alone: a full run and a run of some rules agree.
 */
export const run = async (rules: readonly Rule[], source: Source, circumstances: Circumstances): Promise<RuleResult[]> => {
  const plan = planFor(rules);
  const facts = new Map<string, FactValue>();
  for (const [key, read] of plan.facts) facts.set(key, await source.fact(read));
  const tallies = new Map<string, Tally>();
  for (const rule of rules) if (!tallies.has(rule.id)) tallies.set(rule.id, newTally(rule.id, rule.whenEmpty));
  const shared = {
    circumstances,
    tallies,
    factsOf: (rule: Rule) => Object.fromEntries(Object.entries(rule.facts).map(([name, read]) => [name, facts.get(factKey(read)) ?? 0])),
  };
  for (const rule of rules)
    if (rule.kind === 'organisation') takeOverall(tallies, rule.id, rule.checkAll({ ...circumstances, facts: shared.factsOf(rule) }));
  for (const pass of plan.passes) await stream(pass, source, shared);
  return [...tallies.values()].map(conclude);
};

interface Shared {
  readonly circumstances: Circumstances;
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly factsOf: (rule: Rule) => Readonly<Record<string, FactValue>>;
}

const stream = async (pass: Pass, source: Source, { circumstances, tallies, factsOf }: Shared): Promise<void> => {
  const { today, settings, known } = circumstances;
  const judges = pass.rules.map(({ rule, keys }) => ({
    rule,
    names: Object.entries(keys),
    facts: factsOf(rule),
    tally: tallies.get(rule.id),
  }));
  for (let page = await source.page({ register: pass.subject, fields: pass.fields, after: null }); page.length > 0;) {
    const neighbours = new Map<string, Neighbours>();
    for (const read of pass.reads) neighbours.set(read.key, await neighboursOf(page, read, source));
    for (const subject of page) {
      for (const { rule, names, facts, tally } of judges) {
        const related =
          names.length === 0 ? nobody : Object.fromEntries(names.map(([name, key]) => [name, neighbours.get(key)?.(subject) ?? []]));
        if (tally !== undefined)
          count(tally, rule.check({ today, settings, known, subject, related, facts }), { register: pass.subject, record: subject });
      }
    }
    page = await source.page({ register: pass.subject, fields: pass.fields, after: page.at(-1)?.id ?? null });
  }
};

const nobody = {};

type Neighbours = (subject: Seen) => readonly Seen[];

const neighboursOf = async (page: readonly Seen[], read: PlannedRead, source: Source): Promise<Neighbours> => {
  const keys = [...new Set(page.flatMap((subject) => listOf(subject[read.mine])))];
  const index = new Map<string, Seen[]>();
  for (const record of keys.length === 0
    ? []
    : await source.matching({ register: read.register, fields: read.fields, theirs: read.theirs, keys })) {
    for (const key of listOf(record[read.theirs])) {
      const there = index.get(key);
      if (there === undefined) index.set(key, [record]);
      else there.push(record);
    }
  }
  return (subject) => {
    const mine = listOf(subject[read.mine]);
    // Two lists may share more than one entry; the neighbour is still one.
    return mine.length === 1 ? (index.get(mine[0] ?? '') ?? []) : [...new Set(mine.flatMap((key) => index.get(key) ?? []))];
  };
};

const takeOverall = (tallies: ReadonlyMap<string, Tally>, id: string, answer: Verdict | Overall): void => {
  const tally = tallies.get(id);
  if (tally === undefined) return;
  const overall: Overall = 'verdict' in answer ? answer : { verdict: answer };
  count(tally, overall.verdict);
  if (overall.verdict.kind !== 'finding') return;
  tally.population = overall.population ?? tally.population;
  tally.affected = overall.affected ?? tally.affected;
  for (const { register, record, seen } of overall.records ?? []) tally.found.push({ ...named(register, record), seen });
};
