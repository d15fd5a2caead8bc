import path from 'node:path';
import { rotateLogKey } from '@aimwell/server/platform/trail/keys';
import { tellRotationsEverywhere } from '@aimwell/server/platform/trail/rotations';
import { publicKeyPem } from '@aimwell/server/platform/trail/signing';
import { Command } from 'commander';
import { withHouse } from './house.ts';
import { print, say } from './output.ts';

/** `aimwell rotate-log-key`: signs checkpoints with a new key from now on. */
export const rotateKeyCommand = (): Command =>
  new Command('rotate-log-key')
    .description('Sign checkpoints with a new key from now on; the old one vouches for it and stays known.')
    .addHelpText(
      'after',
      '\nPrints the new public key as PEM. A running server takes it up by itself.\n\nExamples:\n  npx aimwell rotate-log-key > log-key.pem',
    )
    .action(() =>
      withHouse(async ({ config, database, migrated, now }) => {
        const key = await rotateLogKey(path.join(config.dataDirectory, 'keys'), migrated.sequencer, now());
        await tellRotationsEverywhere(database, now());
        say('Hand the new key to those who keep the old one. Back up the keys folder.');
        print(publicKeyPem(key.publicKey).trim());
      }),
    );
