import { type Rule, subjectRule } from '../rule.ts';
import { dayOf, listOf, textOf } from '../values.ts';
import { finding, findingIf, met, notJudged, outside } from '../verdict.ts';
import { isLive } from './populations.ts';

/** Duties under the AI Act as far as the register of systems shows them. They do not stop at the scope of the AIMS. */
export const lawRules: readonly Rule[] = [
  subjectRule({
    id: 'R108',
    subject: 'systems',
    fields: ['state', 'lawScreenedOn', 'lawVersion'],
    whenEmpty: 'AI systems in the register',
    check: ({ subject, known }) => {
      if (!isLive(subject)) return outside();
      const screened = dayOf(subject.lawScreenedOn);
      if (screened === null) return finding('not screened for prohibited practices');
      return findingIf(screened < known.law.date && `screened on ${screened}, before the law changed on ${known.law.date}`);
    },
  }),
  subjectRule({
    id: 'R109',
    subject: 'systems',
    fields: ['state', 'lawVersion'],
    whenEmpty: 'AI systems that have been classified',
    check: ({ subject, known }) => {
      const version = textOf(subject.lawVersion);
      if (!isLive(subject) || version === null) return outside();
      return findingIf(version !== known.law.version && `classified under ${version}, in force is ${known.law.version}`);
    },
  }),
  subjectRule({
    id: 'R110',
    subject: 'systems',
    fields: ['state', 'lawFlags', 'lawProfiling', 'lawExemptionClaimed'],
    whenEmpty: 'AI systems for which the exemption of Article 6(3) is claimed',
    check: ({ subject }) => {
      const flags = listOf(subject.lawFlags);
      // Claimed, but confirmed as high-risk all the same: then nobody relies on the exemption.
      const relied = flags.includes('exempt') || (subject.lawExemptionClaimed === true && !flags.includes('high-risk'));
      if (!isLive(subject) || !relied) return outside();
      if (subject.lawProfiling === true) return finding('exempt, although it profiles persons');
      return subject.lawProfiling === false ? met() : notJudged('the answer whether the system profiles persons');
    },
  }),
];
