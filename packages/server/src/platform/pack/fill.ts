import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { FileStore } from '../files/store.ts';
import type { PackedEntry } from './entries.ts';
import type { Known, Pack } from './folder.ts';
import { because, leftOutLine, withheld } from './left-out.ts';
import { evidencePath, payloadPath, recordPath } from './names.ts';
import type { ReadNames } from './labels.ts';
import { entriesPage, idsIn, type Told } from './pages.ts';
import type { Overview } from './overview.ts';
import type { Spool } from './spool.ts';

const ENTRIES_OF_A_PAGE = 200;

interface Files {
  readonly store: FileStore;
  readonly organisationId: string;
  /** True for a file that was deleted by the rule on how long it is kept. */
  readonly isPurged: (sha256: string) => Promise<boolean>;
}

/** Reads a file once to see that it is what its name says; null with the reason where it is not. */
const inspect = async ({ store, organisationId, isPurged }: Files, sha256: string): Promise<Known | string> => {
  const hash = createHash('sha256');
  let [size, sum] = [0, 0];
  try {
    for await (const part of (await store.get(organisationId, sha256)) as AsyncIterable<Buffer>) {
      hash.update(part);
      size += part.length;
      sum = crc32(part, sum);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    if (await isPurged(sha256)) return because.purged;
    // As with a damaged one: the store writes it down where the rules see it.
    await store.isIntact(organisationId, sha256);
    return because.lost;
  }
  if (hash.digest('hex') === sha256) return { size, crc32: sum, sha256 };
  // Asked again of the store, which writes it down where the rules see it.
  await store.isIntact(organisationId, sha256);
  return because.damaged;
};

/** Puts entries, what they said and their files into a pack, in the order of the log, with the pages that tell of them. */
export const createFiller = (pack: Pack, files: Files, leftOut: Spool, readNames: ReadNames) => {
  const byRegister = new Map<string, number>();
  const pages: Overview['pages'][number][] = [];
  const evidence: Overview['evidence'][number][] = [];
  /** SHA-256 → where it lies in the pack; null where it was left out. */
  const placed = new Map<string, string | null>();
  let told: Told[] = [];
  let entries = 0;
  let missing = 0;

  const leave = async (what: string, why: string) => {
    missing += 1;
    await leftOut.append(leftOutLine(what, why));
  };

  const addFile = async (sha256: string, name: string): Promise<string | null> => {
    const known = await inspect(files, sha256);
    if (typeof known === 'string') {
      await leave(`evidence/${sha256}`, known);
      return null;
    }
    const path = evidencePath(sha256, name);
    await pack.addStream(path, known, (await files.store.get(files.organisationId, sha256)) as AsyncIterable<Buffer>);
    return path;
  };

  const fileOf = async (entry: PackedEntry): Promise<string | null> => {
    const { file, sha256 } = JSON.parse(entry.envelope) as { file?: string; sha256?: string };
    // The list of an earlier pack is no evidence of this one.
    if (file === undefined || sha256 === undefined || entry.register === 'packs') return null;
    const before = placed.get(sha256);
    if (before !== undefined) return before;
    const path = await addFile(sha256, file);
    placed.set(sha256, path);
    if (path !== null) evidence.push({ path, name: file, seq: entry.seq, page: pagePath(pages.length + 1) });
    return path;
  };

  const withholds = (entry: PackedEntry): string | null =>
    entry.salt.length === 0
      ? because.erased(entry.erasedBy)
      : Object.hasOwn(withheld, entry.register)
        ? (withheld[entry.register] ?? '')
        : null;

  const addEntry = async (entry: PackedEntry) => {
    await pack.add(recordPath(entry.seq), entry.envelope);
    const why = withholds(entry);
    if (why === null) await pack.add(payloadPath(entry.seq), Buffer.concat([entry.salt, entry.payload]));
    else await leave(payloadPath(entry.seq), why);
    told.push({ entry, leftOut: why, file: await fileOf(entry) });
    byRegister.set(entry.register, (byRegister.get(entry.register) ?? 0) + 1);
    entries += 1;
    if (told.length === ENTRIES_OF_A_PAGE) await endPage();
  };

  const endPage = async () => {
    const [first, last] = [told[0]?.entry.seq, told.at(-1)?.entry.seq];
    if (first === undefined || last === undefined) return;
    const path = pagePath(pages.length + 1);
    pages.push({ path, first, last });
    await pack.add(path, entriesPage(told, await readNames(told.flatMap(idsIn))));
    told = [];
  };

  return {
    addEntry,
    /** Ends the last page and tells what was put in. */
    end: async () => {
      await endPage();
      return { entries, byRegister, pages, evidence, leftOut: missing };
    },
  };
};

const pagePath = (number: number): string => `pages/${String(number).padStart(4, '0')}.html`;
