import { readAsk } from '@aimwell/core/processes/ask';
import type { Graph } from '@aimwell/core/processes/graph';
import type { Happening, ProcessEvent } from '@aimwell/core/processes/happenings';
import type { RecordOf } from './around.ts';

/**
 * The history of a step with what was answered at it, so that whoever reads it sees by what the way was decided. Only yes, no and
 * numbers: words may be about people, and stay where they can be erased.
 */
export const withAnswers = (graph: Graph, event: ProcessEvent, happened: readonly Happening[]): readonly Happening[] => {
  if (event.kind !== 'complete') return happened;
  return happened.map((line) => {
    if (line.what !== 'completed' || line.token !== event.token) return line;
    const asked = readAsk(graph.nodes[line.node]?.step.form ?? '') ?? [];
    const answers = Object.fromEntries(
      asked.flatMap(({ name }) => {
        const answer = event.variables[name];
        return typeof answer === 'boolean' || typeof answer === 'number' ? [[name, answer]] : [];
      }),
    );
    return Object.keys(answers).length === 0 ? line : { ...line, answers };
  });
};

/** The history of a step with the record that its form made or changed: that is what the task was about, whatever its run is about. */
export const withRecord = (record: RecordOf | undefined, event: ProcessEvent, happened: readonly Happening[]): readonly Happening[] =>
  record === undefined || event.kind !== 'complete'
    ? happened
    : happened.map((line) => (line.what === 'completed' && line.token === event.token ? { ...line, record } : line));
