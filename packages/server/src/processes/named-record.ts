import { registerNamed } from '@aimwell/contract/registers';
import type { Tx } from '../platform/database/pool.ts';
import { invalid } from '../platform/errors.ts';
import { loadRows } from '../platform/register/read.ts';
import type { RecordOf } from './around.ts';

/** What was sent names a record of this register. INVALID at `field` where it is none of it here: the address is right all the same. */
export const checkNamed = async (tx: Tx, { register, id }: RecordOf, field: string): Promise<void> => {
  if ((await loadRows(tx, registerNamed(register), [id])).length > 0) return;
  throw invalid([
    {
      code: 'RECORD',
      field,
      message: `expected the id of a record of ${register}, got one of none there`,
      remedy: `Name a record of ${register}; its id stands in its address.`,
    },
  ]);
};
