import { refusal } from '../../shared/refusal.ts';
import { broken, type Recognition, summaryOf } from './summary.ts';

const mostLevels = 100;
const wrong = (message: string): Recognition =>
  broken([refusal('BROKEN_JUNIT', message, 'Send the whole file as the test runner wrote it.', 'file')]);

export const claimsJunit = (text: string): boolean =>
  /^\s*(?:<\?xml[^>]{0,300}>\s*)?(?:<!--[^]{0,2000}?-->\s*)?<testsuites?[\s>/]/.test(text.slice(0, 4000));

/**
 * Test results as JUnit's XML, counted from the elements themselves since runners disagree on the totals they write. A
 * scan of tags, not an XML parser: no entity is resolved and a DOCTYPE is refused.
 */
export function readJunit(text: string): Recognition {
  const counts = { suites: 0, tests: 0, failed: 0, errors: 0, skipped: 0 };
  const open: string[] = [];
  let at = 0;
  let suite: string | null = null;
  for (;;) {
    const start = text.indexOf('<', at);
    if (start === -1) break;
    const special = specials.find(({ begin }) => text.startsWith(begin, start));
    if (special !== undefined) {
      const end = text.indexOf(special.end, start + special.begin.length);
      if (special.begin === '<!DOCTYPE') return wrong('expected test results without a DOCTYPE, got one');
      if (end === -1) return wrong(`expected ${special.end} to end ${special.begin}, got the end of the file`);
      at = end + special.end.length;
      continue;
    }
    const end = endOfTag(text, start);
    if (end === -1) return wrong('expected whole XML, got a tag that does not end');
    at = end + 1;
    const tag = text.slice(start + 1, end);
    const name = /^\/?([A-Za-z_][\w.:-]*)/.exec(tag)?.[1];
    if (name === undefined) return wrong(`expected the name of an element, got "<${tag.slice(0, 20)}"`);
    if (tag.startsWith('/')) {
      if (open.pop() !== name) return wrong(`expected elements that end in order, got </${name}>`);
      continue;
    }
    count(counts, name, open.at(-1));
    if (name === 'testsuite' || name === 'testsuites') suite ??= /\sname\s*=\s*"([^"<]{1,200})"/.exec(tag)?.[1] ?? null;
    if (!tag.endsWith('/')) open.push(name);
    if (open.length > mostLevels) return wrong(`expected at most ${mostLevels} levels of elements, got more`);
  }
  if (open.length > 0) return wrong(`expected </${open.at(-1)}>, got the end of the file`);
  const { tests, failed, errors, skipped } = counts;
  return summaryOf({ format: 'junit', madeBy: suite, counts: { ...counts, passed: Math.max(tests - failed - errors - skipped, 0) } });
}

const specials = [
  { begin: '<!--', end: '-->' },
  { begin: '<![CDATA[', end: ']]>' },
  { begin: '<?', end: '?>' },
  { begin: '<!DOCTYPE', end: '>' },
] as const;

/** A `>` inside an attribute's quotes does not end the tag. */
const endOfTag = (text: string, start: number): number => {
  let quote = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const letter = text[at];
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '>') return at;
    else if (letter === '<') return -1;
  }
  return -1;
};

const count = (
  counts: Record<'suites' | 'tests' | 'failed' | 'errors' | 'skipped', number>,
  name: string,
  parent: string | undefined,
): void => {
  if (name === 'testsuite') counts.suites += 1;
  if (name === 'testcase') counts.tests += 1;
  if (parent !== 'testcase') return;
  if (name === 'failure') counts.failed += 1;
  if (name === 'error') counts.errors += 1;
  if (name === 'skipped') counts.skipped += 1;
};
