import type { ConformityFinding } from '@aimwell/contract/conformity/endpoints';
import type { Here } from '../ui/session.tsx';
import { inSentence, registerMany, t } from '../ui/words.ts';
import { conformityTo } from './calls.ts';

/** Where to make what a finding misses, when there is no record yet that it could name. */
const absent: Readonly<Record<string, string>> = {
  R001: 'scope-statements',
  R004: 'context-issues',
  R005: 'context-issues',
  R007: 'interested-parties',
  R015: 'role-assignments',
  R019: 'risk-criteria',
  R034: 'risks',
  R035: 'soa-versions',
  R036: 'soa-versions',
  R042: 'soa-versions',
  R043: 'controls',
  R136: 'scope-statements',
};

/** The one press that leads to the remedy: the record, its register, or all records of the finding. */
export const remedyLink = (here: Here, finding: ConformityFinding): { readonly to: string; readonly label: string } => {
  const [first] = finding.records;
  if (first === undefined) {
    const register = absent[finding.rule];
    return register === undefined
      ? { to: conformityTo(here, { rule: finding.rule }), label: t('home.seeRemedy') }
      : { to: here.to(register), label: t('home.openPlace', { place: inSentence(registerMany(register)) }) };
  }
  if (finding.affected === 1) return { to: here.to(first.register, first.id), label: t('home.openOne', { identifier: first.identifier }) };
  return { to: conformityTo(here, { rule: finding.rule }), label: t('home.openMany', { count: finding.affected }) };
};
