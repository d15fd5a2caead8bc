import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { parseVerifierKey } from '@aimwell/core/trail/note';
import { type LogKey, openNote, rawPublicKey, signText, verifierKeyOf } from './signing.ts';

/** What may run the statements below: a pool or client of the sequencer's login. */
type Connection = Pick<pg.Pool, 'query'>;

/** Name under which the old key vouches for the new one. */
export const ROTATION = 'aimwell/keys';

// Each key has a file of its own, so that a change of keys never moves or overwrites one.
const fileOf = (directory: string, id: string) => path.join(directory, `log-key-${id.slice(0, 16)}.pem`);

const logKey = (privateKey: KeyObject): LogKey => {
  const publicKey = rawPublicKey(createPublicKey(privateKey));
  if (publicKey === null) throw new Error('expected an Ed25519 key as the key of the log');
  return { id: hash('sha256', publicKey, 'hex'), publicKey, privateKey };
};

const readKey = async (directory: string, id: string): Promise<LogKey | null> => {
  try {
    const key = logKey(createPrivateKey(await readFile(fileOf(directory, id), 'utf8')));
    return key.id === id ? key : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

const makeKey = async (directory: string): Promise<LogKey> => {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const key = logKey(generateKeyPairSync('ed25519').privateKey);
  // A key that signs must outlive the power: it is on the disk before anybody hears of it.
  const handle = await open(fileOf(directory, key.id), 'wx', 0o600);
  await handle.writeFile(key.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await handle.sync();
  await handle.close();
  return key;
};

const activeKey = async (connection: Connection): Promise<string | null> => {
  const { rows } = await connection.query<{ id: string }>('select id from trail_keys where retired_at is null');
  return rows[0]?.id ?? null;
};

const register = (connection: Connection, key: LogKey, now: Date, endorsement: string | null) =>
  connection.query('insert into trail_keys (id, public_key, created_at, endorsement) values ($1, $2, $3, $4) on conflict do nothing', [
    key.id,
    Buffer.from(key.publicKey),
    now.toISOString(),
    endorsement,
  ]);

/**
 * The key that signs now: made at the first start, in a file of mode 0600 in `directory`. Null when the database names a key
 * that is not here: then this server must not sign, since those who hold the published key could not check it.
 */
export const openLogKey = async (directory: string, connection: Connection, now: Date): Promise<LogKey | null> => {
  if ((await activeKey(connection)) === null) await register(connection, await makeKey(directory), now, null);
  const active = await activeKey(connection);
  return active === null ? null : readKey(directory, active);
};

/** The key for which one of the known ones vouches by this note; null where none does. */
export const endorsedKey = (note: string, known: readonly Uint8Array[]): Uint8Array | null => {
  const said = openNote(note, ROTATION, known);
  if ('refused' in said) return null;
  const [old = '', fresh = ''] = said.value.split('\n');
  const parsed = parseVerifierKey(fresh);
  return old.startsWith(`${ROTATION}+`) && 'value' in parsed && parsed.value.name === ROTATION ? parsed.value.publicKey : null;
};

/**
 * Changes the key. The old file stays beside the new one, the old public key stays known, and the old key signs a note that
 * names the new one, so that whoever holds the old key can go on.
 */
export const rotateLogKey = async (directory: string, connection: pg.ClientConfig, now: Date): Promise<LogKey> => {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const old = await openLogKey(directory, client, now);
    if (old === null) throw new Error(`expected the key of the log in ${directory}; run this where the server that signs keeps it`);
    const fresh = await makeKey(directory);
    const names = [old, fresh].map(({ publicKey }) => `${verifierKeyOf(ROTATION, publicKey)}\n`);
    await client.query('begin');
    await client.query('update trail_keys set retired_at = $1 where id = $2', [now.toISOString(), old.id]);
    await register(client, fresh, now, signText(ROTATION, names.join(''), old));
    await client.query('commit');
    return fresh;
  } finally {
    // Ends what was not committed.
    await client.end();
  }
};
