import { evaluate, type parseExpression } from 'feelin';
import { kindOf, mustCompare, propertyOf, settled, Undecided } from './feel-values.ts';
import { functions, oneSpaced } from './feel-words.ts';

export { Undecided } from './feel-values.ts';

type SyntaxNode = ReturnType<typeof parseExpression>['topNode'];

/** Where an expression is evaluated: its text, the names it may use, and what it has cost so far. */
interface Scene {
  readonly expression: string;
  readonly names: ReadonlyMap<string, unknown>;
  /** RFC 3339. */
  readonly now: string;
  readonly spent: { work: number; readonly most: number };
}

// A few milliseconds for what people write; about a second for the worst that fits.
export const MOST_WORK = 200_000;
const COST_OF_CALL = 100;

const spend = ({ spent }: Scene, work: number): void => {
  spent.work += work;
  if (spent.work > spent.most) throw new Undecided('it goes through more than it may: shorten its lists');
};

const textAt = (node: SyntaxNode, { expression }: Scene): string => expression.slice(node.from, node.to);
const childrenOf = (node: SyntaxNode): SyntaxNode[] => {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
};

/**
 * The value of a node of the syntax tree, by three-valued logic: `a or b` is true when one is true and `a and b` false when one is
 * false, whatever the other is, known or not. Otherwise each part must be known. A "some" is decided by one item that fulfils it, an
 * "every" by one that does not, a filter only when each item is decided. Dates, arithmetic and functions are feelin's.
 */
export const weigh = (node: SyntaxNode, scene: Scene): unknown => {
  spend(scene, 1);
  const weigher = weighers[node.name];
  return settled(weigher === undefined ? byFeelin(node, scene) : weigher(node, scene));
};

const only = (node: SyntaxNode, scene: Scene): unknown => {
  const inner = childrenOf(node).find(({ name }) => name !== '(');
  if (inner === undefined) throw new Undecided('it is empty');
  return weigh(inner, scene);
};

const truth = (node: SyntaxNode, scene: Scene): boolean => {
  const value = weigh(node, scene);
  if (typeof value === 'boolean') return value;
  throw new Undecided(`expected true or false of "${textAt(node, scene)}", got a ${kindOf(value)}`);
};

/** Looks for an answer that decides (true for "or" and "some", false for "and" and "every") among others that may be unknown. */
const decided = (by: boolean, answers: Iterable<() => boolean>): boolean => {
  let unknown: Undecided | null = null;
  for (const answer of answers) {
    try {
      if (answer() === by) return by;
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      unknown ??= error;
    }
  }
  if (unknown !== null) throw unknown;
  return !by;
};

const junction = (by: boolean) => (node: SyntaxNode, scene: Scene) =>
  decided(
    by,
    childrenOf(node)
      .filter(({ name }) => name !== 'or' && name !== 'and')
      .map((part) => () => truth(part, scene)),
  );

const listOf = (node: SyntaxNode, scene: Scene): readonly unknown[] => {
  const value = weigh(node, scene);
  if (Array.isArray(value)) return value;
  throw new Undecided(`expected a list of "${textAt(node, scene)}", got a ${kindOf(value)}`);
};

const partOf = (node: SyntaxNode, name: string): SyntaxNode => {
  const part = node.getChild(name);
  if (part === null) throw new Undecided(`it lacks what "${node.name}" needs`);
  return part;
};

const quantified = (node: SyntaxNode, scene: Scene): boolean => {
  const walk = partOf(partOf(node, 'InExpressions'), 'InExpression');
  const name = oneSpaced(textAt(partOf(walk, 'Name'), scene));
  const condition = node.lastChild;
  const list = partOf(walk, 'IterationContext').firstChild;
  if (condition === null || list === null) throw new Undecided('it lacks its condition');
  const answers = listOf(list, scene).map((item) => () => {
    spend(scene, scene.names.size);
    return truth(condition, { ...scene, names: new Map(scene.names).set(name, item) });
  });
  return decided(node.firstChild?.name === 'some', answers);
};

const tests: ReadonlySet<string> = new Set(['Comparison', 'Disjunction', 'Conjunction', 'QuantifiedExpression', 'BooleanLiteral']);

