import { inForce } from '../shared/authority.ts';
import type { Authority } from '../shared/authority.ts';

/** A responsibility as it is held on the day of judging: proposed or accepted, begun and not over. */
export interface HeldRole {
  readonly id: string;
  readonly holder: string;
  readonly responsibility: string;
  /** What it is about; null: the whole management system. */
  readonly object: string | null;
}

/** Duties that should not lie in one hand. It is shown and not refused: a small organisation may have no second hand and says how it makes up for it. */
export interface Incompatibility {
  readonly kind: 'audits_own_work' | 'handles_own_concern' | 'sole_approver_is_author';
  readonly holder: string;
  readonly message: string;
  readonly remedy: string;
  /** Ids of the assignments; for a sole approver those that make him the author. */
  readonly assignments: readonly string[];
}

const words = (responsibility: string): string => responsibility.replaceAll('_', ' ');

interface Pair {
  readonly kind: 'audits_own_work' | 'handles_own_concern';
  readonly one: string;
  readonly others: readonly string[];
  readonly remedy: string;
}

/** Source: ISO/IEC 42001, 9.2.2 (objective and impartial audits) and A.3.3 (concerns heard without fear). */
const PAIRS: readonly Pair[] = [
  {
    kind: 'audits_own_work',
    one: 'internal_audit',
    others: [
      'aims_conformity',
      'aims_reporting',
      'risk_management',
      'impact_assessment',
      'system_ownership',
      'human_oversight',
      'data_governance',
      'supplier_management',
      'incident_handling',
      'concern_handling',
    ],
    remedy: 'Let somebody else audit this, or narrow what each of the two is about.',
  },
  {
    kind: 'handles_own_concern',
    one: 'concern_handling',
    others: ['system_ownership', 'human_oversight', 'incident_handling'],
    remedy: 'Let somebody else receive concerns about this, or narrow what each of the two is about.',
  },
];

/** What is about everything is about this too. */
const sameObject = (a: string | null, b: string | null): boolean =>
  a === null || b === null || a.trim().toLowerCase() === b.trim().toLowerCase();

/** Every clash among the responsibilities and authorities held on a day. */
export function incompatibilities(held: readonly HeldRole[], authorities: readonly Authority[], on: string): readonly Incompatibility[] {
  return [...PAIRS.flatMap((pair) => clashes(pair, held)), ...soleApprovers(held, authorities, on)];
}

function clashes(pair: Pair, held: readonly HeldRole[]): readonly Incompatibility[] {
  return held
    .filter((role) => role.responsibility === pair.one)
    .flatMap((role) =>
      held
        .filter(
          (other) => other.holder === role.holder && pair.others.includes(other.responsibility) && sameObject(role.object, other.object),
        )
        .map((other) => ({
          kind: pair.kind,
          holder: role.holder,
          message: `${words(role.responsibility)} and ${words(other.responsibility)} lie in one hand for ${other.object ?? role.object ?? 'the whole management system'}`,
          remedy: pair.remedy,
          assignments: [role.id, other.id],
        })),
    );
}

/** Who writes what only he may approve: no version of it can ever be approved, since an author never approves. */
function soleApprovers(held: readonly HeldRole[], authorities: readonly Authority[], on: string): readonly Incompatibility[] {
  const subjects = [
    { what: 'treatment plans', by: (authority: Authority) => authority.approvesPlans },
    { what: 'the Statement of Applicability', by: (authority: Authority) => authority.approvesSoa },
    { what: 'risk criteria', by: (authority: Authority) => authority.approvesCriteria },
  ];
  return subjects.flatMap(({ what, by }) => {
    const approvers = [...new Set(authorities.filter((authority) => inForce(authority, on) && by(authority)).map(({ holder }) => holder))];
    const [sole] = approvers;
    if (sole === undefined || approvers.length > 1) return [];
    const writing = held.filter((role) => role.holder === sole && ['risk_management', 'aims_conformity'].includes(role.responsibility));
    if (writing.length === 0) return [];
    return [
      {
        kind: 'sole_approver_is_author' as const,
        holder: sole,
        message: `the only person who may approve ${what} also answers for writing it (${writing.map((role) => words(role.responsibility)).join(', ')})`,
        remedy: `Record a second authority for ${what}, or hand the writing to somebody else.`,
        assignments: writing.map(({ id }) => id),
      },
    ];
  });
}
