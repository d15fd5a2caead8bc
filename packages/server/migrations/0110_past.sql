-- The registers as they stood (docs/decisions/0009): generated from their declarations (npm run migration -- --past FILE), read and checked in.
drop schema if exists past cascade;
create schema past;
-- people
create view past.people with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.name, h.function, h.email, h.unit, h.active
  from public.people r cross join lateral (
    select * from public.people_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.people_history with (security_invoker = true) as
  select h.* from public.people_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
-- scope-elements
create view past.scope_elements with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.name, h.kind, h.decision, h.description, h.decision_reason, h.from_date
  from public.scope_elements r cross join lateral (
    select * from public.scope_elements_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.scope_elements_history with (security_invoker = true) as
  select h.* from public.scope_elements_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
-- scope-statements
create view past.scope_statements with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.name, h.version_number, h.state, h.statement, h.ai_roles, h.exclusions, h.issues_ids, h.party_requirements_ids, h.requirements, h.submitted_by_id, h.submitted_at, h.approved_by_id, h.approved_name, h.approved_function, h.approved_statement, h.approved_hash, h.approved_on, h.approved_at, h.late_reason
  from public.scope_statements r cross join lateral (
    select * from public.scope_statements_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.scope_statements_history with (security_invoker = true) as
  select h.* from public.scope_statements_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
create view past.scope_statements__issues_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.scope_statements t cross join lateral unnest(t.issues_ids) v(value);
create view past.scope_statements__party_requirements_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.scope_statements t cross join lateral unnest(t.party_requirements_ids) v(value);
-- context-issues
create view past.context_issues with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.title, h.kind, h.topic, h.description, h.relevance, h.relevance_reason, h.effect, h.owner_id, h.reviewed_on, h.source, h.suggested
  from public.context_issues r cross join lateral (
    select * from public.context_issues_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.context_issues_history with (security_invoker = true) as
  select h.* from public.context_issues_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
-- interested-parties
create view past.interested_parties with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.name, h.kind, h.description, h.owner_id, h.suggested
  from public.interested_parties r cross join lateral (
    select * from public.interested_parties_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.interested_parties_history with (security_invoker = true) as
  select h.* from public.interested_parties_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
-- party-requirements
create view past.party_requirements with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.title, h.party_id, h.basis, h.decision, h.decision_reason, h.how, h.systems_ids, h.due_date, h.suggested
  from public.party_requirements r cross join lateral (
    select * from public.party_requirements_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.party_requirements_history with (security_invoker = true) as
  select h.* from public.party_requirements_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
create view past.party_requirements__systems_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.party_requirements t cross join lateral unnest(t.systems_ids) v(value);
-- role-assignments
create view past.role_assignments with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.title, h.responsibility, h.holder_id, h.deputy_id, h.object, h.duties, h.from_date, h.until_date, h.state, h.accepted_on, h.state_reason, h.assigned_on
  from public.role_assignments r cross join lateral (
    select * from public.role_assignments_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.role_assignments_history with (security_invoker = true) as
  select h.* from public.role_assignments_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
-- authorities
create view past.authorities with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.title, h.holder_id, h.risk_level_limit, h.approves_plans, h.approves_soa, h.approves_criteria, h.granted_by_id, h.from_date, h.until_date, h.note
  from public.authorities r cross join lateral (
    select * from public.authorities_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.authorities_history with (security_invoker = true) as
  select h.* from public.authorities_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
-- committees
create view past.committees with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.name, h.mandate, h.chair_id, h.members_ids, h.quorum, h.meets
  from public.committees r cross join lateral (
    select * from public.committees_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.committees_history with (security_invoker = true) as
  select h.* from public.committees_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
create view past.committees__members_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.committees t cross join lateral unnest(t.members_ids) v(value);
-- objectives
create view past.objectives with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.title, h.description, h.metric, h.target, h.not_measurable_reason, h.owner_id, h.resources, h.due_date, h.evaluation, h.status, h.current, h.measured_on, h.frequency
  from public.objectives r cross join lateral (
    select * from public.objectives_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.objectives_history with (security_invoker = true) as
  select h.* from public.objectives_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
-- systems
create view past.systems with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.name, h.state, h.purpose, h.intended_use, h.owner_id, h.unit, h.provider, h.origin, h.models, h.scope_decision, h.scope_reason, h.roles_standard, h.roles_law, h.users, h.affected_groups, h.affects_persons, h.significant_decisions, h.autonomy, h.oversight, h.data, h.personal_data, h.trains_on_data, h.criticality, h.started_on, h.live_on, h.retired_on, h.suspended_from, h.state_reason, h.review_due, h.objectives_ids, h.law_class, h.law_flags, h.law_version, h.law_applies_from, h.law_screened_on, h.law_confirmed_by_id, h.law_override_reason, h.law_answers, h.law_proposal, h.law_profiling, h.law_exemption_claimed, h.law_prohibited_from
  from public.systems r cross join lateral (
    select * from public.systems_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.systems_history with (security_invoker = true) as
  select h.* from public.systems_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
create view past.systems__roles_standard with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.systems t cross join lateral unnest(t.roles_standard) v(value);
create view past.systems__roles_law with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.systems t cross join lateral unnest(t.roles_law) v(value);
create view past.systems__objectives_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.systems t cross join lateral unnest(t.objectives_ids) v(value);
create view past.systems__law_flags with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.systems t cross join lateral unnest(t.law_flags) v(value);
-- risk-criteria
create view past.risk_criteria with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.name, h.state, h.version_number, h.threshold, h.method, h.scales, h.submitted_by_id, h.submitted_at, h.approved_by_id, h.approved_name, h.approved_function, h.approved_statement, h.approved_hash, h.approved_on, h.approved_at, h.late_reason
  from public.risk_criteria r cross join lateral (
    select * from public.risk_criteria_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.risk_criteria_history with (security_invoker = true) as
  select h.* from public.risk_criteria_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
-- risks
create view past.risks with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.statement, h.kind, h.state, h.system_id, h.source, h.cause_and_event, h.objectives_ids, h.owner_id, h.priority, h.inherent_likelihood, h.inherent_consequence, h.inherent_level, h.residual_likelihood, h.residual_consequence, h.residual_level, h.band, h.above_threshold, h.assessed_on, h.review_due, h.criteria_id, h.assessment_id, h.second_read_by_id, h.second_read_on, h.pursuit, h.pursuit_reason, h.accepted_by_id, h.accepted_function, h.accepted_on, h.accepted_level, h.accepted_until, h.accepted_assessment_id, h.acceptance_reason, h.acceptance_approved_by_id, h.acceptance_approved_name, h.acceptance_approved_function, h.acceptance_approved_statement, h.acceptance_approved_hash, h.acceptance_approved_on, h.state_reason, h.views
  from public.risks r cross join lateral (
    select * from public.risks_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.risks_history with (security_invoker = true) as
  select h.* from public.risks_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
create view past.risks__objectives_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.risks t cross join lateral unnest(t.objectives_ids) v(value);
-- risk-assessments
create view past.risk_assessments with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.summary, h.risk_id, h.kind, h.criteria_id, h.likelihood, h.likelihood_why, h.organisation_rating, h.organisation_why, h.individuals_rating, h.individuals_why, h.societies_rating, h.societies_why, h.not_applicable, h.consequence, h.level, h.band, h.above_threshold, h.must_follow, h.assessor_id, h.assessed_on, h.late_reason
  from public.risk_assessments r cross join lateral (
    select * from public.risk_assessments_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.risk_assessments_history with (security_invoker = true) as
  select h.* from public.risk_assessments_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
-- treatments
create view past.treatments with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.title, h.risk_id, h.option, h.modifies, h.description, h.controls, h.own_controls_ids, h.owner_id, h.resources, h.due_date, h.expected_likelihood, h.expected_consequence, h.effectiveness_measure, h.state, h.started_on, h.done_on, h.done_by_id, h.checked_on, h.checked_by_id, h.check_note, h.state_reason
  from public.treatments r cross join lateral (
    select * from public.treatments_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.treatments_history with (security_invoker = true) as
  select h.* from public.treatments_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
create view past.treatments__controls with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.treatments t cross join lateral unnest(t.controls) v(value);
create view past.treatments__own_controls_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.treatments t cross join lateral unnest(t.own_controls_ids) v(value);
-- treatment-plans
create view past.treatment_plans with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.name, h.version_number, h.state, h.note, h.line_count, h.submitted_by_id, h.submitted_at, h.approved_by_id, h.approved_name, h.approved_function, h.approved_statement, h.approved_hash, h.approved_on, h.approved_at, h.late_reason
  from public.treatment_plans r cross join lateral (
    select * from public.treatment_plans_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.treatment_plans_history with (security_invoker = true) as
  select h.* from public.treatment_plans_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
-- treatment-plan-lines
create view past.treatment_plan_lines with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.title, h.plan_id, h.risk_id, h.treatment_id, h.treatment_version, h.risk_statement, h.risk_level, h.option, h.modifies, h.description, h.controls, h.own_controls_ids, h.owner_id, h.due_date, h.expected_level, h.resources, h.effectiveness_measure, h.frozen_at
  from public.treatment_plan_lines r cross join lateral (
    select * from public.treatment_plan_lines_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.treatment_plan_lines_history with (security_invoker = true) as
  select h.* from public.treatment_plan_lines_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
create view past.treatment_plan_lines__own_controls_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.treatment_plan_lines t cross join lateral unnest(t.own_controls_ids) v(value);
-- controls
create view past.controls with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.title, h.purpose, h.owner_id, h.status
  from public.controls r cross join lateral (
    select * from public.controls_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.controls_history with (security_invoker = true) as
  select h.* from public.controls_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
-- soa-versions
create view past.soa_versions with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.name, h.version_number, h.state, h.treatment_plan_id, h.own_controls_statement, h.note, h.submitted_by_id, h.submitted_at, h.approved_by_id, h.approved_name, h.approved_function, h.approved_statement, h.approved_hash, h.approved_on, h.approved_at, h.late_reason
  from public.soa_versions r cross join lateral (
    select * from public.soa_versions_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.soa_versions_history with (security_invoker = true) as
  select h.* from public.soa_versions_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
-- soa-entries
create view past.soa_entries with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.title, h.soa_id, h.control, h.own_control_id, h.decision, h.reasons, h.justification, h.risks_ids, h.objectives_ids, h.laws, h.contracts, h.links_confirmed, h.contradiction_note, h.status, h.owner_id, h.target_date, h.status_note
  from public.soa_entries r cross join lateral (
    select * from public.soa_entries_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.soa_entries_history with (security_invoker = true) as
  select h.* from public.soa_entries_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
create view past.soa_entries__risks_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.soa_entries t cross join lateral unnest(t.risks_ids) v(value);
create view past.soa_entries__objectives_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.soa_entries t cross join lateral unnest(t.objectives_ids) v(value);
-- control-tests
create view past.control_tests with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.title, h.control, h.own_control_id, h.tested_on, h.outcome, h.method, h.tester_id, h.next_due, h.note
  from public.control_tests r cross join lateral (
    select * from public.control_tests_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.control_tests_history with (security_invoker = true) as
  select h.* from public.control_tests_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
-- evidence
create view past.evidence with (security_invoker = true) as
  select r.organization_id, r.id, r.number, h.version, h.created_at, h.created_by, h.updated_at, h.updated_by, h.archived_at, h.archived_reason, h.custom, h.title, h.kind, h.url, h.description, h.controls, h.requirements, h.own_controls_ids, h.systems_ids, h.risks_ids, h.treatments_ids, h.source, h.collected_on, h.late_reason, h.valid_from, h.valid_until, h.interval_months, h.next_due, h.owner_id, h.file_name, h.file_type, h.file_size, h.sha256, h.summary, h.attests_ids, h.purged_on
  from public.evidence r cross join lateral (
    select * from public.evidence_history h where h.organization_id = r.organization_id and h.id = r.id
      and exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint))
    order by h.version desc limit 1) h;
create view past.evidence_history with (security_invoker = true) as
  select h.* from public.evidence_history h
  where exists (select 1 from public.trail_leaves l where l.organization_id = h.organization_id and l.entry_id = h.entry_id and l.seq < (select current_setting('app.as_of_size')::bigint));
create view past.evidence__controls with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.evidence t cross join lateral unnest(t.controls) v(value);
create view past.evidence__requirements with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.evidence t cross join lateral unnest(t.requirements) v(value);
create view past.evidence__own_controls_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.evidence t cross join lateral unnest(t.own_controls_ids) v(value);
create view past.evidence__systems_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.evidence t cross join lateral unnest(t.systems_ids) v(value);
create view past.evidence__risks_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.evidence t cross join lateral unnest(t.risks_ids) v(value);
create view past.evidence__treatments_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.evidence t cross join lateral unnest(t.treatments_ids) v(value);
create view past.evidence__attests_ids with (security_invoker = true) as
  select t.organization_id, v.value, t.id as record_id from past.evidence t cross join lateral unnest(t.attests_ids) v(value);
-- beside the registers
create view past.trail_entries with (security_invoker = true) as
  select e.* from public.trail_entries e
  where exists (select 1 from public.trail_leaves l where l.organization_id = e.organization_id and l.entry_id = e.id and l.seq < (select current_setting('app.as_of_size')::bigint));
create view past.comments with (security_invoker = true) as
  select c.* from public.comments c where exists (select 1 from past.trail_entries e where e.organization_id = c.organization_id and e.register = c.register
    and e.record_id = c.record_id and e.command = 'comment' and e.at = c.created_at);
create view past.organizations with (security_invoker = true) as
  select o.id, o.slug, coalesce(later.was ->> 'name', o.name) as name, coalesce(later.was ->> 'timeZone', o.time_zone) as time_zone, o.demo,
    coalesce(later.was -> 'settings', o.settings) as settings, o.version, o.created_at
  from public.organizations o left join lateral (
    select convert_from(p.payload, 'UTF8')::jsonb -> 'from' as was from public.trail_entries e
    join public.trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id and length(p.payload) > 0
    left join public.trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
    where e.organization_id = o.id and e.register = 'organisation' and e.record_id = o.id and e.command = 'change'
      and (l.seq is null or l.seq >= (select current_setting('app.as_of_size')::bigint))
    order by l.seq nulls last, e.id limit 1) later on true;
grant usage on schema past to aimwell_app;
grant select on all tables in schema past to aimwell_app;
