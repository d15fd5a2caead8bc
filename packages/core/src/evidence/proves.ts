import { type Refusal, refusal } from '../shared/refusal.ts';

/** What evidence can be tied to by a short text: `A.6.2.4`, `9.1`, `9.1-2`, `SYS-0003`. */
export interface Targets {
  readonly controls: readonly string[];
  readonly requirements: readonly string[];
  /** Records of this organisation, by the field that holds them and their number. */
  readonly records: readonly { readonly field: string; readonly number: number; readonly text: string }[];
}

export interface KnownTargets {
  readonly controls: readonly string[];
  /** Ids such as `9.1-2`; a clause stands for all of its requirements. */
  readonly requirements: readonly string[];
  /** Prefix of identifiers → the field of evidence that refers to such records. */
  readonly prefixes: Readonly<Record<string, string>>;
}

/** Sorts what a file is said to prove into controls, requirements and records; every text that is none of them is refused. */
export function sortTargets(
  given: readonly string[],
  known: KnownTargets,
): { readonly targets: Targets } | { readonly refused: readonly Refusal[] } {
  const controls = new Set<string>();
  const requirements = new Set<string>();
  const records = new Map<string, Targets['records'][number]>();
  const refused: Refusal[] = [];
  for (const text of given) {
    const record = /^([A-Z]{2,5})-(\d{1,9})$/.exec(text.toUpperCase());
    const field = record?.[1] === undefined ? undefined : known.prefixes[record[1]];
    const ofClause = /^\d+(\.\d+)*$/.test(text)
      ? known.requirements.filter((id) => id.startsWith(`${text}-`) || id.startsWith(`${text}.`))
      : [];
    const control = known.controls.find((id) => id === text.toUpperCase());
    if (control !== undefined) controls.add(control);
    else if (known.requirements.includes(text)) requirements.add(text);
    else if (ofClause.length > 0) for (const id of ofClause) requirements.add(id);
    else if (field !== undefined) records.set(text.toUpperCase(), { field, number: Number(record?.[2]), text });
    else refused.push(unknown(text, known));
  }
  return refused.length > 0
    ? { refused }
    : { targets: { controls: [...controls], requirements: [...requirements], records: [...records.values()] } };
}

const unknown = (text: string, { prefixes }: KnownTargets): Refusal =>
  refusal(
    'PROVES_NOTHING_KNOWN',
    `expected a control (A.6.2.4), a clause or requirement (9.1, 9.1-2) or a record (${Object.keys(prefixes)
      .map((prefix) => `${prefix}-0001`)
      .join(', ')}), got "${text.slice(0, 60)}"`,
    /^A\.\d+(\.\d+)*$/i.test(text)
      ? 'Controls run from A.2.2 to A.10.4; a number ending in .1 is an objective, not a control.'
      : 'Name what exists.',
    'proves',
  );
