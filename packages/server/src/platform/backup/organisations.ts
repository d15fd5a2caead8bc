import type pg from 'pg';
import type { Organisation } from '../context.ts';
import { asOwner } from './target.ts';

/** All organisations of the database. For what concerns the whole installation, by its operator: nobody else has the owner's connection. */
export const organisationsHeld = (owner: pg.ClientConfig): Promise<Organisation[]> =>
  asOwner(owner, async (client) => {
    // An owner who is no superuser is held by the policies too: one of them lets him read, the other wants an organisation named.
    await client.query("set app.tenant = '00000000-0000-0000-0000-000000000000'");
    const { rows } = await client.query<Organisation>(
      'select id, slug, name, time_zone as "timeZone", demo, settings from organizations order by id',
    );
    return rows;
  });
