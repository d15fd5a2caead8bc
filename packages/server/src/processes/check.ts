import { registers } from '@aimwell/contract/registers';
import { isAsk, readAsk } from '@aimwell/core/processes/ask';
import type { Graph, Node } from '@aimwell/core/processes/graph';
import { isTooOften, readDuration, readRule } from '@aimwell/core/processes/timers';
import { roles } from '@aimwell/core/roles/permissions';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { jobNames } from '@aimwell/contract/processes/job-names';
import { startProblems } from './check-starts.ts';
import { expressionProblems } from './map/feel.ts';

/** An expression of FEEL in a map, and where it stands. */
interface Written {
  readonly where: string;
  readonly what: string;
  readonly text: string;
}

const feel = (where: string, what: string, text: string | null | undefined): Written[] =>
  text === null || text === undefined ? [] : [{ where, what, text: text.replace(/^=/, '') }];
/** FEEL where it begins with `=`, else text. */
const mixed = (where: string, what: string, text: string): Written[] => (text.startsWith('=') ? feel(where, what, text) : []);

const ofTrigger = (node: Node): Written[] => {
  const trigger = 'trigger' in node ? node.trigger : null;
  if (trigger?.kind === 'message')
    return [...mixed(node.id, 'the name of its message', trigger.name), ...feel(node.id, 'its correlation', trigger.correlation)];
  if (trigger?.kind === 'conditional') return feel(node.id, 'its condition', trigger.condition);
  if (trigger?.kind !== 'timer') return [];
  const { rule } = trigger;
  return mixed(node.id, 'its timer', rule.kind === 'date' ? rule.at : rule.kind === 'duration' ? rule.duration : rule.cycle);
};

const ofLoop = (node: Node): Written[] => {
  const loop = 'loop' in node ? node.loop : null;
  if (loop === null) return [];
  if (loop.kind === 'standard') return feel(node.id, 'its loop', loop.condition);
  return [
    ...feel(node.id, 'its number of rounds', loop.cardinality),
    ...feel(node.id, 'its list', loop.collection),
    ...feel(node.id, 'its end', loop.completion),
  ];
};

const written = ({ nodes, flows }: Graph): Written[] => [
  ...Object.values(flows).flatMap((flow) => feel(flow.id, 'its condition', flow.condition)),
  ...Object.values(nodes).flatMap((node) => [
    ...ofTrigger(node),
    ...ofLoop(node),
    ...(node.kind === 'task' ? feel(node.id, 'its rule', node.expression) : []),
  ]),
];

/** Why a form of a step cannot be carried out: it names an action of a register that there is not. */
const formProblem = (form: string): string | null => {
  if (isAsk(form))
    return readAsk(form) === null ? `expected questions such as ask:overdue:integer, each name once, got "${form.slice(0, 80)}"` : null;
  const [name = '', command = ''] = form.split(':');
  const register = registers.find((one) => one.name === name);
  if (register === undefined) return `expected a register, got "${name}"`;
  if (command === 'create' || command === 'patch' || register.commands.some((one) => one.name === command)) return null;
  return `expected create, patch or a command of ${name} (${register.commands.map((one) => one.name).join(', ')}), got "${command}"`;
};

const stepProblems = (node: Node, nodes: Graph['nodes']): Refusal[] => {
  const { step } = node;
  const label = `${node.name === null ? '' : `"${node.name}" `}(${node.id})`;
  const say = (code: string, message: string, remedy: string) => refusal(code, `${label}: ${message}`, remedy, node.id);
  const unknownRole = [step.role, step.escalateTo].find((role) => role !== null && !(roles as readonly string[]).includes(role));
  const form = step.form === null ? null : formProblem(step.form);
  const stranger = step.notBy.find((name) => nodes[name] === undefined && !['starter', 'record.author', 'record.owner'].includes(name));
  return [
    ...(unknownRole === undefined
      ? []
      : [say('NO_SUCH_ROLE', `expected one of ${roles.join(', ')}, got "${unknownRole}"`, 'Choose a role of the product.')]),
    ...(form === null ? [] : [say('NO_SUCH_FORM', form, 'Name an action as register:command.')]),
    ...(stranger === undefined
      ? []
      : [
          say(
            'NO_SUCH_STEP',
            `expected a step of this map after notBy, got "${stranger}"`,
            'Name a step by its id, or starter, record.author, record.owner.',
          ),
        ]),
    ...(step.due === null || readDuration(step.due) !== null
      ? []
      : [say('DUE_UNREADABLE', `expected a duration such as P5D, got "${step.due}"`, 'Write days as P5D, months as P1M.')]),
    ...(node.kind === 'task' &&
    (node.task === 'service' || node.task === 'send') &&
    !(jobNames as readonly string[]).includes(node.job ?? '')
      ? [
          say(
            'NO_SUCH_JOB',
            `expected one of ${jobNames.join(', ')}, got "${node.job ?? 'nothing'}"`,
            'Choose a job of the product, or make it a user task.',
          ),
        ]
      : []),
  ];
};

const timerProblem = (node: Node): Refusal[] => {
  const trigger = 'trigger' in node ? node.trigger : null;
  if (trigger?.kind !== 'timer') return [];
  const { rule } = trigger;
  const text = rule.kind === 'date' ? rule.at : rule.kind === 'duration' ? rule.duration : rule.cycle;
  const read = text.startsWith('=') ? null : readRule(rule.kind, text, 0, 'UTC');
  if (read !== null && isTooOften(read))
    return [
      refusal(
        'TIMER_TOO_OFTEN',
        `(${node.id}): expected a cycle of a minute or more, got "${text}"`,
        'Write a longer period, such as R/P1D.',
        node.id,
      ),
    ];
  if (text.startsWith('=') || read !== null) return [];
  return [
    refusal(
      'TIMER_UNREADABLE',
      `(${node.id}): expected a ${rule.kind} of ISO 8601, got "${text}"`,
      'Write it such as P90D, 2027-01-31T09:00 or R/P1Y.',
      node.id,
    ),
  ];
};

/**
 * Everything in a compiled map that could not run here: expressions, starts, timers, roles, forms and jobs that nobody could follow.
 * `register`: what the process is about; null: no record.
 */
export const problemsOf = (graph: Graph, register: string | null): Refusal[] => [
  ...written(graph).flatMap(({ where, what, text }) =>
    expressionProblems(text).map((problem) =>
      refusal('EXPRESSION_UNREADABLE', `(${where}) ${what} "${text.slice(0, 100)}": ${problem}`, 'Correct the FEEL expression.', where),
    ),
  ),
  ...Object.values(graph.nodes).flatMap((node) => [...timerProblem(node), ...stepProblems(node, graph.nodes)]),
  ...startProblems(graph, register),
];
