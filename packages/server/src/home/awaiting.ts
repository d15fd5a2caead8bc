import type { AwaitingItem } from '@aimwell/contract/home/endpoints';
import { identifierOf, type Register } from '@aimwell/contract/platform/register';
import { riskCriteria } from '@aimwell/contract/risks/criteria';
import { risks } from '@aimwell/contract/risks/risks';
import { roleAssignments } from '@aimwell/contract/roles/roles';
import { scopeStatements } from '@aimwell/contract/scope/scope';
import { soaVersions } from '@aimwell/contract/soa/soa';
import { treatmentPlans, treatments } from '@aimwell/contract/treatment/treatments';
import { holdsOneOf } from '@aimwell/core/roles/permissions';
import { type ApprovalSubject, type Authority, againstApprover } from '@aimwell/core/shared/authority';
import { acceptanceStatus, DEFAULT_VALIDITY_MONTHS, decideAcceptance } from '@aimwell/core/treatment/acceptance';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { authorsOf, versionStateOf } from '../platform/register/approval.ts';
import type { Row } from '../platform/register/columns.ts';
import { findRows, loadRows } from '../platform/register/read.ts';
import { acceptanceOf, levelNow, type Risk } from '../risks/reads.ts';
import { readAuthorities } from '../roles/reads.ts';

/** Registers whose versions are approved, and by which authority; the scope statement takes none but the role. */
const versions: readonly (readonly [Register, ApprovalSubject | null])[] = [
  [scopeStatements, null],
  [riskCriteria, 'criteria'],
  [treatmentPlans, 'plan'],
  [soaVersions, 'soa'],
];

/** What only this person can answer now: the same rules decide as when the deed is done. Nobody's, for a token of its own. */
export const readAwaiting = async (tx: Tx, context: Context): Promise<AwaitingItem[]> => {
  const me = context.actor.personId;
  if (me === null) return [];
  const authorities = await readAuthorities(tx);
  return [
    ...(await rolesToAccept(tx, me)),
    ...(await versionsToApprove(tx, context, me, authorities)),
    ...(await risksToAccept(tx, context, me)),
    ...(await acceptancesToApprove(tx, context, me, authorities)),
  ];
};

const item = (register: Register, row: Row, deed: AwaitingItem['deed'], command: string, since: unknown): AwaitingItem => ({
  register: register.name,
  id: row.id,
  identifier: identifierOf(register, row.number),
  title: String(row[register.title] ?? ''),
  deed,
  command,
  since: typeof since === 'string' ? since.slice(0, 10) : null,
});

const mayRun = (context: Context, register: Register, name: string): boolean =>
  register.commands.some((command) => command.name === name && holdsOneOf(context.actor.roles, command.roles));

const rolesToAccept = async (tx: Tx, me: string): Promise<AwaitingItem[]> =>
  (await findRows(tx, roleAssignments, { holder: me, state: 'proposed' })).map((row) =>
    item(roleAssignments, row, 'acceptRole', 'accept', row['assignedOn'] ?? row['createdAt']),
  );

const versionsToApprove = async (tx: Tx, context: Context, me: string, authorities: readonly Authority[]): Promise<AwaitingItem[]> => {
  const found: AwaitingItem[] = [];
  for (const [register, subject] of versions) {
    if (!mayRun(context, register, 'approve')) continue;
    for (const row of await findRows(tx, register, { state: 'in_review' })) {
      const { authors } = versionStateOf(row, await authorsOf(tx, register, row.id));
      const against =
        subject === null
          ? authors.includes(me)
          : againstApprover({ subject, approver: me, authors, on: context.today, authorities }).length > 0;
      if (!against) found.push(item(register, row, 'approveVersion', 'approve', row['submittedAt']));
    }
  }
  return found;
};

/** Risks of mine that wait for nothing but my acceptance: within the criteria, retained by an approved plan, or treated and rated again. */
const risksToAccept = async (tx: Tx, context: Context, me: string): Promise<AwaitingItem[]> => {
  if (!mayRun(context, risks, 'accept')) return [];
  const rows = (await findRows(tx, risks, {
    owner: me,
    state: ['evaluated', 'plan_approved', 'treated_pending_check'],
    kind: 'risk',
  })) as Risk[];
  const open = rows.filter(
    (risk) => !['valid', 'awaits_approval'].includes(acceptanceStatus(acceptanceOf(risk), context.today, risk.assessment)),
  );
  const planned = open.filter(({ state }) => state === 'plan_approved').map(({ id }) => id);
  const carriedOut = new Set(
    planned.length === 0
      ? []
      : (await findRows(tx, treatments, { risk: planned }))
          .filter(({ option, state }) => option !== 'retain' && state !== 'cancelled')
          .map(({ risk }) => risk),
  );
  return open
    .filter((risk) => {
      if (risk.state === 'evaluated') return risk.aboveThreshold !== 'yes';
      return risk.state === 'plan_approved' ? !carriedOut.has(risk.id) : risk.residualLevel !== null;
    })
    .map((risk) => item(risks, risk, 'acceptRisk', 'accept', risk.assessedOn));
};

const acceptancesToApprove = async (tx: Tx, context: Context, me: string, authorities: readonly Authority[]): Promise<AwaitingItem[]> => {
  if (!mayRun(context, risks, 'approveAcceptance')) return [];
  const ids = await tx.query<{ id: string }>(sql`
    select t.id from risks t where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and t.above_threshold = 'yes'
      and t.accepted_by_id is not null and t.acceptance_approved_by_id is null and t.accepted_assessment_id = t.assessment_id`);
  const rows = (await loadRows(
    tx,
    risks,
    ids.map(({ id }) => id),
  )) as Risk[];
  return rows
    .filter((risk) => {
      const level = levelNow(risk);
      const state = acceptanceOf(risk);
      if (risk.assessment === null || level === null || acceptanceStatus(state, context.today, risk.assessment) !== 'awaits_approval')
        return false;
      const facts = {
        riskOwner: risk.owner,
        rating: { assessmentId: risk.assessment, level },
        authorities,
        validityMonths: DEFAULT_VALIDITY_MONTHS,
      };
      return !('refused' in decideAcceptance(state, { kind: 'approveAcceptance', by: me, on: context.today }, facts));
    })
    .map((risk) => item(risks, risk, 'approveAcceptance', 'approveAcceptance', risk.acceptedOn));
};
