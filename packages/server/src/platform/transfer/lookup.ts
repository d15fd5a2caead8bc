import { columnOf, type Register } from '@aimwell/contract/platform/register';
import { registerNamed } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { identifierSql } from '../register/columns.ts';

/** What a text in a reference column points to. */
export type Found = { readonly id: string } | 'none' | 'several';
export type Lookup = (text: string) => Found;

const folded = (text: string) => text.normalize('NFC').trim().toLowerCase();

const add = (map: Map<string, Set<string>>, key: unknown, id: string) => {
  if (typeof key !== 'string' || key.trim() === '') return;
  const ids = map.get(folded(key)) ?? new Set();
  map.set(folded(key), ids.add(id));
};

/** `Head of HR <hr@example.org>` → name and address; a bare address is both. */
export const readPerson = (text: string): { readonly name: string; readonly email: string | null } => {
  const both = /^(.*?)\s*[<(]\s*([^\s<>()@]+@[^\s<>()@]+)\s*[>)]$/u.exec(text.trim());
  if (both !== null && both[1] !== undefined && both[1] !== '') return { name: both[1], email: both[2] ?? null };
  return { name: text.trim(), email: /^[^\s@]+@[^\s@]+$/u.test(text.trim()) ? text.trim() : null };
};

/**
 * Resolves texts to records of one register: by identifier (also in front of a title, as exports write it), by e-mail
 * for people, else by exact title whatever its case. Archived records are not found.
 */
export const openLookup = async (tx: Tx, target: Register): Promise<Lookup> => {
  const title = target.fields[target.title];
  const isPeople = target.name === 'people';
  const rows = await tx.query<{ id: string; identifier: string; title: string | null; email: string | null }>(sql`
    select t.id, ${identifierSql(target)} as identifier, ${sql.ref(`t.${columnOf(target.title, title ?? { kind: 'text', max: 1 })}`)} as title, ${isPeople ? sql`t.email` : sql`null`} as email
    from ${sql.table(target.table)} t where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null`);
  const names = new Map<string, Set<string>>();
  const identifiers = new Map(rows.map(({ identifier, id }) => [identifier, id]));
  for (const row of rows) {
    add(names, row.title, row.id);
    add(names, row.email, row.id);
  }
  const one = (ids: Set<string> | undefined): Found => {
    if (ids === undefined) return 'none';
    const [id] = ids;
    return ids.size > 1 || id === undefined ? 'several' : { id };
  };
  return (text) => {
    const identifier = /^[A-Z]{2,5}-\d{4,9}(?=\s|$)/u.exec(text.trim())?.[0];
    const known = identifier === undefined ? undefined : identifiers.get(identifier);
    if (known !== undefined) return { id: known };
    const byName = one(names.get(folded(text)));
    if (byName !== 'none' || !isPeople) return byName;
    const { name, email } = readPerson(text);
    return email === null ? 'none' : names.has(folded(email)) ? one(names.get(folded(email))) : one(names.get(folded(name)));
  };
};

/** Lookups for every register that the named fields refer to; each is read once. */
export const openLookups = async (tx: Tx, register: Register, fields: readonly string[]): Promise<ReadonlyMap<string, Lookup>> => {
  const found = new Map<string, Lookup>();
  for (const name of fields) {
    const field = register.fields[name];
    if (field === undefined || (field.kind !== 'reference' && field.kind !== 'references') || found.has(field.to)) continue;
    found.set(field.to, await openLookup(tx, registerNamed(field.to)));
  }
  return found;
};
