import type { Evaluated } from '@aimwell/core/processes/happenings';
import type { Value, Variables } from '@aimwell/core/processes/instance';
import { parseExpression } from 'feelin';
import { keepable } from './feel-values.ts';
import { MOST_WORK, Undecided, weigh } from './feel-weigh.ts';
import { functions, leftOut, offered, oneSpaced } from './feel-words.ts';

const LONGEST = 2000;
const DEEPEST = 40;

type Tree = ReturnType<typeof parseExpression>;

/** Why an expression of a map is not taken; empty when it is. Asked at publication, so that a run meets only what was read before. */
export const expressionProblems = (expression: string): readonly string[] => {
  if (expression.trim() === '') return ['it is empty'];
  if (expression.length > LONGEST) return [`expected at most ${LONGEST} characters, got ${expression.length}`];
  let tree: Tree;
  try {
    tree = parseExpression(expression, {}, undefined);
  } catch {
    // The parser runs out of stack on what is nested thousands deep.
    return ['it is nested too deep'];
  }
  const problems = new Set<string>();
  let depth = 0;
  let quantified = 0;
  tree.iterate({
    enter: (node) => {
      depth += 1;
      const text = expression.slice(node.from, node.to);
      if (depth > DEEPEST) problems.add('it is nested too deep');
      else if (node.type.isError) problems.add(`it cannot be read at "${expression.slice(node.from, node.from + 20)}"`);
      else if (!offered.has(node.name))
        problems.add(`it holds ${leftOut.get(node.name) ?? `"${text.slice(0, 20)}"`}, which is not offered`);
      if (node.name === 'ArithOp' && (text === '**' || text === '^')) problems.add('it holds a power, which is not offered');
      if (node.name === 'SimplePositiveUnaryTest' && node.node.firstChild?.name === 'CompareOp')
        problems.add(`it compares with nothing at "${text.slice(0, 20)}"`);
      if (node.name === 'QuantifiedExpression' && (quantified += 1) > 2) problems.add('it asks more than two "some" or "every"');
      if (node.name === 'IterationContext' && node.node.getChild('..') !== null) problems.add('it walks through a range of numbers');
      if (node.name === 'InExpressions' && node.node.getChildren('InExpression').length > 1)
        problems.add('it walks through several lists at once');
      if (node.name === 'FunctionInvocation') {
        const called = node.node.firstChild;
        const name = called === null ? '' : oneSpaced(expression.slice(called.from, called.to));
        if (!functions.has(name)) problems.add(`the function "${name.slice(0, 40)}" is not offered`);
      }
    },
    leave: () => {
      depth -= 1;
    },
  });
  return [...problems];
};

// Syntax trees of expressions in use: approved maps ask the same ones again and again.
const MOST_KEPT = 1000;
const kept = new Map<string, Tree>();
const parsed = (expression: string): Tree => {
  const known = kept.get(expression);
  if (known !== undefined) return known;
  const [problem] = expressionProblems(expression);
  if (problem !== undefined) throw new Undecided(problem);
  const tree = parseExpression(expression, {}, undefined);
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
  kept.set(expression, tree);
  return tree;
};

/** What all expressions of one step of a run may cost together: an endless loop of the map asks its conditions again and again. */
export interface StepWork {
  left: number;
}
export const stepWork = (): StepWork => ({ left: 5 * MOST_WORK });

/**
 * The value of an expression. What decides the answer and is not known (a name nobody set, a null that is compared by size, a text
 * compared with a date, a function without a value) is a problem, never null or false; see `weigh` for what decides. So is a value
 * too large to keep, and what costs more than `work` has left.
 */
export const evaluateFeel = (expression: string, variables: Variables, now: string, work: StepWork = stepWork()): Evaluated => {
  const spent = { work: 0, most: Math.min(MOST_WORK, work.left) };
  try {
    const { topNode } = parsed(expression);
    const value = weigh(topNode, { expression, names: new Map(Object.entries(variables)), now, spent });
    return { value: JSON.parse(JSON.stringify(keepable(value))) as Value };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : 'it cannot be evaluated';
    return { problem: `"${expression.slice(0, 200)}": ${why}` };
  } finally {
    work.left -= spent.work;
  }
};
