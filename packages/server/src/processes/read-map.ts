import { createHash } from 'node:crypto';
import type { Graph } from '@aimwell/core/processes/graph';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { invalid } from '../platform/errors.ts';
import { problemsOf } from './check.ts';
import { compile } from './map/compile.ts';
import { lintMap } from './map/lint.ts';
import { readMap } from './map/read.ts';
import { writeMap } from './map/write.ts';

/** A map as a version keeps it. */
export interface PreparedMap {
  readonly bytes: Uint8Array;
  readonly fileName: string;
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

/** Reads what was sent; what is no BPMN 2.0 at all is INVALID, what only cannot run is kept with the reasons. */
export const prepareMap = async ({ xml, file, fileName }: Sent): Promise<PreparedMap> => {
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
  const compiled = compile(read.definitions);
  const problems = 'graph' in compiled ? lintMap(compiled.graph, read.definitions) : [];
  const errors = problems.filter(({ severity }) => severity === 'error');
  const refusals =
    'refused' in compiled
      ? compiled.refused
      : [...problemsOf(compiled.graph), ...errors.map(({ code, message, remedy, element }) => refusal(code, message, remedy, element))];
  const advice = problems.filter(({ severity }) => severity === 'warning').map(({ message, remedy }) => `${message}. ${remedy}`);
  const written = await writeMap(read.definitions);
  return {
    bytes,
    fileName,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    xml: written,
    graph: 'graph' in compiled && refusals.length === 0 ? compiled.graph : null,
    refusals: refusals.slice(0, 200),
    warnings: [...read.warnings, ...advice].slice(0, 200),
  };
};
