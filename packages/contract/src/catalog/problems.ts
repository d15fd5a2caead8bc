/** One sentence for each value that occurs more than once. */
export function duplicates(where: string, ids: readonly string[]): string[] {
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...twice].map((id) => `${where}: ${id} occurs more than once`);
}

/** One sentence for each reference that does not exist. */
export function unknowns(where: string, what: string, references: readonly string[], known: ReadonlySet<string>): string[] {
  return references.filter((reference) => !known.has(reference)).map((reference) => `${where}: unknown ${what} ${reference}`);
}

/** A sentence when a count is not what the standard has. */
export function count(where: string, what: string, expected: number, got: number): string[] {
  return expected === got ? [] : [`${where}: expected ${expected} ${what}, got ${got}`];
}

export const idsOf = <T>(items: readonly T[], id: (item: T) => string): ReadonlySet<string> => new Set(items.map(id));
