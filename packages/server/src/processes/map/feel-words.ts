/**
 * The part of FEEL that maps may use. What could run without end, for very long, or by a pattern of the writer's choosing is left out:
 * `for`, functions of one's own, ranges walked through, powers, regular expressions, and functions that compare each item with each.
 */

const listed = (words: string): readonly string[] => words.split(' | ');

/** Kinds of nodes of the syntax tree, as the grammar of feelin names them. Words and signs come last. */
export const offered: ReadonlySet<string> = new Set([
  ...listed('Expression | ParenthesizedExpression | List | Interval | Name | Identifier | VariableName | PathExpression | PathName'),
  ...listed('NumericLiteral | StringLiteral | BooleanLiteral | null | DateTimeLiteral | DateTimeConstructor | AtLiteral'),
  ...listed('Disjunction | Conjunction | Comparison | CompareOp | PositiveUnaryTests | PositiveUnaryTest | SimplePositiveUnaryTest'),
  ...listed('ArithmeticExpression | ArithOp | IfExpression | FilterExpression | FunctionInvocation | PositionalParameters'),
  ...listed('QuantifiedExpression | InExpressions | InExpression | IterationContext | SpecialFunctionName'),
  ...listed('some | every | satisfies | if | then | else | and | or | in | between | not | date | time | duration | date and time'),
  ...listed('( | ) | [ | ] | . | .. | , | @'),
]);

/** How people call what is not offered. */
export const leftOut: ReadonlyMap<string, string> = new Map([
  ['ForExpression', 'a "for"'],
  ['FunctionDefinition', 'a function of its own'],
  ['Context', 'a context in braces'],
  ['InstanceOfExpression', 'an "instance of"'],
  ['LineComment', 'a comment'],
  ['BlockComment', 'a comment'],
  ['BacktickIdentifier', 'a name in backticks'],
  ['NamedParameters', 'parameters by name'],
]);

/** Functions of FEEL that maps may call; each takes time in proportion to what it is given. */
export const functions: ReadonlySet<string> = new Set([
  ...listed('not | now | today | number | string | count | min | max | sum | mean | all | any'),
  ...listed('list contains | append | concatenate | reverse | sublist | index of | flatten | string join'),
  ...listed('contains | starts with | ends with | substring | substring before | substring after | string length'),
  ...listed('upper case | lower case | decimal | floor | ceiling | abs | modulo | odd | even'),
  ...listed('years and months duration | day of week | day of year | week of year | month of year'),
]);

/** `list  contains` is `list contains`. */
export const oneSpaced = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
