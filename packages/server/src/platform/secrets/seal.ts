import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** Keeps secrets that have to be used again (a webhook's, a link in a letter) so that the database alone cannot tell them. */
export interface Sealer {
  /** @param purpose what it is for, with the organisation: a sealed text opens for nothing else */
  seal(secret: string, purpose: string): Promise<string>;
  /** Throws one sentence when it was sealed with another key or for another purpose. */
  open(sealed: string, purpose: string): Promise<string>;
}

const FORM = 'v1.';
const NONCE = 12;
const TAG = 16;

/** AES-256-GCM with a key of this installation: a file of mode 0600 in `directory`, made at the first use. */
export const createSealer = (directory: string): Sealer => {
  let kept: Promise<Buffer> | undefined;
  const key = () => {
    kept ??= openKey(directory);
    // A folder that was away for a moment must not be remembered as away.
    kept.catch(() => (kept = undefined));
    return kept;
  };
  return {
    seal: async (secret, purpose) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', await key(), nonce, { authTagLength: TAG }).setAAD(Buffer.from(purpose, 'utf8'));
      const bytes = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${FORM}${bytes.toString('base64url')}`;
    },
    open: async (sealed, purpose) => {
      try {
        const bytes = Buffer.from(sealed.slice(FORM.length), 'base64url');
        const decipher = createDecipheriv('aes-256-gcm', await key(), bytes.subarray(0, NONCE), { authTagLength: TAG });
        decipher.setAAD(Buffer.from(purpose, 'utf8')).setAuthTag(bytes.subarray(-TAG));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
      } catch (error) {
        throw new Error(`expected a secret sealed with the key in ${directory}, got one that does not open; set it anew`, { cause: error });
      }
    },
  };
};

const openKey = async (directory: string): Promise<Buffer> => {
  const file = path.join(directory, 'sealing.key');
  const found = await readFile(file, 'utf8').catch(absent);
  if (found !== null) return fromText(found, file);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const fresh = path.join(directory, `.sealing-${randomBytes(6).toString('hex')}`);
  const handle = await open(fresh, 'wx', 0o600);
  await handle.writeFile(`${randomBytes(32).toString('hex')}\n`);
  await handle.sync();
  await handle.close();
  // Two servers that start together: one of the two files gets the name, and both read that one.
  await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(fresh);
  return fromText(await readFile(file, 'utf8'), file);
};

const absent = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT') return null;
  throw error;
};

const fromText = (text: string, file: string): Buffer => {
  if (!/^[0-9a-f]{64}\n$/.test(text)) throw new Error(`expected 64 hexadecimal digits in ${file}`);
  return Buffer.from(text.trim(), 'hex');
};
