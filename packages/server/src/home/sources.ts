import type { Register } from '@aimwell/contract/platform/register';
import { evidence } from '@aimwell/contract/evidence/evidence';
import { objectives } from '@aimwell/contract/objectives/objectives';
import { risks } from '@aimwell/contract/risks/risks';
import { authorities, roleAssignments } from '@aimwell/contract/roles/roles';
import { controlTests, soaEntries } from '@aimwell/contract/soa/soa';
import { systems } from '@aimwell/contract/systems/systems';
import { treatments } from '@aimwell/contract/treatment/treatments';
import { type RawBuilder, sql } from 'kysely';

/** A field of a register that holds a date by which something is to be done. */
export interface DueSource {
  readonly register: Register;
  readonly field: string;
  /** The field that names who answers for it. */
  readonly owner: string;
  /** While this holds of the record (`t`), the date still asks something of somebody. */
  readonly open: RawBuilder<unknown>;
}

/** Where dates come from. A finished, closed or replaced record has nothing due any more. */
export const dueSources: readonly DueSource[] = [
  { register: systems, field: 'reviewDue', owner: 'owner', open: sql`t.state not in ('retired', 'not_an_ai_system')` },
  { register: risks, field: 'reviewDue', owner: 'owner', open: sql`t.state <> 'closed'` },
  { register: risks, field: 'acceptedUntil', owner: 'owner', open: sql`t.state <> 'closed'` },
  { register: treatments, field: 'dueDate', owner: 'owner', open: sql`t.state in ('planned', 'in_progress', 'not_effective')` },
  { register: evidence, field: 'validUntil', owner: 'owner', open: sql`true` },
  {
    register: controlTests,
    field: 'nextDue',
    owner: 'tester',
    // A later test of the same control has answered this one.
    open: sql`not exists (select 1 from control_tests n where n.organization_id = t.organization_id and n.archived_at is null
      and n.control = t.control and n.own_control_id is not distinct from t.own_control_id and (n.tested_on, n.number) > (t.tested_on, t.number))`,
  },
  { register: objectives, field: 'dueDate', owner: 'owner', open: sql`t.status in ('planned', 'on_track', 'at_risk')` },
  {
    register: soaEntries,
    field: 'targetDate',
    owner: 'owner',
    // One statement counts: the one in force, or the draft before there is any.
    open: sql`t.decision = 'included' and t.status not in ('implemented', 'effective', 'not_applicable') and exists (
      select 1 from soa_versions v where v.organization_id = t.organization_id and v.id = t.soa_id and v.archived_at is null and (v.state = 'approved'
        or (v.state in ('draft', 'in_review') and not exists (select 1 from soa_versions f where f.organization_id = t.organization_id and f.archived_at is null and f.state = 'approved'))))`,
  },
  {
    register: authorities,
    field: 'untilDate',
    owner: 'holder',
    // A later authority of the same person has followed on this one.
    open: sql`not exists (select 1 from authorities n where n.organization_id = t.organization_id and n.archived_at is null
      and n.holder_id = t.holder_id and n.id <> t.id and coalesce(n.until_date, 'infinity'::date) > t.until_date)`,
  },
  { register: roleAssignments, field: 'untilDate', owner: 'holder', open: sql`t.state in ('proposed', 'accepted')` },
];
