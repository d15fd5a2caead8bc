import { describe, expect, it } from 'vitest';
import { sortTargets } from './proves.ts';

const known = {
  controls: ['A.6.2.4', 'A.6.2.5'],
  requirements: ['9.1-1', '9.1-2', '9.2.1-1', '10.2-1'],
  prefixes: { SYS: 'systems', OWN: 'ownControls' },
};
const sorted = (...given: string[]) => {
  const found = sortTargets(given, known);
  if ('refused' in found) throw new Error(JSON.stringify(found));
  return found.targets;
};

describe('what a file is said to prove', () => {
  it('is a control, however it is written', () => expect(sorted('a.6.2.4', 'A.6.2.4').controls).toEqual(['A.6.2.4']));
  it('is one requirement, or all of a clause', () => {
    expect(sorted('9.1-2').requirements).toEqual(['9.1-2']);
    expect(sorted('9.1').requirements).toEqual(['9.1-1', '9.1-2']);
    expect(sorted('9').requirements).toEqual(['9.1-1', '9.1-2', '9.2.1-1']);
  });
  it('is a record by its identifier, once', () =>
    expect(sorted('SYS-0003', 'sys-0003').records).toEqual([{ field: 'systems', number: 3, text: 'sys-0003' }]));
  it.each(['A.6.2', '9.10', '99', 'XYZ-0001', 'the login', '', '1)'])('is not "%s"', (text) =>
    expect(sortTargets([text, 'A.6.2.4'], known)).toMatchObject({ refused: [{ code: 'PROVES_NOTHING_KNOWN', field: 'proves' }] }),
  );
  it('names every unknown one at once', () => expect(sortTargets(['x', 'y'], known)).toMatchObject({ refused: [{}, {}] }));
});
