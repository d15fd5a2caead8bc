import { z } from 'zod';
import { clauseOrControl, meta, provenance, ruleId, words } from './provenance.ts';

/** The grade we propose; a person decides. `minor_can_become_major`: when systemic or with effect on the intended results. */
export const ruleSeverity = z.enum(['major', 'minor', 'minor_can_become_major', 'observation']);
export type RuleSeverity = z.infer<typeof ruleSeverity>;

/** Judged and counted apart: an auditor of the standard certifies neither the law nor the certification cycle. */
export const ruleGroup = z.enum(['standard', 'law', 'certification']);
export type RuleGroup = z.infer<typeof ruleGroup>;

/** The words of a conformity rule. `finding` holds placeholders such as {s} that the rule fills with what it saw. */
export const rule = z.strictObject({
  id: ruleId,
  title: words.max(60),
  group: ruleGroup,
  severity: ruleSeverity,
  /** Stands beside the verdict and is never counted in it. */
  worthALook: z.boolean(),
  refs: z.array(clauseOrControl),
  /** The checkable points under `refs` that a finding speaks of; a control or law alone has none. */
  requirements: z.array(z.string()),
  /** What it rests on besides clauses and controls: law, certification practice. */
  basis: z.array(words),
  /** Kinds of record it reads. */
  records: z.array(z.string()).min(1),
  condition: words,
  finding: words,
  /** One sentence: what a person does about it. */
  remedy: words,
  /** Codes of `meta.origins`. */
  origin: z.array(z.string()).min(1),
  ...provenance,
});
export type Rule = z.infer<typeof rule>;

export const rulesFile = z.strictObject({
  meta: meta.extend({ origins: z.record(z.string(), words) }),
  rules: z.array(rule),
});
