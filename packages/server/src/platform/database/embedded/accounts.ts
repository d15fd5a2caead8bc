import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';

export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

/** The system users listed in /etc/passwd; empty where there is no such file. */
export function accounts(): Account[] {
  try {
    const rows = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'));
    return rows.filter((row) => row.length > 3).map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  } catch {
    return [];
  }
}

/** Whether the system knows our own user by name. In a container started with a bare number it does not. */
export function isKnownUser(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/** A directory and all its parents, from the root down. */
export function withParents(directory: string): string[] {
  const parent = path.dirname(directory);
  return parent === directory ? [directory] : [...withParents(parent), directory];
}

/** The owners, other than root, of the directories at or above `directory` that only their owner may enter. */
export async function ownersOfClosed(directory: string): Promise<number[]> {
  const found = await Promise.all(withParents(directory).map((each) => stat(each).catch(() => undefined)));
  return found.flatMap((each) => (each === undefined || each.uid === 0 || (each.mode & 0o001) !== 0 ? [] : [each.uid]));
}

/** The first directory at or above `directory` that a user may not enter, judged by owner and permission bits. */
export async function firstClosed(directory: string, user: { uid: number; gid: number }): Promise<string | undefined> {
  for (const each of withParents(directory)) {
    const found = await stat(each).catch(() => undefined);
    if (found === undefined) return each;
    const bit = found.uid === user.uid ? 0o100 : found.gid === user.gid ? 0o010 : 0o001;
    if ((found.mode & bit) === 0) return each;
  }
  return undefined;
}
