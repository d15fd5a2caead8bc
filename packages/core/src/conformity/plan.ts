import { type FactRead, linkSides, type Rule, type SubjectRule } from './rule.ts';

/** One way from a page of subjects to their neighbours, shared by every rule that takes it. */
export interface PlannedRead {
  readonly key: string;
  readonly register: string;
  readonly fields: readonly string[];
  /** Their field that must share a value with `mine` of the subject. */
  readonly theirs: string;
  readonly mine: string;
}

/** One pass over a register: what to read of each record and its neighbours, and which rules then judge it. */
export interface Pass {
  readonly subject: string;
  readonly fields: readonly string[];
  readonly reads: readonly PlannedRead[];
  readonly rules: readonly { readonly rule: SubjectRule; readonly keys: Readonly<Record<string, string>> }[];
}

export interface Plan {
  readonly passes: readonly Pass[];
  readonly facts: ReadonlyMap<string, FactRead>;
}

/** Lays the reads of many rules together, so that each register is streamed once however many rules judge it. */
export const planFor = (rules: readonly Rule[]): Plan => {
  const bySubject = Map.groupBy(
    rules.filter((rule) => rule.kind === 'subject'),
    (rule) => rule.subject,
  );
  // In one order whichever rules are asked, so that examples and first reasons are the same alone and in company.
  const subjects = [...bySubject].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { passes: subjects.map(([subject, judging]) => passOver(subject, judging)), facts: sharedFacts(rules) };
};

const passOver = (subject: string, rules: readonly SubjectRule[]): Pass => {
  const fields = new Set(rules.flatMap((rule) => rule.fields));
  const reads = new Map<string, PlannedRead>();
  const judging = rules.map((rule) => ({
    rule,
    keys: Object.fromEntries(
      Object.entries(rule.related).map(([name, read]) => {
        const { theirs, mine } = linkSides(read);
        const key = `${read.register}.${theirs}=${mine}`;
        if (mine !== 'id') fields.add(mine);
        reads.set(key, {
          key,
          register: read.register,
          theirs,
          mine,
          fields: union(reads.get(key)?.fields ?? [], read.fields, theirs === 'id' ? [] : [theirs]),
        });
        return [name, key];
      }),
    ),
  }));
  return { subject, fields: [...fields], reads: [...reads.values()], rules: judging };
};

/** Facts by the key that `factKey` gives them; the same register read twice is read once with the fields of both. */
const sharedFacts = (rules: readonly Rule[]): ReadonlyMap<string, FactRead> => {
  const facts = new Map<string, FactRead>();
  for (const read of rules.flatMap((rule) => Object.values(rule.facts))) {
    const before = facts.get(factKey(read));
    facts.set(
      factKey(read),
      'rows' in read && before !== undefined && 'rows' in before ? { rows: read.rows, fields: union(before.fields, read.fields) } : read,
    );
  }
  return facts;
};

export const factKey = (read: FactRead): string =>
  'rows' in read ? `rows ${read.rows}` : `count ${read.count} ${JSON.stringify(read.where ?? {})}`;

const union = (...lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())];
