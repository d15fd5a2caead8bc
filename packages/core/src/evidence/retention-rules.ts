/**
 * How long records are kept once they no longer serve. Our proposals, with their reason; an organisation adopts, shortens
 * or lengthens them in its settings. The standard asks that retention is controlled (7.5.3) and names no period.
 */
export interface RetentionRule {
  readonly register: string;
  /** Whole years. */
  readonly years: number;
  /** The event from which the years run. */
  readonly from: 'superseded' | 'archived' | 'collected';
  readonly reason: string;
}

const cycle = 'One certification cycle of three years: the next audit still asks about the one before.';

export const retentionDefaults: readonly RetentionRule[] = [
  { register: 'evidence', years: 3, from: 'archived', reason: cycle },
  { register: 'scope-statements', years: 3, from: 'superseded', reason: cycle },
  { register: 'risk-criteria', years: 3, from: 'superseded', reason: cycle },
  { register: 'treatment-plans', years: 3, from: 'superseded', reason: cycle },
  { register: 'soa-versions', years: 3, from: 'superseded', reason: cycle },
  {
    register: 'risk-assessments',
    years: 3,
    from: 'archived',
    reason: 'The standard asks to keep the results of risk assessments; one certification cycle shows how they changed.',
  },
  { register: 'control-tests', years: 3, from: 'archived', reason: cycle },
];

/** What an organisation has adopted: years by register. */
export type AdoptedRetention = Readonly<Record<string, number>>;

/** The years that hold for a register, and whether the organisation adopted them or they are our proposal. */
export const retentionYears = (register: string, adopted: AdoptedRetention): { readonly years: number; readonly adopted: boolean } => {
  const own = adopted[register];
  if (own !== undefined) return { years: own, adopted: true };
  return { years: retentionDefaults.find((rule) => rule.register === register)?.years ?? 3, adopted: false };
};
