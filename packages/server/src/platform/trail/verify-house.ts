import { registers } from '@aimwell/contract/registers';
import type { Tx } from '../database/pool.ts';
import { checkpointFaults } from './verify-checkpoints.ts';
import { feedFaults } from './verify-feeds.ts';
import { gateFaults } from './verify-gates.ts';
import { historyFaults } from './verify-history.ts';
import { keyFaults, type KnownKeys } from './verify-keys.ts';
import { linkFaults } from './verify-links.ts';
import { sealFaults } from './verify-seals.ts';
import { toldFaults } from './verify-told.ts';
import type { Fault } from './verify-records.ts';

/** Everything that the tree, the newest versions and the files leave unsaid; each of them in a file of its own. */
export const houseFaults = async (tx: Tx, keys: KnownKeys): Promise<Fault[]> => [
  ...(await keyFaults(tx, keys)),
  ...(await checkpointFaults(tx)),
  ...(await historyFaults(tx, registers)),
  ...(await linkFaults(tx, registers)),
  ...(await toldFaults(tx)),
  ...(await sealFaults(tx)),
  ...(await gateFaults(tx)),
  ...(await feedFaults(tx)),
];
