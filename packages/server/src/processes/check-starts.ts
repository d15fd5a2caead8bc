import { registerNamed } from '@aimwell/contract/registers';
import { conditionalStarts, seenBeforeRun } from '@aimwell/core/processes/conditional-start';
import type { Graph, Node } from '@aimwell/core/processes/graph';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { columnNames } from '../platform/register/columns.ts';
import { expressionProblems } from './map/feel.ts';
import { askedBy } from './map/feel-names.ts';

const named = (node: Node | undefined): string => `${node?.name == null ? '' : `"${node.name}" `}(${node?.id})`;

/** Why a message, a signal or a time would never set a run off: before a run there is no run whose values FEEL could ask. */
const workedOut = (node: Node): string | null => {
  const trigger = node.kind === 'start' ? node.trigger : null;
  if ((trigger?.kind === 'message' || trigger?.kind === 'signal') && trigger.name.startsWith('=')) return 'a name that is worked out';
  if (trigger?.kind !== 'timer') return null;
  const { rule } = trigger;
  const text = rule.kind === 'date' ? rule.at : rule.kind === 'duration' ? rule.duration : rule.cycle;
  return text.startsWith('=') ? 'a time that is worked out' : null;
};

/** Why a condition would never come true for any record. */
const neverTrue = (condition: string, register: string | null): readonly { readonly because: string; readonly remedy: string }[] => {
  if (register === null)
    return [
      {
        because: 'begins by a condition, which is asked of records, and the process is about none',
        remedy: 'Bring it as a process about a register, such as risks; or begin by hand, by a time, message or signal.',
      },
    ];
  // What cannot be read is said of the expression itself.
  if (expressionProblems(condition).length > 0) return [];
  const { names, fields } = askedBy(condition);
  const known = columnNames(registerNamed(register));
  return [
    ...names
      .filter((name) => !seenBeforeRun.includes(name))
      .map((name) => ({
        because: `begins by a condition that asks for "${name}", which nobody knows before a run has begun`,
        remedy: 'Ask for the record and the day: record.name-of-a-field, today.',
      })),
    ...fields
      .filter((field) => known[field] === undefined)
      .map((field) => ({
        because: `begins by a condition that asks for "${field}", which ${register} do not have`,
        remedy: `Name a field of theirs, such as ${Object.keys(registerNamed(register).fields).slice(0, 8).join(', ')}.`,
      })),
  ];
};

/** Starts of a process that nothing here would ever set off. `register`: what the process is about; null: no record. */
export const startProblems = (graph: Graph, register: string | null): readonly Refusal[] => [
  ...(graph.scopes[graph.process]?.nodes ?? []).flatMap((id) => {
    const node = graph.nodes[id];
    const asks = node === undefined ? null : workedOut(node);
    return asks === null
      ? []
      : [
          refusal(
            'START_NEVER_COMES',
            `${named(node)} begins by ${asks}, which nobody asks before a run has begun`,
            'Begin by hand, by a plain time, message or signal, or by a condition over the record.',
            id,
          ),
        ];
  }),
  ...conditionalStarts(graph).flatMap(({ node, condition }) =>
    neverTrue(condition, register).map(({ because, remedy }) =>
      refusal('START_NEVER_COMES', `${named(graph.nodes[node])} ${because}`, remedy, node),
    ),
  ),
];
