import type { Evaluated } from '@aimwell/core/processes/happenings';
import type { Value, Variables } from '@aimwell/core/processes/instance';
import { evaluate, parseExpression } from 'feelin';

const LONGEST = 2000;
const DEEPEST = 40;
/** What could run without end or for very long, or by a pattern of the writer's choosing. */
const forbidden: ReadonlyMap<string, string> = new Map([
  ['ForExpression', 'a "for"'],
  ['FunctionDefinition', 'a function of its own'],
  ['ExternalFunction', 'an external function'],
]);
const slow: ReadonlySet<string> = new Set(['replace', 'matches', 'split', 'extract', 'get value', 'get entries', 'sort']);

/** Why an expression of a map is not taken; empty when it is. Asked at publication, so that a run meets only what was read before. */
export const expressionProblems = (expression: string): readonly string[] => {
  if (expression.length > LONGEST) return [`expected at most ${LONGEST} characters, got ${expression.length}`];
  const problems: string[] = [];
  let depth = 0;
  let quantified = 0;
  parseExpression(expression, {}, undefined).iterate({
    enter: (node) => {
      depth += 1;
      if (depth > DEEPEST) problems.push('it is nested too deep');
      if (node.type.isError) problems.push(`it cannot be read at "${expression.slice(node.from, node.from + 20)}"`);
      const what = forbidden.get(node.name);
      if (what !== undefined) problems.push(`it holds ${what}`);
      if (node.name === 'QuantifiedExpression' && (quantified += 1) > 1) problems.push('it asks more than one "some" or "every"');
      if (node.name === 'FunctionInvocation') {
        const name = /^[^(]*/.exec(expression.slice(node.from, node.to))?.[0].trim() ?? '';
        if (slow.has(name)) problems.push(`the function "${name}" is not offered`);
      }
      // A range that is walked through, as in `some x in 1..1000000000`.
      if (node.name === 'InExpression' && /\.\./.test(expression.slice(node.from, node.to)))
        problems.push('it walks through a range of numbers');
    },
    leave: () => {
      depth -= 1;
    },
  });
  return [...new Set(problems)];
};

/** The value of an expression; a name that is unknown, where that decides the answer, is a problem and never false. */
export const evaluateFeel = (expression: string, variables: Variables, now: string): Evaluated => {
  try {
    const { value, warnings } = evaluate(expression, { ...variables, now: () => new Date(now) });
    const [warning] = warnings;
    if (value === null || value === undefined)
      return warning === undefined ? { value: null } : { problem: `"${expression}": ${warning.message}` };
    return { value: plain(value) };
  } catch (error) {
    return { problem: `"${expression}": ${(error as Error).message.split('\n')[0]}` };
  }
};

const plain = (value: unknown): Value => JSON.parse(JSON.stringify(value)) as Value;
