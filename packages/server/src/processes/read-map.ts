import { createHash } from 'node:crypto';
import type { Graph } from '@aimwell/core/processes/graph';
import type { Refusal } from '@aimwell/core/shared/refusal';
import { invalid } from '../platform/errors.ts';
import { judgeMap } from './judge.ts';
import { readMap } from './map/read.ts';
import { writeMap } from './map/write.ts';

/** A map as a version keeps it. */
export interface PreparedMap {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  /** What the map calls itself; null: nothing. */
  readonly name: string | null;
  readonly sha256: string;
  readonly xml: string;
  /** Null: kept and shown, not run; the reasons are refusals. */
  readonly graph: Graph | null;
  readonly refusals: readonly Refusal[];
  /** What the reader left out, and what could be better in the map. */
  readonly warnings: readonly string[];
}

export interface Sent {
  readonly xml?: string | undefined;
  /** In base64. */
  readonly file?: string | undefined;
  readonly fileName: string;
}

/** Reads what was sent, of a process about `register` (null: no record); what is no BPMN 2.0 at all is INVALID, what only cannot run is kept with the reasons. */
export const prepareMap = async ({ xml, file, fileName }: Sent, register: string | null = null): Promise<PreparedMap> => {
  if ((xml === undefined) === (file === undefined))
    throw invalid([
      {
        code: 'MAP_MISSING',
        field: 'xml',
        message: 'expected either xml or file, got both or none',
        remedy: 'Send the text of a BPMN 2.0 file as xml.',
      },
    ]);
  const bytes = xml === undefined ? Buffer.from(file ?? '', 'base64') : Buffer.from(xml, 'utf8');
  const read = await readMap(bytes);
  if ('refused' in read) throw invalid(read.refused);
  const { graph, name, refusals, advice } = judgeMap(read.definitions, register);
  const written = await writeMap(read.definitions);
  return {
    bytes,
    fileName,
    name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    xml: written,
    graph,
    refusals,
    warnings: [...read.warnings, ...advice.map(({ message, remedy }) => `${message}. ${remedy}`)].slice(0, 200),
  };
};
