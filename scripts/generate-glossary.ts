import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { glossaryFile, type Term } from '@aimwell/contract/catalog/glossary';

/**
 * Writes docs/glossary.md from catalog/glossary/glossary.json.
 *   node scripts/generate-glossary.ts           write
 *   node scripts/generate-glossary.ts --check   exit 1 when the file is not what would be written
 */
const SOURCE = fileURLToPath(new URL('../catalog/glossary/glossary.json', import.meta.url));
const TARGET = fileURLToPath(new URL('../docs/glossary.md', import.meta.url));

const anchor = (id: string): string => `<a id="${id}"></a>`;

function entry(term: Term, names: ReadonlyMap<string, string>): string {
  const refs = term.refs.length > 0 ? ` *(${term.refs.join(', ')})*` : '';
  const seeAlso = term.seeAlso.map((id) => `[${names.get(id) ?? id}](#${id})`).join(', ');
  return `${anchor(term.id)}**${term.term}.** ${term.meaning}${refs}${seeAlso ? ` See ${seeAlso}.` : ''}`;
}

/** The whole page. Terms stand in the order of the file, which is alphabetical. */
export function glossaryPage(terms: readonly Term[]): string {
  const names = new Map(terms.map((term) => [term.id, term.term]));
  const head = [
    '# Glossary',
    '',
    `The ${terms.length} words that product, code and documents use, each in one meaning and in our own wording. Numbers in brackets are clauses and controls of ISO/IEC 42001:2023.`,
    'Generated from `catalog/glossary/glossary.json` by `node scripts/generate-glossary.ts`; change the words there.',
  ];
  return `${[...head, '', terms.map((term) => entry(term, names)).join('\n\n')].join('\n')}\n`;
}

async function main(): Promise<void> {
  const { terms } = glossaryFile.parse(JSON.parse(await readFile(SOURCE, 'utf8')));
  const page = glossaryPage(terms);
  if (!process.argv.includes('--check')) return writeFile(TARGET, page);
  const present = await readFile(TARGET, 'utf8').catch(() => '');
  if (present === page) return;
  process.stderr.write('docs/glossary.md is older than the catalog. Run: node scripts/generate-glossary.ts\n');
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
