import type { Variables } from '@aimwell/core/processes/instance';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import type { Mail } from '../platform/mail/mail.ts';
import type { JobName } from '@aimwell/contract/processes/job-names';
import { membersWith } from './reminders.ts';

/** What a job knows; `id` is the same at every try. */
export interface JobCall {
  readonly id: string;
  readonly instance: string;
  readonly node: string;
  readonly mail: Mail;
  readonly publicUrl: string;
}

/** Does what a service or send task asks for, and answers the values that the run takes. It may run twice. */
export type Job = (call: JobCall, read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>) => Promise<Variables>;

/** Writes to everybody who holds the role of the step (its lane's, where it names none) that the run has come to it. */
const notify: Job = async ({ id, instance, node, mail, publicUrl }, read) => {
  const letters = await read(async (tx) => {
    const [run] = await tx.query<{ title: string; step: string; role: string | null; organisation: string; slug: string }>(sql`
      select i.title, coalesce(v.graph -> 'nodes' -> ${node} ->> 'name', ${node}) as step, v.graph -> 'nodes' -> ${node} -> 'step' ->> 'role' as role, o.name as organisation, o.slug
      from process_instances i join process_versions v on v.organization_id = i.organization_id and v.id = i.version_id join organizations o on o.id = i.organization_id
      where i.organization_id = ${tx.organisationId}::uuid and i.id = ${instance}::uuid`);
    if (run === undefined || run.role === null) return [];
    return (await membersWith(tx, run.role)).map((to) => ({
      to,
      subject: `${run.step}: ${run.title}`,
      text: `"${run.title}" of ${run.organisation} has come to "${run.step}".\n\n${publicUrl}/o/${run.slug}/runs/${instance}\n`,
    }));
  });
  // Nobody to tell and no mail set up are no failure of the run: its history shows that it passed here.
  if (mail.available) for (const [index, letter] of letters.entries()) await mail.send({ ...letter, id: `${id}-${index}` });
  return { notified: mail.available ? letters.length : 0 };
};

/** What the rules found last, as numbers: `findings`, of which `majors` and `minors`. */
const checkConformity: Job = async (_call, read) =>
  read(async (tx) => {
    const [row] = await tx.query<{ findings: number; majors: number; minors: number }>(sql`
      select found as findings, likely_major as majors, likely_minor as minors from conformity_days where organization_id = ${tx.organisationId}::uuid order by day desc limit 1`);
    if (row === undefined) throw new Error('expected a day on which the rules were run, got none');
    return row;
  });

const known: Readonly<Record<JobName, Job>> = { notify, 'check-conformity': checkConformity };

/** The job of this name; undefined for a name that no release gave one. */
export const jobNamed = (name: string): Job | undefined => (Object.hasOwn(known, name) ? known[name as JobName] : undefined);
