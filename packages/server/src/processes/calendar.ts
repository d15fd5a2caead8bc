import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Database, Tx } from '../platform/database/pool.ts';
import { ProblemError, refused } from '../platform/errors.ts';
import { tell } from '../platform/identity/founding.ts';
import { newId } from '../platform/ids.ts';
import { momentOf } from './moments.ts';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Makes the address of a person's calendar, in place of the one before. It is shown once; only its hash is kept. */
export const openCalendar = async (tx: Tx, context: Context, publicUrl: string): Promise<string> => {
  const person = personOf(context);
  const token = randomBytes(24).toString('base64url');
  const id = newId();
  await tx.query(sql`delete from process_feeds where organization_id = ${tx.organisationId}::uuid and person_id = ${person}::uuid`);
  await tx.query(sql`
    insert into process_feeds (organization_id, id, person_id, token_hash, created_at)
    values (${tx.organisationId}::uuid, ${id}::uuid, ${person}::uuid, ${hashOf(token)}, ${context.now.toISOString()}::timestamptz)`);
  await tell(tx, context, 'process-feeds', id, 'create', { person, address: hashOf(token) });
  return `${publicUrl}/api/v1/process-calendar/${token}`;
};

/** Since when the person's calendar has an address; null: it has none. */
export const calendarSince = async (tx: Tx, context: Context): Promise<string | null> => {
  const [feed] = await tx.query<{ since: string }>(
    sql`select ${momentOf('created_at')} as since from process_feeds where organization_id = ${tx.organisationId}::uuid and person_id = ${personOf(context)}::uuid`,
  );
  return feed?.since ?? null;
};

export const closeCalendar = async (tx: Tx, context: Context): Promise<void> => {
  const person = personOf(context);
  const gone = await tx.query<{ id: string }>(
    sql`delete from process_feeds where organization_id = ${tx.organisationId}::uuid and person_id = ${person}::uuid returning id`,
  );
  for (const { id } of gone) await tell(tx, context, 'process-feeds', id, 'revoke', { person });
};

const personOf = ({ actor }: Context): string => {
  if (actor.personId !== null) return actor.personId;
  throw refused([{ code: 'PERSON_NEEDED', message: 'expected a person, got a token that stands for nobody', remedy: 'Sign in first.' }]);
};

interface Due {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly due: Date;
  readonly created: Date;
}

/** The calendar behind an address, as iCalendar (RFC 5545). NOT_FOUND when the address is none, or its person has no access any more. */
export const calendarOf = async (database: Database, token: string, publicUrl: string): Promise<string> => {
  const [feed] = await database.callAcross<{ organization_id: string; person_id: string }>(
    sql`select organization_id, person_id from process_feed(${hashOf(token)})`,
  );
  const none = () => new ProblemError('NOT_FOUND', { detail: 'No calendar at this address.' });
  if (feed === undefined) throw none();
  return database.inOrganisation(feed.organization_id, async (tx) => {
    const [who] = await tx.query<{ roles: string[]; slug: string; name: string }>(sql`
      select w.roles, o.slug, o.name from memberships w join organizations o on o.id = w.organization_id where w.organization_id = ${tx.organisationId}::uuid and w.person_id = ${feed.person_id}::uuid
        and w.status = 'active' and coalesce(w.valid_until, 'infinity') >= current_date`);
    if (who === undefined) throw none();
    const tasks = await tx.query<Due>(sql`
      select t.id, t.name, i.title, t.due_at as due, t.created_at as created from process_tasks t join process_instances i on i.organization_id = t.organization_id and i.id = t.instance_id
      where t.organization_id = ${tx.organisationId}::uuid and t.state = 'open' and t.due_at is not null
        and (t.person_id = ${feed.person_id}::uuid or (t.person_id is null and (t.role is null or t.role = any(${who.roles})))) order by t.due_at, t.id limit 1000`);
    return writeCalendar(who.name, tasks, (id) => `${publicUrl}/o/${who.slug}/tasks/${id}`);
  });
};

const escaped = (text: string) => text.replaceAll(/([\\;,])/g, '\\$1').replaceAll(/\r\n|\r|\n/g, '\\n');
const stamp = (moment: Date) => moment.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

/** At most 75 bytes to a line, none of them half a character. */
const folded = (line: string): string => {
  const parts: string[] = [];
  let part = '';
  for (const letter of line) {
    if (Buffer.byteLength(part + letter) > 73) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part].join('\r\n ');
};

export const writeCalendar = (organisation: string, tasks: readonly Due[], addressOf: (id: string) => string): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Aimwell//Tasks//EN',
    `X-WR-CALNAME:${escaped(`Tasks, ${organisation}`)}`,
    ...tasks.flatMap(({ id, name, title, due, created }) => [
      'BEGIN:VEVENT',
      `UID:${id}@aimwell`,
      `DTSTAMP:${stamp(created)}`,
      `DTSTART:${stamp(due)}`,
      `SUMMARY:${escaped(name)}`,
      `DESCRIPTION:${escaped(title)}`,
      `URL:${addressOf(id)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n');
