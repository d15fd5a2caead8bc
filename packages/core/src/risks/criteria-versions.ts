import { againstApprover } from '../shared/authority.ts';
import type { Authority } from '../shared/authority.ts';
import type { Decision } from '../shared/refusal.ts';
import { decideVersion } from '../shared/versions.ts';
import type { VersionCommand, VersionEvent, VersionState } from '../shared/versions.ts';
import { validateCriteria } from './criteria.ts';
import type { RiskCriteria } from './criteria.ts';

/** Judges a command on a version of the risk criteria; only criteria without a problem are submitted, only designated management approves. */
export function decideCriteria(
  state: VersionState,
  command: VersionCommand,
  facts: { readonly criteria: RiskCriteria; readonly authorities: readonly Authority[] },
): Decision<VersionEvent> {
  if (command.kind === 'submit') return decideVersion(state, command, validateCriteria(facts.criteria));
  if (command.kind !== 'approve') return decideVersion(state, command, []);
  const against = againstApprover({
    subject: 'criteria',
    approver: command.by,
    authors: state.authors,
    on: command.on,
    authorities: facts.authorities,
  });
  return decideVersion(state, command, against);
}
