import type { RuleCase } from './case.ts';

const good = { endedOn: '2026-11-21', faultCount: 0, from: null };

export const integrityCases: readonly RuleCase[] = [
  {
    rule: 'R069',
    name: 'the tree does not verify',
    flags: { 'integrity-checks': [{ endedOn: '2026-11-21', faultCount: 3, from: 41 }] },
    seen: 'does not verify from entry 41',
    spares: { 'integrity-checks': [good] },
  },
  {
    rule: 'R069',
    name: 'a file differs, however long ago that was seen',
    flags: { 'integrity-checks': [{ endedOn: '2026-01-02', faultCount: 1, from: null }] },
    seen: '1 record or file does not verify',
    spares: { 'integrity-checks': [{ ...good, endedOn: '2026-11-14' }] },
  },
  {
    rule: 'R069',
    name: 'the newest check speaks; a good one from too long ago says nothing',
    flags: { 'integrity-checks': [good, { endedOn: '2026-11-21', faultCount: 2, from: 0 }] },
    seen: 'from entry 0',
    spares: { 'integrity-checks': [{ ...good, endedOn: '2026-11-13' }] },
    spared: 'notJudged',
  },
];
