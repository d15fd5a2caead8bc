import { readFile } from 'node:fs/promises';
import glossary from '@aimwell/catalog/glossary/glossary.json' with { type: 'json' };
import { expect, it } from 'vitest';
import { glossaryPage } from '../../../../scripts/generate-glossary.ts';
import { glossaryFile } from './glossary.ts';

const { terms } = glossaryFile.parse(glossary);

it('keeps docs/glossary.md as the catalog has it', async () => {
  const page = await readFile(new URL('../../../../docs/glossary.md', import.meta.url), 'utf8');
  expect(page).toBe(glossaryPage(terms));
});

it('lists the terms in alphabetical order', () => {
  const names = terms.map((term) => term.term.toLowerCase());
  expect(names).toEqual([...names].sort());
});

it('links a term to the terms it names', () => {
  expect(glossaryPage(terms)).toContain('See [Corrective action](#corrective-action), [Nonconformity](#nonconformity).');
});
