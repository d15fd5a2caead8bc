import { evidence } from '@aimwell/contract/evidence/evidence';
import { columnOf, type Register } from '@aimwell/contract/platform/register';
import { registerNamed, registers } from '@aimwell/contract/registers';
import { soaVersions } from '@aimwell/contract/soa/soa';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { invalid, ProblemError } from '../errors.ts';
import { linkedFields, linkTable } from '../register/ddl.ts';

export type Scope = { readonly kind: 'all' } | { readonly kind: 'soa' } | { readonly kind: 'system'; readonly id: string };

const isUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const scopeProblem = (message: string, remedy: string): ProblemError => invalid([{ code: 'SCOPE', field: 'scope', message, remedy }]);

/** Reads `all`, `soa` or `system:ID` (id or identifier such as SYS-0001). @throws INVALID with the reason */
export const parseScope = (text: string): Scope => {
  if (text === 'all' || text === 'soa') return { kind: text };
  const [, kind, id = ''] = /^(system|audit):(.+)$/.exec(text) ?? [];
  if (kind === 'system' && (isUuid.test(id) || /^SYS-\d{1,9}$/.test(id))) return { kind, id };
  if (kind === 'audit')
    throw scopeProblem(
      'expected a scope that this version has, got an audit: there is no register of audits yet',
      'Use all, soa or system:ID.',
    );
  throw scopeProblem(
    `expected all, soa or system:ID, got ${text.slice(0, 80)}`,
    'Name one of these; ID is that of a system, such as SYS-0001.',
  );
};

interface Edge {
  readonly from: string;
  readonly to: string;
  /** Pairs `source` and `target`, ids both. */
  readonly pairs: RawBuilder<{ source: string; target: string }>;
}

/** Every reference that a declaration makes, as a query of pairs. Reads the past where the transaction is there. */
const edges: readonly Edge[] = registers.flatMap((register): Edge[] => [
  ...Object.entries(register.fields).flatMap(([name, field]): Edge[] =>
    field.kind === 'reference'
      ? [
          {
            from: register.name,
            to: field.to,
            pairs: sql`select id as source, ${sql.ref(columnOf(name, field))} as target from ${sql.table(register.table)}`,
          },
        ]
      : [],
  ),
  ...linkedFields(register).flatMap(([name, field]): Edge[] =>
    field.kind === 'references'
      ? [
          {
            from: register.name,
            to: field.to,
            pairs: sql`select record_id as source, value as target from ${sql.table(linkTable(register, name, field))}`,
          },
        ]
      : [],
  ),
]);

type Found = Map<string, Set<string>>;
const idsOf = (found: Found): string[] => [...found.values()].flatMap((ids) => [...ids]);
const addTo = (found: Found, register: string, ids: readonly string[]) => {
  const known = found.get(register) ?? new Set();
  for (const id of ids) known.add(id);
  found.set(register, known);
};

/** Adds what the found records name (`out`) or what names them (`in`), of the given registers only. True when something was new. */
const follow = async (tx: Tx, found: Found, way: 'in' | 'out', only: (register: string) => boolean): Promise<boolean> => {
  const usable = edges.filter((edge) => only(way === 'out' ? edge.to : edge.from) && found.has(way === 'out' ? edge.from : edge.to));
  if (usable.length === 0) return false;
  const [known, wanted] = way === 'out' ? ['p.source', 'p.target'] : ['p.target', 'p.source'];
  const ids = idsOf(found);
  const rows = await tx.query<{ register: string; id: string }>(
    sql.join(
      usable.map(
        (edge) =>
          sql`(select distinct ${way === 'out' ? edge.to : edge.from}::text as register, ${sql.ref(wanted ?? '')} as id from (${edge.pairs} where organization_id = ${tx.organisationId}::uuid) p where ${sql.ref(known ?? '')} = any(${ids}::uuid[]) and ${sql.ref(wanted ?? '')} is not null)`,
      ),
      sql` union `,
    ),
  );
  const before = idsOf(found).length;
  for (const { register, id } of rows) addTo(found, register, [id]);
  return idsOf(found).length > before;
};

const whole = async (tx: Tx, found: Found, register: Register, where: RawBuilder<unknown> = sql`true`): Promise<void> => {
  const rows = await tx.query<{ id: string }>(
    sql`select t.id from ${sql.table(register.table)} t where t.organization_id = ${tx.organisationId}::uuid and ${where}`,
  );
  addTo(
    found,
    register.name,
    rows.map(({ id }) => id),
  );
};

const isPerson = (register: string) => register === 'people';

/**
 * The Statement of Applicability in force (else the newest): its entries, the plan it rests on with its lines, the risks with
 * assessments and treatments, the own controls, the tests, and the evidence of any of these or of a control.
 */
const soaRecords = async (tx: Tx): Promise<Found> => {
  const found: Found = new Map();
  const [version] = await tx.query<{ id: string }>(
    sql`select id from soa_versions where organization_id = ${tx.organisationId}::uuid order by (state = 'approved') desc, version_number desc nulls last, number desc limit 1`,
  );
  if (version === undefined)
    throw new ProblemError('NOT_FOUND', {
      detail: 'There is no Statement of Applicability to pack.',
      remedy: 'Make a draft first, or use the scope all.',
    });
  addTo(found, soaVersions.name, [version.id]);
  await follow(tx, found, 'in', (register) => register === 'soa-entries');
  await follow(tx, found, 'out', (register) => !isPerson(register));
  await follow(tx, found, 'in', (register) => ['treatment-plan-lines', 'treatments', 'risk-assessments', 'evidence'].includes(register));
  for (const name of ['control-tests', 'scope-statements']) await whole(tx, found, registerNamed(name));
  await whole(
    tx,
    found,
    evidence,
    sql`exists (select 1 from ${sql.table(linkTable(evidence, 'controls', evidence.fields.controls))} l where l.organization_id = t.organization_id and l.record_id = t.id)`,
  );
  await follow(tx, found, 'in', (register) => register === 'evidence');
  await follow(tx, found, 'out', (register) => !isPerson(register));
  await follow(tx, found, 'out', isPerson);
  return found;
};

/** A system, everything that leads to it by references, what these name themselves, and the people named. */
const systemRecords = async (tx: Tx, id: string): Promise<Found> => {
  const found: Found = new Map();
  const [system] = await tx.query<{ id: string }>(
    sql`select id from systems where organization_id = ${tx.organisationId}::uuid and ${isUuid.test(id) ? sql`id = ${id}::uuid` : sql`number = ${Number(id.slice(4))}`}`,
  );
  if (system === undefined)
    throw new ProblemError('NOT_FOUND', { detail: `There is no system ${id} to pack.`, remedy: 'Name a system by its id or identifier.' });
  addTo(found, 'systems', [system.id]);
  while (await follow(tx, found, 'in', () => true));
  // Another system that shares a risk or a file is not what was asked for.
  await follow(tx, found, 'out', (register) => register !== 'systems' && !isPerson(register));
  await follow(tx, found, 'out', isPerson);
  return found;
};

/** The ids of the records that a scope holds; null for everything. */
export const recordsOf = async (tx: Tx, scope: Scope): Promise<readonly string[] | null> =>
  scope.kind === 'all' ? null : idsOf(await (scope.kind === 'soa' ? soaRecords(tx) : systemRecords(tx, scope.id)));
