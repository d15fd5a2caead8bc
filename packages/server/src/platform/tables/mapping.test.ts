import { describe, expect, it } from 'vitest';
import { SYSTEM_FIELDS } from './fixtures/fields.ts';
import { fixture, table } from './fixtures/helpers.ts';
import { sendColumn, suggestMapping } from './mapping.ts';
import { readTable } from './read.ts';

const fieldsOf = (headers: readonly string[], ...rows: readonly (readonly string[])[]) => {
  const { headers: columns, rows: body } = table(headers, ...rows);
  return suggestMapping(columns, body, SYSTEM_FIELDS).map(({ to, field }) => field ?? to);
};

describe('a column finds its field', () => {
  it.each([
    { header: 'name', field: 'name' },
    { header: 'AI SYSTEM', field: 'name' },
    { header: ' Our  role ', field: 'roles' },
    { header: 'our_role', field: 'roles' },
    { header: 'goLiveDate', field: 'goLive' },
    { header: 'Review date', field: 'review' },
    { header: 'Intended purposes', field: 'purpose' },
    { header: 'Vendor', field: 'provider' },
  ])('$header', ({ header, field }) => {
    expect(fieldsOf([header])).toEqual([field]);
  });
});

describe('a column without a field becomes an own field', () => {
  it.each([
    'Cost centre',
    'Comment',
    '',
    'Do you have access to an enterprise data catalog or repository?',
    'Name of the person who approved the budget',
  ])('%j', (header) => {
    expect(fieldsOf([header])).toEqual(['own']);
  });
  it('also when its values cannot be what the field holds', () => {
    expect(fieldsOf(['Latest review'], ['soon'], ['when asked'], ['later'])).toEqual(['own']);
    expect(fieldsOf(['Latest review'], ['2026-01-01'], ['2026-02-01'])).toEqual(['review']);
  });
});

it('gives a field to one column only, the best', () => {
  expect(fieldsOf(['System name', 'Name', 'Name', 'Title'])).toEqual(['own', 'name', 'own', 'own']);
});

describe('the messy sheet', () => {
  const suggest = async () => {
    const { headers, rows } = await readTable(fixture('messy-systems.csv'), 'x');
    return suggestMapping(headers, rows, SYSTEM_FIELDS);
  };
  it('is mapped whole, its two comments as own fields', async () => {
    expect((await suggest()).map(({ key, field, to }) => [key, field ?? to])).toEqual([
      ['AI system', 'name'],
      ['Purpose', 'purpose'],
      ['Owner', 'owner'],
      ['Supplier', 'provider'],
      ['Our role', 'roles'],
      ['Stage', 'stage'],
      ['Data used', 'data'],
      ['Affected groups', 'affected'],
      ['Go-live date', 'goLive'],
      ['Next review', 'review'],
      ['Comment', 'own'],
      ['Comment (2)', 'own'],
    ]);
  });
  it('has its choices guessed and the unknown ones listed with their counts', async () => {
    const values = (await suggest()).find(({ field }) => field === 'stage')?.values;
    expect(values).toEqual([
      { seen: 'In use', count: 10, value: 'production' },
      { seen: 'Pilot', count: 2, value: 'pilot' },
      { seen: 'idea', count: 2, value: 'candidate' },
      { seen: 'Rolled out', count: 1 },
      { seen: 'Testing', count: 1, value: 'pilot' },
      { seen: 'Stopped', count: 1 },
      { seen: 'Roll-out', count: 1 },
    ]);
    expect((await suggest()).find(({ field }) => field === 'roles')?.values).toContainEqual({ seen: 'user', count: 1, value: 'deployer' });
  });
});

describe('a saved mapping', () => {
  const { headers, rows } = table(['Label', 'Stage', 'Name', 'Extra'], ['a', 'Live!', 'b', 'c'], ['a', 'shelved', 'b', 'c']);
  const saved = suggestMapping(headers, rows, SYSTEM_FIELDS).map((column) => {
    if (column.key === 'Label') return { ...column, to: 'field' as const, field: 'name' };
    if (column.key === 'Stage') return { ...column, values: [{ seen: 'shelved', count: 1, value: 'retired' }] };
    return column.key === 'Extra'
      ? { ...column, to: 'skip' as const }
      : { key: 'Old', index: 2, to: 'own' as const, confidence: 0, samples: [] };
  });
  it('goes before every guess, and new columns are still guessed', () => {
    const again = suggestMapping(headers, rows, SYSTEM_FIELDS, saved);
    expect(again.map(({ to, field }) => field ?? to)).toEqual(['name', 'stage', 'own', 'skip']);
    expect(again[1]?.values).toEqual([
      { seen: 'Live!', count: 1, value: 'production' },
      { seen: 'shelved', count: 1, value: 'retired' },
    ]);
  });
});

describe('when a person sends a column elsewhere', () => {
  const { headers, rows } = table(['Name', 'Label', 'Phase'], ['a', 'b', 'Pilot'], ['a', 'b', 'later']);
  const [name, stage] = [SYSTEM_FIELDS.find((field) => field.name === 'name'), SYSTEM_FIELDS.find((field) => field.name === 'stage')];
  const mapping = suggestMapping(headers, rows, SYSTEM_FIELDS);
  const places = (columns: typeof mapping) => columns.map(({ to, field }) => field ?? to);
  it('the field leaves the column that held it', () => {
    expect(places(mapping)).toEqual(['name', 'own', 'own']);
    expect(name && places(sendColumn(mapping, 1, { field: name }, rows))).toEqual(['own', 'name', 'own']);
  });
  it('the choices of the field are guessed', () => {
    expect(stage && sendColumn(mapping, 2, { field: stage }, rows)[2]?.values).toEqual([
      { seen: 'Pilot', count: 1, value: 'pilot' },
      { seen: 'later', count: 1 },
    ]);
  });
  it('nothing else moves', () => {
    expect(places(sendColumn(mapping, 0, 'skip', rows))).toEqual(['skip', 'own', 'own']);
  });
});
