import { organisationRule, type Rule, subjectRule } from '../rule.ts';
import { isOneOf, type Seen, textOf } from '../values.ts';
import { finding, findingIf, met, notJudged, outside } from '../verdict.ts';
import { controlName, isEmptyList, speakingVersion, speaks, versionsRead } from './populations.ts';

const facts = { versions: versionsRead };
const included = 'controls that the Statement of Applicability includes';
const excluded = 'controls that the Statement of Applicability excludes';
const emptyPhrases = ['not relevant', 'not applicable', 'n/a', 'na', 'none', 'not needed', 'not required', 'no', '-'];

/** Clause 6.1.3: the Statement of Applicability by itself. Judged is the version that speaks: approved, else the newest draft. */
export const soaRules: readonly Rule[] = [
  organisationRule({
    id: 'R035',
    facts,
    checkAll: ({ facts: { versions } }) => {
      if (versions.some((version) => version.state === 'approved')) return met();
      return finding(
        versions.length === 0 ? 'no Statement of Applicability exists' : 'no version of the Statement of Applicability is approved',
      );
    },
  }),
  organisationRule({
    id: 'R036',
    facts: { ...facts, entries: { rows: 'soa-entries', fields: ['soa', 'control', 'decision'] } },
    checkAll: ({ facts: { versions, entries }, known }) => {
      const version = speakingVersion(versions);
      if (version === null) return notJudged('a Statement of Applicability');
      const mine = entries.filter((entry) => entry.soa === version.id);
      const absent = known.controls.filter((control) => !mine.some((entry) => entry.control === control));
      const undecided = mine.filter((entry) => !isOneOf(entry.decision, ['included', 'excluded']));
      if (absent.length + undecided.length === 0) return met();
      return {
        verdict: finding(
          [
            absent.length > 0 ? `${absent.length} controls of Annex A have no entry` : '',
            undecided.length > 0 ? `${undecided.length} entries are undecided` : '',
          ]
            .filter(Boolean)
            .join(', '),
        ),
        population: Math.max(known.controls.length, mine.length + absent.length),
        affected: absent.length + undecided.length,
        records: undecided.map((record) => ({ register: 'soa-entries', record, seen: 'undecided' })),
      };
    },
  }),
  subjectRule({
    id: 'R037',
    subject: 'soa-entries',
    fields: ['soa', 'decision', 'reasons', 'justification', 'risks', 'objectives', 'laws', 'contracts'],
    facts,
    whenEmpty: included,
    check: ({ subject, facts: { versions } }) => {
      if (subject.decision !== 'included' || !speaks(subject, versions)) return outside();
      if (isEmptyList(subject.reasons)) return finding('included without a kind of reason');
      return findingIf(textOf(subject.justification) === null && !isLinked(subject) && 'included with neither words nor a link');
    },
  }),
  subjectRule({
    id: 'R038',
    subject: 'soa-entries',
    fields: ['soa', 'decision', 'justification'],
    facts,
    whenEmpty: excluded,
    check: ({ subject, facts: { versions }, settings }) => {
      if (subject.decision !== 'excluded' || !speaks(subject, versions)) return outside();
      const reason = textOf(subject.justification)?.trim() ?? '';
      if (reason === '') return finding('excluded without a justification');
      if (emptyPhrases.includes(reason.toLowerCase().replace(/[.\s]+$/u, ''))) return finding(`excluded with an empty phrase: ${reason}`);
      return findingIf(
        reason.length < settings.thresholds.exclusionReasonCharacters && `excluded with ${reason.length} characters of reason: ${reason}`,
      );
    },
  }),
  subjectRule({
    id: 'R040',
    subject: 'soa-entries',
    fields: ['soa', 'decision', 'reasons', 'risks', 'objectives', 'laws', 'contracts', 'control'],
    facts,
    whenEmpty: `${included} because of a risk`,
    check: ({ subject, facts: { versions } }) => {
      const forRisk = Array.isArray(subject.reasons) && subject.reasons.includes('risk');
      if (subject.decision !== 'included' || !forRisk || !speaks(subject, versions)) return outside();
      return findingIf(
        !isLinked(subject) && `${controlName(subject)} is included for risk, and no risk, law, contract or objective is linked`,
      );
    },
  }),
  organisationRule({
    id: 'R043',
    facts: { ...facts, own: { count: 'controls' } },
    checkAll: ({ facts: { versions, own } }) => {
      if (own > 0) return met();
      const version = speakingVersion(versions);
      if (version === null) return notJudged('a Statement of Applicability or own controls');
      return findingIf(textOf(version.ownControlsStatement) === null && 'no own controls, and no statement that none are needed');
    },
  }),
];

const isLinked = (entry: Seen<'risks' | 'objectives' | 'laws' | 'contracts'>): boolean =>
  !isEmptyList(entry.risks) || !isEmptyList(entry.objectives) || textOf(entry.laws) !== null || textOf(entry.contracts) !== null;
