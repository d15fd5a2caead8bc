import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { refusal } from '@aimwell/core/shared/refusal';
import { refused } from '../platform/errors.ts';

/** A process map that came with the product. */
export interface ShippedMap {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly register: string | null;
  readonly clauses: readonly string[];
  readonly file: string;
  readonly bytes: Buffer;
}

interface Line {
  readonly key: string;
  readonly name?: string;
  readonly title?: string;
  readonly description?: string;
  readonly register?: string;
  readonly clauses?: readonly string[];
  readonly file: string;
}

const folder = new URL('../../../../catalog/processes/', import.meta.url);

/** What came with the product, in its order; empty where the catalog has none. */
export const shippedIndex = async (): Promise<readonly Line[]> => {
  const index = new URL('index.json', folder);
  if (!existsSync(index)) return [];
  const read = JSON.parse(await readFile(index, 'utf8')) as readonly Line[] | { readonly processes: readonly Line[] };
  return 'processes' in read ? read.processes : read;
};

/** One of them by its key; REFUSED with the keys that there are. */
export const readShipped = async (key: string): Promise<ShippedMap> => {
  const lines = await shippedIndex();
  const line = lines.find((one) => one.key === key);
  if (line === undefined)
    throw refused([
      refusal('NOT_SHIPPED', `expected one of ${lines.map((one) => one.key).join(', ')}, got "${key}"`, 'Choose one of these.', 'shipped'),
    ]);
  return {
    key,
    title: line.title ?? line.name ?? key,
    description: line.description ?? '',
    register: line.register ?? null,
    clauses: line.clauses ?? [],
    file: line.file,
    bytes: await readFile(new URL(line.file, folder)),
  };
};
