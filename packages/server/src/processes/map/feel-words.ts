/**
 * The part of FEEL that maps may use. What could run without end, for very long, or by a pattern of the writer's choosing is left out:
 * `for`, functions of one's own, ranges walked through, powers, regular expressions, and functions that compare each item with each.
 */

/** Kinds of nodes of the syntax tree, as the grammar of feelin names them. Words and signs come last. */
export const offered: ReadonlySet<string> = new Set([
  ...['Expression', 'ParenthesizedExpression', 'List', 'Interval', 'Name', 'Identifier', 'VariableName', 'PathExpression', 'PathName'],
  ...['NumericLiteral', 'StringLiteral', 'BooleanLiteral', 'null', 'DateTimeLiteral', 'DateTimeConstructor', 'AtLiteral'],
  ...['Disjunction', 'Conjunction', 'Comparison', 'CompareOp', 'PositiveUnaryTests', 'PositiveUnaryTest', 'SimplePositiveUnaryTest'],
  ...['ArithmeticExpression', 'ArithOp', 'IfExpression', 'FilterExpression', 'FunctionInvocation', 'PositionalParameters'],
  ...['QuantifiedExpression', 'InExpressions', 'InExpression', 'IterationContext', 'SpecialFunctionName'],
  ...['some', 'every', 'satisfies', 'if', 'then', 'else', 'and', 'or', 'in', 'between', 'not', 'date', 'time', 'duration', 'date and time'],
  ...['(', ')', '[', ']', '.', '..', ',', '@'],
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
  ...['not', 'now', 'today', 'number', 'string', 'count', 'min', 'max', 'sum', 'mean', 'all', 'any'],
  ...['list contains', 'append', 'concatenate', 'reverse', 'sublist', 'index of', 'flatten', 'string join'],
  ...['contains', 'starts with', 'ends with', 'substring', 'substring before', 'substring after', 'string length'],
  ...['upper case', 'lower case', 'decimal', 'floor', 'ceiling', 'abs', 'modulo', 'odd', 'even'],
  ...['years and months duration', 'day of week', 'day of year', 'week of year', 'month of year'],
]);

/** `list  contains` is `list contains`. */
export const oneSpaced = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