/** `list[2]`, `list[-1]`, or the items for which a test holds; their properties can be named in it, the item itself is `item`. */
const filtered = (node: SyntaxNode, scene: Scene): unknown => {
  const [target, , test] = childrenOf(node);
  if (target === undefined || test === undefined) throw new Undecided('it lacks a filter');
  const list = listOf(target, scene);
  const asks = tests.has(test.name) || (test.name === 'FunctionInvocation' && calledIn(test, scene) === 'not');
  if (asks)
    return list.filter((item) => {
      spend(scene, scene.names.size);
      const own = kindOf(item) === 'record' ? Object.entries(item as object) : [];
      return truth(test, { ...scene, names: new Map([...scene.names, ['item', item], ...own]) });
    });
  const at = weigh(test, scene);
  const found = typeof at === 'number' ? list[at < 0 ? list.length + at : at - 1] : undefined;
  if (found === undefined) throw new Undecided(`"${textAt(node, scene)}" has no such item`);
  return found;
};

// Texts compare as they do in JavaScript, which is what feelin does with them.
const signs: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const compare = (operator: string, left: unknown, right: unknown, scene: Scene): boolean => {
  if (operator !== '=' && operator !== '!=') mustCompare(left, right);
  if (left === null || right === null) return (left === right) === (operator === '=');
  const plain = typeof left === typeof right && typeof left !== 'object' ? signs[operator]?.(left as number, right as number) : undefined;
  // feelin knows dates and lists; its null means that the two cannot be told equal or not.
  const answer = plain ?? call(`a ${operator} b`, { a: left, b: right }, scene);
  if (typeof answer === 'boolean') return answer;
  throw new Undecided(`a ${kindOf(left)} cannot be compared with a ${kindOf(right)}`);
};

const within = (value: unknown, test: SyntaxNode, scene: Scene): boolean => {
  if (test.name !== 'Interval' && (test.name.endsWith('UnaryTest') || test.name === 'ParenthesizedExpression')) {
    const inner = childrenOf(test).find(({ name }) => name !== '(');
    return inner !== undefined && within(value, inner, scene);
  }
  if (test.name === 'Interval') {
    const [open, from, , to, close] = childrenOf(test);
    if (from === undefined || to === undefined) throw new Undecided('an interval lacks an end');
    const above = compare(open?.name === '[' ? '>=' : '>', value, weigh(from, scene), scene);
    return above && compare(close?.name === ']' ? '<=' : '<', value, weigh(to, scene), scene);
  }
  const candidate = weigh(test, scene);
  return decided(
    true,
    (Array.isArray(candidate) ? candidate : [candidate]).map(
      (one) => () => kindOf(one) === kindOf(value) && compare('=', value, one, scene),
    ),
  );
};

const comparison = (node: SyntaxNode, scene: Scene): boolean => {
  const [first, operator, ...rest] = childrenOf(node);
  if (first === undefined || operator === undefined) throw new Undecided('it compares with nothing');
  const left = weigh(first, scene);
  if (operator.name === 'in') {
    const among = rest.find(({ name }) => name === 'PositiveUnaryTests');
    const candidates =
      among === undefined ? rest.filter(({ name }) => name === 'PositiveUnaryTest') : among.getChildren('PositiveUnaryTest');
    return decided(
      true,
      candidates.map((test) => () => within(left, test, scene)),
    );
  }
  const [right, , upper] = rest;
  if (right === undefined) throw new Undecided('it compares with nothing');
  if (operator.name !== 'between') return compare(textAt(operator, scene), left, weigh(right, scene), scene);
  if (upper === undefined) throw new Undecided('a "between" lacks its end');
  return compare('>=', left, weigh(right, scene), scene) && compare('<=', left, weigh(upper, scene), scene);
};

const calledIn = (node: SyntaxNode, scene: Scene): string => (node.firstChild === null ? '' : oneSpaced(textAt(node.firstChild, scene)));

