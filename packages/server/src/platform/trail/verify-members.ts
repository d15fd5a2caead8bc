import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { canonicalJson } from './envelope.ts';
import type { Fault } from './verify-records.ts';
import { readSaid } from './verify-said.ts';

/** What the trail was told about the organisation itself, one change after the other; null where the words were erased. */
interface Told {
  readonly record: string;
  readonly command: string;
  readonly said: Readonly<Record<string, unknown>> | null;
  readonly seq: number | null;
}
type Values = Readonly<Record<string, unknown>>;

const readTold = async (tx: Tx, register: string): Promise<Told[]> => {
  const rows = await tx.query<Omit<Told, 'said'> & { readonly payload: Buffer | null }>(sql`
    select e.record_id as record, e.command, p.payload, l.seq
    from trail_entries e left join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
    left join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
    where e.organization_id = ${tx.organisationId}::uuid and e.register = ${register} and e.record_id is not null and e.command not in ('read', 'export')
    order by e.record_id, l.seq nulls last, e.id`);
  return rows.map(({ payload, ...row }) => ({ ...row, said: readSaid(payload) }));
};

/** Holds organisation, memberships, invitations and tokens against what their entries say of them. */
export const memberFaults = async (tx: Tx): Promise<Fault[]> => [
  ...(await compare(tx, 'memberships', 'The membership', membershipSaid)),
  ...(await compare(tx, 'invitations', 'The invitation', invitationSaid)),
  ...(await compare(tx, 'api-tokens', 'The token', tokenSaid)),
  ...(await compare(tx, 'organisation', 'The organisation', organisationSaid)),
];

/** What should stand in the row after these changes; null when it should be gone, "unknown" where erased words would have said. */
type Replay = (changes: readonly Told[], all: readonly Told[]) => Values | null | 'unknown';

const rowsOf = (tx: Tx, register: string) => {
  const mine = sql`organization_id = ${tx.organisationId}::uuid`;
  const day = (name: string) => sql`${sql.ref(name)}::text as ${sql.ref(name)}`;
  const queries = {
    memberships: sql`select id, person_id, email, roles, status, ${day('valid_from')}, ${day('valid_until')} from memberships where ${mine}`,
    invitations: sql`select id, email, name, roles, ${day('valid_from')}, ${day('valid_until')}, token_hash, accepted_at is not null as accepted, revoked_at is not null as revoked from invitations where ${mine}`,
    'api-tokens': sql`select id, name, role, only_for, person_id, token_hash, revoked_at is not null as revoked, round(extract(epoch from expires_at - created_at) / 86400)::integer as days from api_tokens where ${mine}`,
    organisation: sql`select id, slug, name, time_zone, settings - 'firstHour' as settings from organizations where id = ${tx.organisationId}::uuid`,
  };
  return tx.query<Values & { readonly id: string }>(queries[register as keyof typeof queries] as never);
};

const compare = async (tx: Tx, register: string, what: string, replay: Replay): Promise<Fault[]> => {
  const rows = new Map((await rowsOf(tx, register)).map((row) => [row.id, row]));
  const all = await readTold(tx, register);
  const told = Map.groupBy(all, ({ record }) => record);
  return [...new Set([...rows.keys(), ...told.keys()])].flatMap((id): Fault[] => {
    const changes = told.get(id) ?? [];
    const row = rows.get(id);
    const fault = (message: string): Fault[] => [
      { what: 'record', entry: changes.at(-1)?.seq ?? null, message: `${what} ${id}${message}` },
    ];
    if (!changes.some(({ command }) => command === 'create')) return row === undefined ? [] : fault(' has no entry');
    const said = replay(changes, all);
    if (said === 'unknown') return [];
    if (said === null) return row === undefined ? [] : fault(' is there, though its newest entry says that it is gone');
    if (row === undefined) return fault(' has an entry and is not there');
    // What the entries of an older release did not say is not known.
    const differing = Object.entries(said).filter(
      ([name, value]) => value !== undefined && canonicalJson(value) !== canonicalJson(row[name] ?? null),
    );
    return differing.length === 0 ? [] : fault(`: ${differing.map(([name]) => name).join(', ')} differ from what its entries say`);
  });
};

const membershipSaid: Replay = (changes) => {
  if (changes.some(({ command }) => command === 'remove')) return null;
  if (changes.some(({ said }) => said === null)) return 'unknown';
  const [created, ...later] = changes.map(({ said }) => said ?? {});
  const to = (later.filter((said) => 'to' in said).at(-1)?.['to'] ?? created) as Values;
  return {
    person_id: created?.['person'],
    email: created?.['email'],
    roles: to['roles'],
    status: to['status'] ?? 'active',
    valid_from: to['validFrom'] ?? null,
    valid_until: to['validUntil'] ?? null,
  };
};

const invitationSaid: Replay = (changes, all) => {
  const created = changes.find(({ command }) => command === 'create')?.said;
  if (created === null || created === undefined) return 'unknown';
  return {
    email: created['email'],
    name: created['name'],
    roles: created['roles'],
    valid_from: created['validFrom'] ?? null,
    valid_until: created['validUntil'] ?? null,
    token_hash: created['tokenHash'],
    accepted: changes.some(({ command }) => command === 'accept'),
    revoked: changes.some(({ command }) => command === 'revoke') || isFollowed(changes, all, created['email']),
  };
};

/** A newer invitation to the same address ends an open one without an entry of its own; undefined where nobody can tell which is newer. */
const isFollowed = (changes: readonly Told[], all: readonly Told[], email: unknown): boolean | undefined => {
  const [own] = changes;
  if (own === undefined || changes.some(({ command }) => command === 'accept')) return false;
  const later = all.filter(
    ({ command, record, said, seq }) =>
      command === 'create' &&
      record !== own.record &&
      (said === null || said['email'] === email) &&
      (seq === null || (own.seq !== null && seq > own.seq)),
  );
  if (later.length === 0) return false;
  return own.seq !== null && later.some(({ said }) => said !== null) ? true : undefined;
};

const tokenSaid: Replay = (changes) => {
  const created = changes.find(({ command }) => command === 'create')?.said;
  if (created === null || created === undefined) return 'unknown';
  return {
    name: typeof created['name'] === 'string' ? created['name'].trim() : undefined,
    role: created['role'],
    only_for: created['only'] ?? null,
    person_id: created['person'] ?? null,
    days: created['days'],
    token_hash: created['tokenHash'],
    revoked: changes.some(({ command }) => command === 'revoke'),
  };
};

const organisationSaid: Replay = (changes) => {
  if (changes.some(({ said }) => said === null)) return 'unknown';
  const [created, ...later] = changes.filter(({ command }) => command === 'create' || command === 'change').map(({ said }) => said ?? {});
  let state: Values = { name: created?.['name'], time_zone: created?.['timeZone'], settings: {} };
  for (const { from, change } of later as { from?: Values; change?: Values }[]) {
    // A change of something that does not stand in this row.
    if (from === undefined) continue;
    state = {
      name: change?.['name'] ?? from?.['name'] ?? state['name'],
      time_zone: change?.['timeZone'] ?? from?.['timeZone'] ?? state['time_zone'],
      settings: { ...(from?.['settings'] as Values), ...(change?.['settings'] as Values) },
    };
  }
  const { firstHour: _firstHour, ...settings } = state['settings'] as Values;
  return { ...state, slug: created?.['slug'], settings };
};
