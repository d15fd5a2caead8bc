import { parseExpression } from 'feelin';
import { oneSpaced } from './feel-words.ts';

/** What an expression that can be read asks of its surroundings. */
export interface Asked {
  /** Names that it does not give itself, functions left out. */
  readonly names: readonly string[];
  /** What it asks of the value `record`, at first hand. */
  readonly fields: readonly string[];
}

/** The names that an expression asks for. */
export const askedBy = (expression: string): Asked => {
  const text = (node: { from: number; to: number }) => oneSpaced(expression.slice(node.from, node.to));
  const names = new Set<string>();
  const own = new Set<string>();
  const fields = new Set<string>();
  parseExpression(expression, {}, undefined).iterate({
    enter: ({ name, node }) => {
      if (name === 'InExpression' && node.firstChild !== null) own.add(text(node.firstChild));
      if (name === 'VariableName' && !(node.parent?.name === 'FunctionInvocation' && node.parent.firstChild?.from === node.from))
        names.add(text(node));
      if (
        name === 'PathExpression' &&
        node.firstChild?.name === 'VariableName' &&
        text(node.firstChild) === 'record' &&
        node.lastChild !== null
      )
        fields.add(text(node.lastChild));
    },
  });
  // In a filter `item` is the item.
  return { names: [...names].filter((name) => !own.has(name) && name !== 'item'), fields: [...fields] };
};