const invoked = (node: SyntaxNode, scene: Scene): unknown => {
  const name = calledIn(node, scene);
  if (!functions.has(name)) throw new Undecided(`the function "${name}" is not offered`);
  const parameters = childrenOf(partOf(node, 'PositionalParameters'));
  if (name === 'not' && parameters[0] !== undefined) return !truth(parameters[0], scene);
  if (name === 'now') return call('date and time(a)', { a: scene.now }, scene);
  if (name === 'today') {
    const today = scene.names.get('today');
    return call('date(a)', { a: typeof today === 'string' ? today : scene.now.slice(0, 10) }, scene);
  }
  return valued(byFeelin(node, scene), node, scene);
};

const valued = (value: unknown, node: SyntaxNode, scene: Scene): unknown => {
  if (value === null || value === undefined) throw new Undecided(`"${textAt(node, scene)}" has no value`);
  return value;
};

const named = (node: SyntaxNode, scene: Scene): unknown => {
  const name = oneSpaced(textAt(node, scene));
  if (scene.names.has(name)) return scene.names.get(name);
  throw new Undecided(`"${name}" is not known`);
};

const byPath = (node: SyntaxNode, scene: Scene): unknown => {
  const target = node.firstChild === null ? null : weigh(node.firstChild, scene);
  const name = oneSpaced(textAt(partOf(node, 'PathName'), scene));
  return ['list', 'record', 'null'].includes(kindOf(target)) ? propertyOf(target, name) : call(`a.${name}`, { a: target }, scene);
};

const chosen = (node: SyntaxNode, scene: Scene): unknown => {
  const [, condition, , yes, , otherwise] = childrenOf(node);
  if (condition === undefined || yes === undefined || otherwise === undefined) throw new Undecided('an "if" lacks its "else"');
  return weigh(truth(condition, scene) ? yes : otherwise, scene);
};

const listed = (node: SyntaxNode, scene: Scene): unknown[] =>
  childrenOf(node)
    .filter(({ name }) => name !== '[' && name !== ']' && name !== ',')
    .map((item) => weigh(item, scene));

/** What feelin says of a text that names only what it is given; each of its warnings leaves the question open. */
const call = (text: string, given: Readonly<Record<string, unknown>>, scene: Scene): unknown => {
  // Lists cost by their length: they are copied on the way in.
  spend(scene, COST_OF_CALL + Object.values(given).reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0));
  const { value, warnings } = evaluate(text, { ...given });
  const [warning] = warnings;
  if (warning !== undefined) throw new Undecided(warning.message);
  return value ?? null;
};

/** Parts are weighed here and handed on by made-up names, so that nothing unknown within them passes unseen. */
const byFeelin = (node: SyntaxNode, scene: Scene): unknown => {
  const given: Record<string, unknown> = {};
  let text = '';
  let at = node.from;
  const walk = (children: readonly SyntaxNode[]) => {
    for (const child of children) {
      if (weighers[child.name] === undefined || child.name === 'StringLiteral') walk(childrenOf(child));
      else {
        const name = `v${Object.keys(given).length}`;
        given[name] = weigh(child, scene);
        text += `${scene.expression.slice(at, child.from)}${name}`;
        at = child.to;
      }
    }
  };
  // The name of a function is none of its parts.
  walk(childrenOf(node).slice(node.name === 'FunctionInvocation' ? 1 : 0));
  return call(text + scene.expression.slice(at, node.to), given, scene);
};

const weighers: Readonly<Record<string, (node: SyntaxNode, scene: Scene) => unknown>> = {
  Expression: only,
  ParenthesizedExpression: only,
  Disjunction: junction(true),
  Conjunction: junction(false),
  Comparison: comparison,
  QuantifiedExpression: quantified,
  IfExpression: chosen,
  FilterExpression: filtered,
  FunctionInvocation: invoked,
  VariableName: named,
  PathExpression: byPath,
  List: listed,
  ArithmeticExpression: (node, scene) => valued(byFeelin(node, scene), node, scene),
  DateTimeLiteral: (node, scene) => valued(byFeelin(node, scene), node, scene),
  BooleanLiteral: (node, scene) => textAt(node, scene) === 'true',
  null: () => null,
  NumericLiteral: (node, scene) => Number(textAt(node, scene).replaceAll(/\s/g, '')),
  StringLiteral: (node, scene) => (textAt(node, scene).includes('\\') ? byFeelin(node, scene) : textAt(node, scene).slice(1, -1)),
};
