import type pg from 'pg';
import type { Organisation } from '../context.ts';
import { asOwner } from './target.ts';

/** All organisations of the database. For what concerns the whole installation, by its operator: nobody else has the owner's connection. */
export const organisationsHeld = (owner: pg.ClientConfig): Promise<Organisation[]> =>
  asOwner(owner, async (client) => {
    await client.query('set row_security = off');
    const { rows } = await client.query<Organisation>(
      'select id, slug, name, time_zone as "timeZone", demo, settings from organizations order by id',
    );
    return rows;
  });
