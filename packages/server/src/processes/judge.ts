import type { mapCheck } from '@aimwell/contract/processes/views';
import type { Graph } from '@aimwell/core/processes/graph';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import type { z } from 'zod';
import { invalid } from '../platform/errors.ts';
import { problemsOf } from './check.ts';
import { compile, runIn } from './map/compile.ts';
import { type Element, textOf } from './map/element.ts';
import { lintMap, type MapProblem, notRun } from './map/lint.ts';
import { readMap } from './map/read.ts';

export interface Judged {
  /** Null: the map can be kept and shown, not run; `refusals` say why. */
  readonly graph: Graph | null;
  /** What the map is called, where a process could be read of it. */
  readonly name: string | null;
  readonly refusals: readonly Refusal[];
  readonly advice: readonly MapProblem[];
}

/** Judges a map that was read, of a process about `register` (null: no record): what keeps it from running, and what could be better in it. */
export const judgeMap = (definitions: Element, register: string | null): Judged => {
  const compiled = compile(definitions);
  if ('refused' in compiled)
    return { graph: null, name: nameIn(definitions), refusals: compiled.refused.slice(0, most), advice: notRun(definitions) };
  const problems = [...lintMap(compiled.graph, definitions), ...notRun(definitions)];
  const errors = problems.filter(({ severity }) => severity === 'error');
  const refusals = [
    ...problemsOf(compiled.graph, register),
    ...errors.map(({ code, message, remedy, element }) => refusal(code, message, remedy, element)),
  ].slice(0, most);
  return {
    graph: refusals.length === 0 ? compiled.graph : null,
    name: compiled.graph.name,
    refusals,
    advice: problems.filter(({ severity }) => severity === 'warning').slice(0, most),
  };
};
const most = 200;

const nameIn = (definitions: Element): string | null => {
  const process = runIn(definitions);
  return process === null ? null : textOf(process, 'name');
};

/** Judges the text of a file without keeping it, element by element. INVALID: it is no BPMN 2.0 file. */
export const checkMap = async (xml: string, register: string | null): Promise<z.infer<typeof mapCheck>> => {
  const read = await readMap(Buffer.from(xml, 'utf8'));
  if ('refused' in read) throw invalid(read.refused);
  const { graph, refusals, advice } = judgeMap(read.definitions, register);
  return {
    executable: graph !== null,
    problems: [
      ...refusals.map(({ code, message, remedy, field }) => ({
        severity: 'error' as const,
        code,
        element: elementIn(field ?? ''),
        message,
        remedy: remedy ?? '',
      })),
      ...advice.map(({ severity, code, element, message, remedy }) => ({ severity, code, element, message, remedy })),
      ...read.warnings
        .slice(0, most)
        .map((message) => ({ severity: 'warning' as const, code: 'NOT_READ', element: null, message, remedy: '' })),
    ],
  };
};

/** The id in what names an element: the id alone, or `User task "Look" (look)`. */
const elementIn = (field: string): string | null => /\(([^()\s]+)\)$/.exec(field)?.[1] ?? (/^[\w.-]+$/.test(field) ? field : null);
