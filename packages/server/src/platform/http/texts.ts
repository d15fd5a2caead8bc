import type { ProblemItem } from '@aimwell/contract/platform/problem';
import { invalid } from '../errors.ts';

/** Deeper than anything the product takes; JSON nested without end would exhaust the stack of whoever walks it. */
const DEEPEST = 40;

/** Well-formed Unicode without the character that PostgreSQL cannot hold. */
const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

const unstorable = (field: string): ProblemItem => ({
  code: 'TEXT_UNREADABLE',
  field,
  message: 'expected text, got characters that are none: half of a surrogate pair, or NUL',
  remedy: 'Remove these characters and send it again.',
});

/**
 * Everything in a request that no field can hold, whichever endpoint takes it: text that is not Unicode, in values and in
 * names, and JSON nested too deep. At most twenty findings.
 */
export const textProblems = (given: unknown, at = ''): ProblemItem[] => {
  const problems: ProblemItem[] = [];
  const waiting: { readonly value: unknown; readonly field: string; readonly depth: number }[] = [{ value: given, field: at, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined && problems.length < 20; next = waiting.pop()) {
    const { value, field, depth } = next;
    if (typeof value === 'string') {
      if (!isStorable(value)) problems.push(unstorable(field));
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= DEEPEST)
        return [
          { code: 'TOO_DEEP', field, message: `expected at most ${DEEPEST} levels, got more`, remedy: 'Send what this address describes.' },
        ];
      for (const [name, member] of Object.entries(value)) {
        const inner = field === '' ? name.toWellFormed() : `${field}.${name.toWellFormed()}`;
        if (!isStorable(name)) problems.push(unstorable(inner.replaceAll('\u0000', '\ufffd')));
        waiting.push({ value: member, field: inner, depth: depth + 1 });
      }
    }
  }
  return problems;
};

/** Throws INVALID with what is unreadable in path, query or body. */
export const checkTexts = (request: { readonly params: unknown; readonly query: unknown; readonly body: unknown }): void => {
  const problems = [...textProblems(request.params), ...textProblems(request.query), ...textProblems(request.body)];
  if (problems.length > 0) throw invalid(problems);
};
