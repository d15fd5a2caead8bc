import type { Role } from '../roles/permissions.ts';
import { refusal } from '../shared/refusal.ts';
import type { Decision, Refusal } from '../shared/refusal.ts';
import { decideVersion } from '../shared/versions.ts';
import type { VersionCommand, VersionEvent, VersionState } from '../shared/versions.ts';

/**
 * Judges a command on a version of the scope statement: draft → in review → approved → superseded. Top management
 * approves it, never an author. Evolve with `evolveVersion`. Source: ISO/IEC 42001, 4.3 and 5.1.
 */
export function decideScope(version: VersionState, command: VersionCommand, roles: readonly Role[]): Decision<VersionEvent> {
  return decideVersion(version, command, command.kind === 'approve' ? againstApprover(version, command.by, roles) : []);
}

function againstApprover(version: VersionState, by: string, roles: readonly Role[]): readonly Refusal[] {
  return [
    ...(roles.includes('top_management')
      ? []
      : [
          refusal(
            'TOP_MANAGEMENT_NEEDED',
            'expected someone of top management, got another role',
            'Ask top management to approve it.',
            'approvedBy',
          ),
        ]),
    ...(version.authors.includes(by)
      ? [
          refusal(
            'APPROVER_IS_AUTHOR',
            'expected an approver who is not the author, got the author',
            'Let another person of top management approve it.',
            'approvedBy',
          ),
        ]
      : []),
  ];
}
