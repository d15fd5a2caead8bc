-- people: generated from its declaration (npm run migration -- people), read and checked in.
create table people (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text collate "und-x-icu" not null check (length(name) <= 200),
  function text check (length(function) <= 200),
  email text check (length(email) <= 254),
  unit text check (length(unit) <= 200),
  active boolean,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index people_in_order on people (organization_id, number) where archived_at is null;
create index people_archived on people (organization_id, number) where archived_at is not null;
create index people_by_change on people (organization_id, updated_at, number) where archived_at is null;
create index people_name on people (organization_id, name, number) where archived_at is null;
create index people_active on people (organization_id, active, number) where archived_at is null;
alter table people enable row level security;
alter table people force row level security;
create policy tenant on people using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on people to aimwell_app;
create table people_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text collate "und-x-icu" not null,
  function text,
  email text,
  unit text,
  active boolean,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index people_history_entry on people_history (organization_id, entry_id);
alter table people_history enable row level security;
alter table people_history force row level security;
create policy tenant on people_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on people_history to aimwell_app;

-- scope-elements: generated from its declaration (npm run migration -- scope-elements), read and checked in.
create table scope_elements (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text collate "und-x-icu" not null check (length(name) <= 300),
  kind text not null check (kind in ('unit', 'site', 'activity', 'jurisdiction', 'interface', 'exclusion', 'phase')),
  decision text check (decision in ('in', 'out')),
  description text check (length(description) <= 20000),
  decision_reason text check (length(decision_reason) <= 20000),
  from_date date,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index scope_elements_in_order on scope_elements (organization_id, number) where archived_at is null;
create index scope_elements_archived on scope_elements (organization_id, number) where archived_at is not null;
create index scope_elements_by_change on scope_elements (organization_id, updated_at, number) where archived_at is null;
create index scope_elements_name on scope_elements (organization_id, name, number) where archived_at is null;
create index scope_elements_kind on scope_elements (organization_id, kind, number) where archived_at is null;
create index scope_elements_decision on scope_elements (organization_id, decision, number) where archived_at is null;
alter table scope_elements enable row level security;
alter table scope_elements force row level security;
create policy tenant on scope_elements using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on scope_elements to aimwell_app;
create table scope_elements_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text collate "und-x-icu" not null,
  kind text not null,
  decision text,
  description text,
  decision_reason text,
  from_date date,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index scope_elements_history_entry on scope_elements_history (organization_id, entry_id);
alter table scope_elements_history enable row level security;
alter table scope_elements_history force row level security;
create policy tenant on scope_elements_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on scope_elements_history to aimwell_app;

-- scope-statements: generated from its declaration (npm run migration -- scope-statements), read and checked in.
create table scope_statements (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text check (length(name) <= 200),
  version_number integer check (version_number between 0 and 2147483647),
  state text check (state in ('draft', 'in_review', 'approved', 'superseded')),
  statement text not null check (length(statement) <= 20000),
  ai_roles text check (length(ai_roles) <= 20000),
  exclusions text check (length(exclusions) <= 20000),
  issues_ids uuid[] not null default '{}',
  party_requirements_ids uuid[] not null default '{}',
  requirements text[] not null default '{}',
  submitted_by_id uuid,
  submitted_at timestamptz,
  approved_by_id uuid,
  approved_function text check (length(approved_function) <= 300),
  approved_statement text check (length(approved_statement) <= 20000),
  approved_hash text check (length(approved_hash) <= 300),
  approved_on date,
  approved_at timestamptz,
  late_reason text check (length(late_reason) <= 20000),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index scope_statements_in_order on scope_statements (organization_id, number) where archived_at is null;
create index scope_statements_archived on scope_statements (organization_id, number) where archived_at is not null;
create index scope_statements_by_change on scope_statements (organization_id, updated_at, number) where archived_at is null;
create index scope_statements_version_number on scope_statements (organization_id, version_number, number) where archived_at is null;
create index scope_statements_state on scope_statements (organization_id, state, number) where archived_at is null;
create index scope_statements_submitted_by_id on scope_statements (organization_id, submitted_by_id, number) where archived_at is null;
create index scope_statements_approved_by_id on scope_statements (organization_id, approved_by_id, number) where archived_at is null;
create index scope_statements_approved_on on scope_statements (organization_id, approved_on, number) where archived_at is null;
alter table scope_statements enable row level security;
alter table scope_statements force row level security;
create policy tenant on scope_statements using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on scope_statements to aimwell_app;
create table scope_statements_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text,
  version_number integer,
  state text,
  statement text not null,
  ai_roles text,
  exclusions text,
  issues_ids uuid[] not null default '{}',
  party_requirements_ids uuid[] not null default '{}',
  requirements text[] not null default '{}',
  submitted_by_id uuid,
  submitted_at timestamptz,
  approved_by_id uuid,
  approved_function text,
  approved_statement text,
  approved_hash text,
  approved_on date,
  approved_at timestamptz,
  late_reason text,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index scope_statements_history_entry on scope_statements_history (organization_id, entry_id);
alter table scope_statements_history enable row level security;
alter table scope_statements_history force row level security;
create policy tenant on scope_statements_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on scope_statements_history to aimwell_app;
create table scope_statements__issues_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references scope_statements (organization_id, id));
create index scope_statements__issues_ids_record on scope_statements__issues_ids (organization_id, record_id);
alter table scope_statements__issues_ids enable row level security;
alter table scope_statements__issues_ids force row level security;
create policy tenant on scope_statements__issues_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on scope_statements__issues_ids to aimwell_app;
create table scope_statements__party_requirements_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references scope_statements (organization_id, id));
create index scope_statements__party_requirements_ids_record on scope_statements__party_requirements_ids (organization_id, record_id);
alter table scope_statements__party_requirements_ids enable row level security;
alter table scope_statements__party_requirements_ids force row level security;
create policy tenant on scope_statements__party_requirements_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on scope_statements__party_requirements_ids to aimwell_app;

-- context-issues: generated from its declaration (npm run migration -- context-issues), read and checked in.
create table context_issues (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null check (length(title) <= 300),
  kind text not null check (kind in ('external', 'internal')),
  topic text check (topic in ('law', 'market', 'technology', 'culture', 'ethics', 'competition', 'climate', 'organisation', 'people', 'supply', 'other')),
  description text check (length(description) <= 20000),
  relevance text check (relevance in ('relevant', 'not_relevant', 'undecided')),
  relevance_reason text check (length(relevance_reason) <= 20000),
  effect text check (length(effect) <= 20000),
  owner_id uuid,
  reviewed_on date,
  source text check (length(source) <= 500),
  suggested boolean,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index context_issues_in_order on context_issues (organization_id, number) where archived_at is null;
create index context_issues_archived on context_issues (organization_id, number) where archived_at is not null;
create index context_issues_by_change on context_issues (organization_id, updated_at, number) where archived_at is null;
create index context_issues_title on context_issues (organization_id, title, number) where archived_at is null;
create index context_issues_kind on context_issues (organization_id, kind, number) where archived_at is null;
create index context_issues_topic on context_issues (organization_id, topic, number) where archived_at is null;
create index context_issues_relevance on context_issues (organization_id, relevance, number) where archived_at is null;
create index context_issues_owner_id on context_issues (organization_id, owner_id, number) where archived_at is null;
create index context_issues_reviewed_on on context_issues (organization_id, reviewed_on, number) where archived_at is null;
create index context_issues_suggested on context_issues (organization_id, suggested, number) where archived_at is null;
alter table context_issues enable row level security;
alter table context_issues force row level security;
create policy tenant on context_issues using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on context_issues to aimwell_app;
create table context_issues_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null,
  kind text not null,
  topic text,
  description text,
  relevance text,
  relevance_reason text,
  effect text,
  owner_id uuid,
  reviewed_on date,
  source text,
  suggested boolean,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index context_issues_history_entry on context_issues_history (organization_id, entry_id);
alter table context_issues_history enable row level security;
alter table context_issues_history force row level security;
create policy tenant on context_issues_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on context_issues_history to aimwell_app;

-- interested-parties: generated from its declaration (npm run migration -- interested-parties), read and checked in.
create table interested_parties (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text collate "und-x-icu" not null check (length(name) <= 300),
  kind text not null check (kind in ('affected_persons', 'customers', 'regulators', 'employees', 'suppliers', 'owners', 'partners', 'public', 'certification_body', 'other')),
  description text check (length(description) <= 20000),
  owner_id uuid,
  suggested boolean,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index interested_parties_in_order on interested_parties (organization_id, number) where archived_at is null;
create index interested_parties_archived on interested_parties (organization_id, number) where archived_at is not null;
create index interested_parties_by_change on interested_parties (organization_id, updated_at, number) where archived_at is null;
create index interested_parties_name on interested_parties (organization_id, name, number) where archived_at is null;
create index interested_parties_kind on interested_parties (organization_id, kind, number) where archived_at is null;
create index interested_parties_owner_id on interested_parties (organization_id, owner_id, number) where archived_at is null;
create index interested_parties_suggested on interested_parties (organization_id, suggested, number) where archived_at is null;
alter table interested_parties enable row level security;
alter table interested_parties force row level security;
create policy tenant on interested_parties using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on interested_parties to aimwell_app;
create table interested_parties_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text collate "und-x-icu" not null,
  kind text not null,
  description text,
  owner_id uuid,
  suggested boolean,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index interested_parties_history_entry on interested_parties_history (organization_id, entry_id);
alter table interested_parties_history enable row level security;
alter table interested_parties_history force row level security;
create policy tenant on interested_parties_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on interested_parties_history to aimwell_app;

-- party-requirements: generated from its declaration (npm run migration -- party-requirements), read and checked in.
create table party_requirements (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null check (length(title) <= 500),
  party_id uuid not null,
  basis text check (basis in ('law', 'contract', 'expectation')),
  decision text check (decision in ('undecided', 'addressed', 'not_addressed')),
  decision_reason text check (length(decision_reason) <= 20000),
  how text check (length(how) <= 20000),
  systems_ids uuid[] not null default '{}',
  due_date date,
  suggested boolean,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index party_requirements_in_order on party_requirements (organization_id, number) where archived_at is null;
create index party_requirements_archived on party_requirements (organization_id, number) where archived_at is not null;
create index party_requirements_by_change on party_requirements (organization_id, updated_at, number) where archived_at is null;
create index party_requirements_title on party_requirements (organization_id, title, number) where archived_at is null;
create index party_requirements_party_id on party_requirements (organization_id, party_id, number) where archived_at is null;
create index party_requirements_basis on party_requirements (organization_id, basis, number) where archived_at is null;
create index party_requirements_decision on party_requirements (organization_id, decision, number) where archived_at is null;
create index party_requirements_due_date on party_requirements (organization_id, due_date, number) where archived_at is null;
create index party_requirements_suggested on party_requirements (organization_id, suggested, number) where archived_at is null;
alter table party_requirements enable row level security;
alter table party_requirements force row level security;
create policy tenant on party_requirements using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on party_requirements to aimwell_app;
create table party_requirements_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null,
  party_id uuid not null,
  basis text,
  decision text,
  decision_reason text,
  how text,
  systems_ids uuid[] not null default '{}',
  due_date date,
  suggested boolean,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index party_requirements_history_entry on party_requirements_history (organization_id, entry_id);
alter table party_requirements_history enable row level security;
alter table party_requirements_history force row level security;
create policy tenant on party_requirements_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on party_requirements_history to aimwell_app;
create table party_requirements__systems_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references party_requirements (organization_id, id));
create index party_requirements__systems_ids_record on party_requirements__systems_ids (organization_id, record_id);
alter table party_requirements__systems_ids enable row level security;
alter table party_requirements__systems_ids force row level security;
create policy tenant on party_requirements__systems_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on party_requirements__systems_ids to aimwell_app;

-- role-assignments: generated from its declaration (npm run migration -- role-assignments), read and checked in.
create table role_assignments (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null check (length(title) <= 200),
  responsibility text not null check (responsibility in ('aims_conformity', 'aims_reporting', 'risk_management', 'impact_assessment', 'system_ownership', 'human_oversight', 'data_governance', 'internal_audit', 'supplier_management', 'incident_handling', 'concern_handling', 'other')),
  holder_id uuid not null,
  deputy_id uuid,
  object text check (length(object) <= 300),
  duties text check (length(duties) <= 20000),
  from_date date,
  until_date date,
  state text check (state in ('proposed', 'accepted', 'declined', 'ended')),
  accepted_on date,
  state_reason text check (length(state_reason) <= 20000),
  assigned_on date,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index role_assignments_in_order on role_assignments (organization_id, number) where archived_at is null;
create index role_assignments_archived on role_assignments (organization_id, number) where archived_at is not null;
create index role_assignments_by_change on role_assignments (organization_id, updated_at, number) where archived_at is null;
create index role_assignments_title on role_assignments (organization_id, title, number) where archived_at is null;
create index role_assignments_responsibility on role_assignments (organization_id, responsibility, number) where archived_at is null;
create index role_assignments_holder_id on role_assignments (organization_id, holder_id, number) where archived_at is null;
create index role_assignments_deputy_id on role_assignments (organization_id, deputy_id, number) where archived_at is null;
create index role_assignments_until_date on role_assignments (organization_id, until_date, number) where archived_at is null;
create index role_assignments_state on role_assignments (organization_id, state, number) where archived_at is null;
alter table role_assignments enable row level security;
alter table role_assignments force row level security;
create policy tenant on role_assignments using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on role_assignments to aimwell_app;
create table role_assignments_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null,
  responsibility text not null,
  holder_id uuid not null,
  deputy_id uuid,
  object text,
  duties text,
  from_date date,
  until_date date,
  state text,
  accepted_on date,
  state_reason text,
  assigned_on date,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index role_assignments_history_entry on role_assignments_history (organization_id, entry_id);
alter table role_assignments_history enable row level security;
alter table role_assignments_history force row level security;
create policy tenant on role_assignments_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on role_assignments_history to aimwell_app;

-- authorities: generated from its declaration (npm run migration -- authorities), read and checked in.
create table authorities (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text not null check (length(title) <= 200),
  holder_id uuid not null,
  risk_level_limit integer not null check (risk_level_limit between 1 and 49),
  approves_plans boolean,
  approves_soa boolean,
  approves_criteria boolean,
  granted_by_id uuid,
  from_date date not null,
  until_date date,
  note text check (length(note) <= 20000),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index authorities_in_order on authorities (organization_id, number) where archived_at is null;
create index authorities_archived on authorities (organization_id, number) where archived_at is not null;
create index authorities_by_change on authorities (organization_id, updated_at, number) where archived_at is null;
create index authorities_holder_id on authorities (organization_id, holder_id, number) where archived_at is null;
create index authorities_approves_plans on authorities (organization_id, approves_plans, number) where archived_at is null;
create index authorities_approves_soa on authorities (organization_id, approves_soa, number) where archived_at is null;
create index authorities_approves_criteria on authorities (organization_id, approves_criteria, number) where archived_at is null;
create index authorities_granted_by_id on authorities (organization_id, granted_by_id, number) where archived_at is null;
create index authorities_until_date on authorities (organization_id, until_date, number) where archived_at is null;
alter table authorities enable row level security;
alter table authorities force row level security;
create policy tenant on authorities using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on authorities to aimwell_app;
create table authorities_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text not null,
  holder_id uuid not null,
  risk_level_limit integer not null,
  approves_plans boolean,
  approves_soa boolean,
  approves_criteria boolean,
  granted_by_id uuid,
  from_date date not null,
  until_date date,
  note text,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index authorities_history_entry on authorities_history (organization_id, entry_id);
alter table authorities_history enable row level security;
alter table authorities_history force row level security;
create policy tenant on authorities_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on authorities_history to aimwell_app;

-- committees: generated from its declaration (npm run migration -- committees), read and checked in.
create table committees (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text collate "und-x-icu" not null check (length(name) <= 200),
  mandate text check (length(mandate) <= 20000),
  chair_id uuid,
  members_ids uuid[] not null default '{}',
  quorum integer check (quorum between 1 and 100),
  meets text check (length(meets) <= 200),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index committees_in_order on committees (organization_id, number) where archived_at is null;
create index committees_archived on committees (organization_id, number) where archived_at is not null;
create index committees_by_change on committees (organization_id, updated_at, number) where archived_at is null;
create index committees_name on committees (organization_id, name, number) where archived_at is null;
create index committees_chair_id on committees (organization_id, chair_id, number) where archived_at is null;
alter table committees enable row level security;
alter table committees force row level security;
create policy tenant on committees using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on committees to aimwell_app;
create table committees_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text collate "und-x-icu" not null,
  mandate text,
  chair_id uuid,
  members_ids uuid[] not null default '{}',
  quorum integer,
  meets text,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index committees_history_entry on committees_history (organization_id, entry_id);
alter table committees_history enable row level security;
alter table committees_history force row level security;
create policy tenant on committees_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on committees_history to aimwell_app;
create table committees__members_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references committees (organization_id, id));
create index committees__members_ids_record on committees__members_ids (organization_id, record_id);
alter table committees__members_ids enable row level security;
alter table committees__members_ids force row level security;
create policy tenant on committees__members_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on committees__members_ids to aimwell_app;

-- objectives: generated from its declaration (npm run migration -- objectives), read and checked in.
create table objectives (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null check (length(title) <= 300),
  description text check (length(description) <= 20000),
  metric text check (length(metric) <= 300),
  target text check (length(target) <= 200),
  not_measurable_reason text check (length(not_measurable_reason) <= 20000),
  owner_id uuid,
  resources text check (length(resources) <= 20000),
  due_date date,
  evaluation text check (length(evaluation) <= 20000),
  status text check (status in ('planned', 'on_track', 'at_risk', 'reached', 'missed', 'dropped')),
  current text check (length(current) <= 200),
  measured_on date,
  frequency text check (frequency in ('weekly', 'monthly', 'quarterly', 'half_yearly', 'yearly')),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index objectives_in_order on objectives (organization_id, number) where archived_at is null;
create index objectives_archived on objectives (organization_id, number) where archived_at is not null;
create index objectives_by_change on objectives (organization_id, updated_at, number) where archived_at is null;
create index objectives_title on objectives (organization_id, title, number) where archived_at is null;
create index objectives_owner_id on objectives (organization_id, owner_id, number) where archived_at is null;
create index objectives_due_date on objectives (organization_id, due_date, number) where archived_at is null;
create index objectives_status on objectives (organization_id, status, number) where archived_at is null;
alter table objectives enable row level security;
alter table objectives force row level security;
create policy tenant on objectives using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on objectives to aimwell_app;
create table objectives_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null,
  description text,
  metric text,
  target text,
  not_measurable_reason text,
  owner_id uuid,
  resources text,
  due_date date,
  evaluation text,
  status text,
  current text,
  measured_on date,
  frequency text,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index objectives_history_entry on objectives_history (organization_id, entry_id);
alter table objectives_history enable row level security;
alter table objectives_history force row level security;
create policy tenant on objectives_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on objectives_history to aimwell_app;

-- systems: generated from its declaration (npm run migration -- systems), read and checked in.
create table systems (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text collate "und-x-icu" not null check (length(name) <= 500),
  state text check (state in ('candidate', 'registered', 'in_development', 'pilot', 'production', 'suspended', 'retired', 'not_an_ai_system')),
  purpose text check (length(purpose) <= 20000),
  intended_use text check (length(intended_use) <= 20000),
  owner_id uuid,
  unit text collate "und-x-icu" check (length(unit) <= 300),
  provider text check (length(provider) <= 500),
  origin text check (origin in ('built', 'bought', 'embedded', 'open_source', 'mixed')),
  models text check (length(models) <= 20000),
  scope_decision text check (scope_decision in ('in', 'out', 'undecided')),
  scope_reason text check (length(scope_reason) <= 20000),
  roles_standard text[] not null default '{}' check (roles_standard <@ array['developer', 'provider', 'producer', 'user', 'customer', 'partner']::text[]),
  roles_law text[] not null default '{}' check (roles_law <@ array['provider', 'deployer', 'importer', 'distributor', 'authorised_representative', 'product_manufacturer', 'none']::text[]),
  users text check (length(users) <= 20000),
  affected_groups text check (length(affected_groups) <= 20000),
  affects_persons boolean,
  significant_decisions boolean,
  autonomy text check (autonomy in ('assists', 'recommends', 'acts_with_approval', 'acts_alone')),
  oversight text check (length(oversight) <= 20000),
  data text check (length(data) <= 20000),
  personal_data boolean,
  trains_on_data boolean,
  criticality text check (criticality in ('low', 'medium', 'high')),
  started_on date,
  live_on date,
  retired_on date,
  suspended_from text check (suspended_from in ('candidate', 'registered', 'in_development', 'pilot', 'production', 'suspended', 'retired', 'not_an_ai_system')),
  state_reason text check (length(state_reason) <= 20000),
  review_due date,
  objectives_ids uuid[] not null default '{}',
  law_class text check (law_class in ('not-classified', 'outside', 'minimal', 'transparency', 'exempt-recorded', 'high-risk', 'prohibited')),
  law_flags text[] not null default '{}' check (law_flags <@ array['outside', 'prohibited', 'high-risk', 'exempt', 'transparency', 'model', 'minimal']::text[]),
  law_version text check (length(law_version) <= 300),
  law_applies_from date,
  law_screened_on date,
  law_confirmed_by_id uuid,
  law_override_reason text check (length(law_override_reason) <= 20000),
  law_answers jsonb,
  law_proposal jsonb,
  law_profiling boolean,
  law_exemption_claimed boolean,
  law_prohibited_from date,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index systems_in_order on systems (organization_id, number) where archived_at is null;
create index systems_archived on systems (organization_id, number) where archived_at is not null;
create index systems_by_change on systems (organization_id, updated_at, number) where archived_at is null;
create index systems_name on systems (organization_id, name, number) where archived_at is null;
create index systems_state on systems (organization_id, state, number) where archived_at is null;
create index systems_owner_id on systems (organization_id, owner_id, number) where archived_at is null;
create index systems_unit on systems (organization_id, unit, number) where archived_at is null;
create index systems_origin on systems (organization_id, origin, number) where archived_at is null;
create index systems_scope_decision on systems (organization_id, scope_decision, number) where archived_at is null;
create index systems_roles_standard_none on systems (organization_id, number) where archived_at is null and roles_standard = '{}';
create index systems_roles_law_none on systems (organization_id, number) where archived_at is null and roles_law = '{}';
create index systems_affects_persons on systems (organization_id, affects_persons, number) where archived_at is null;
create index systems_significant_decisions on systems (organization_id, significant_decisions, number) where archived_at is null;
create index systems_autonomy on systems (organization_id, autonomy, number) where archived_at is null;
create index systems_personal_data on systems (organization_id, personal_data, number) where archived_at is null;
create index systems_trains_on_data on systems (organization_id, trains_on_data, number) where archived_at is null;
create index systems_criticality on systems (organization_id, criticality, number) where archived_at is null;
create index systems_live_on on systems (organization_id, live_on, number) where archived_at is null;
create index systems_review_due on systems (organization_id, review_due, number) where archived_at is null;
create index systems_law_class on systems (organization_id, law_class, number) where archived_at is null;
create index systems_law_flags_none on systems (organization_id, number) where archived_at is null and law_flags = '{}';
create index systems_law_version on systems (organization_id, law_version, number) where archived_at is null;
create index systems_law_confirmed_by_id on systems (organization_id, law_confirmed_by_id, number) where archived_at is null;
alter table systems enable row level security;
alter table systems force row level security;
create policy tenant on systems using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on systems to aimwell_app;
create table systems_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text collate "und-x-icu" not null,
  state text,
  purpose text,
  intended_use text,
  owner_id uuid,
  unit text collate "und-x-icu",
  provider text,
  origin text,
  models text,
  scope_decision text,
  scope_reason text,
  roles_standard text[] not null default '{}',
  roles_law text[] not null default '{}',
  users text,
  affected_groups text,
  affects_persons boolean,
  significant_decisions boolean,
  autonomy text,
  oversight text,
  data text,
  personal_data boolean,
  trains_on_data boolean,
  criticality text,
  started_on date,
  live_on date,
  retired_on date,
  suspended_from text,
  state_reason text,
  review_due date,
  objectives_ids uuid[] not null default '{}',
  law_class text,
  law_flags text[] not null default '{}',
  law_version text,
  law_applies_from date,
  law_screened_on date,
  law_confirmed_by_id uuid,
  law_override_reason text,
  law_answers jsonb,
  law_proposal jsonb,
  law_profiling boolean,
  law_exemption_claimed boolean,
  law_prohibited_from date,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index systems_history_entry on systems_history (organization_id, entry_id);
alter table systems_history enable row level security;
alter table systems_history force row level security;
create policy tenant on systems_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on systems_history to aimwell_app;
create table systems__roles_standard (organization_id uuid not null, value text not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references systems (organization_id, id));
create index systems__roles_standard_record on systems__roles_standard (organization_id, record_id);
alter table systems__roles_standard enable row level security;
alter table systems__roles_standard force row level security;
create policy tenant on systems__roles_standard using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on systems__roles_standard to aimwell_app;
create table systems__roles_law (organization_id uuid not null, value text not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references systems (organization_id, id));
create index systems__roles_law_record on systems__roles_law (organization_id, record_id);
alter table systems__roles_law enable row level security;
alter table systems__roles_law force row level security;
create policy tenant on systems__roles_law using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on systems__roles_law to aimwell_app;
create table systems__objectives_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references systems (organization_id, id));
create index systems__objectives_ids_record on systems__objectives_ids (organization_id, record_id);
alter table systems__objectives_ids enable row level security;
alter table systems__objectives_ids force row level security;
create policy tenant on systems__objectives_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on systems__objectives_ids to aimwell_app;
create table systems__law_flags (organization_id uuid not null, value text not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references systems (organization_id, id));
create index systems__law_flags_record on systems__law_flags (organization_id, record_id);
alter table systems__law_flags enable row level security;
alter table systems__law_flags force row level security;
create policy tenant on systems__law_flags using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on systems__law_flags to aimwell_app;

-- risk-criteria: generated from its declaration (npm run migration -- risk-criteria), read and checked in.
create table risk_criteria (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text check (length(name) <= 200),
  state text check (state in ('draft', 'in_review', 'approved', 'superseded')),
  version_number integer check (version_number between 0 and 2147483647),
  threshold integer check (threshold between 1 and 49),
  method text check (length(method) <= 20000),
  scales jsonb,
  submitted_by_id uuid,
  submitted_at timestamptz,
  approved_by_id uuid,
  approved_function text check (length(approved_function) <= 300),
  approved_statement text check (length(approved_statement) <= 20000),
  approved_hash text check (length(approved_hash) <= 300),
  approved_on date,
  approved_at timestamptz,
  late_reason text check (length(late_reason) <= 20000),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index risk_criteria_in_order on risk_criteria (organization_id, number) where archived_at is null;
create index risk_criteria_archived on risk_criteria (organization_id, number) where archived_at is not null;
create index risk_criteria_by_change on risk_criteria (organization_id, updated_at, number) where archived_at is null;
create index risk_criteria_state on risk_criteria (organization_id, state, number) where archived_at is null;
create index risk_criteria_submitted_by_id on risk_criteria (organization_id, submitted_by_id, number) where archived_at is null;
create index risk_criteria_approved_by_id on risk_criteria (organization_id, approved_by_id, number) where archived_at is null;
create index risk_criteria_approved_on on risk_criteria (organization_id, approved_on, number) where archived_at is null;
alter table risk_criteria enable row level security;
alter table risk_criteria force row level security;
create policy tenant on risk_criteria using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on risk_criteria to aimwell_app;
create table risk_criteria_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text,
  state text,
  version_number integer,
  threshold integer,
  method text,
  scales jsonb,
  submitted_by_id uuid,
  submitted_at timestamptz,
  approved_by_id uuid,
  approved_function text,
  approved_statement text,
  approved_hash text,
  approved_on date,
  approved_at timestamptz,
  late_reason text,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index risk_criteria_history_entry on risk_criteria_history (organization_id, entry_id);
alter table risk_criteria_history enable row level security;
alter table risk_criteria_history force row level security;
create policy tenant on risk_criteria_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on risk_criteria_history to aimwell_app;

-- risks: generated from its declaration (npm run migration -- risks), read and checked in.
create table risks (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  statement text collate "und-x-icu" not null check (length(statement) <= 500),
  kind text check (kind in ('risk', 'opportunity')),
  state text check (state in ('identified', 'analysed', 'evaluated', 'accepted_within_criteria', 'treatment_selected', 'plan_approved', 'in_treatment', 'treated_pending_check', 'residual_accepted', 'closed', 'reopened')),
  system_id uuid,
  source text,
  cause_and_event text check (length(cause_and_event) <= 20000),
  objectives_ids uuid[] not null default '{}',
  owner_id uuid,
  priority text check (priority in ('low', 'medium', 'high')),
  inherent_likelihood integer check (inherent_likelihood between 1 and 7),
  inherent_consequence integer check (inherent_consequence between 1 and 7),
  inherent_level integer check (inherent_level between 1 and 49),
  residual_likelihood integer check (residual_likelihood between 1 and 7),
  residual_consequence integer check (residual_consequence between 1 and 7),
  residual_level integer check (residual_level between 1 and 49),
  band text check (length(band) <= 40),
  above_threshold text check (above_threshold in ('yes', 'no')),
  assessed_on date,
  review_due date,
  criteria_id uuid,
  assessment_id uuid,
  second_read_by_id uuid,
  second_read_on date,
  pursuit text check (pursuit in ('pursue', 'not_pursue')),
  pursuit_reason text check (length(pursuit_reason) <= 20000),
  accepted_by_id uuid,
  accepted_function text check (length(accepted_function) <= 300),
  accepted_on date,
  accepted_level integer check (accepted_level between 1 and 49),
  accepted_until date,
  accepted_assessment_id uuid,
  acceptance_reason text check (length(acceptance_reason) <= 20000),
  acceptance_approved_by_id uuid,
  acceptance_approved_function text check (length(acceptance_approved_function) <= 300),
  acceptance_approved_on date,
  state_reason text check (length(state_reason) <= 20000),
  views text[] not null default '{}' check (views <@ array['organisation', 'individuals', 'societies']::text[]),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index risks_in_order on risks (organization_id, number) where archived_at is null;
create index risks_archived on risks (organization_id, number) where archived_at is not null;
create index risks_by_change on risks (organization_id, updated_at, number) where archived_at is null;
create index risks_statement on risks (organization_id, statement, number) where archived_at is null;
create index risks_kind on risks (organization_id, kind, number) where archived_at is null;
create index risks_state on risks (organization_id, state, number) where archived_at is null;
create index risks_system_id on risks (organization_id, system_id, number) where archived_at is null;
create index risks_source on risks (organization_id, source, number) where archived_at is null;
create index risks_owner_id on risks (organization_id, owner_id, number) where archived_at is null;
create index risks_priority on risks (organization_id, priority, number) where archived_at is null;
create index risks_inherent_likelihood on risks (organization_id, inherent_likelihood, number) where archived_at is null;
create index risks_inherent_consequence on risks (organization_id, inherent_consequence, number) where archived_at is null;
create index risks_inherent_level on risks (organization_id, inherent_level, number) where archived_at is null;
create index risks_residual_likelihood on risks (organization_id, residual_likelihood, number) where archived_at is null;
create index risks_residual_consequence on risks (organization_id, residual_consequence, number) where archived_at is null;
create index risks_residual_level on risks (organization_id, residual_level, number) where archived_at is null;
create index risks_band on risks (organization_id, band, number) where archived_at is null;
create index risks_above_threshold on risks (organization_id, above_threshold, number) where archived_at is null;
create index risks_assessed_on on risks (organization_id, assessed_on, number) where archived_at is null;
create index risks_review_due on risks (organization_id, review_due, number) where archived_at is null;
create index risks_criteria_id on risks (organization_id, criteria_id, number) where archived_at is null;
create index risks_assessment_id on risks (organization_id, assessment_id, number) where archived_at is null;
create index risks_second_read_by_id on risks (organization_id, second_read_by_id, number) where archived_at is null;
create index risks_pursuit on risks (organization_id, pursuit, number) where archived_at is null;
create index risks_accepted_by_id on risks (organization_id, accepted_by_id, number) where archived_at is null;
create index risks_accepted_until on risks (organization_id, accepted_until, number) where archived_at is null;
create index risks_accepted_assessment_id on risks (organization_id, accepted_assessment_id, number) where archived_at is null;
create index risks_acceptance_approved_by_id on risks (organization_id, acceptance_approved_by_id, number) where archived_at is null;
alter table risks enable row level security;
alter table risks force row level security;
create policy tenant on risks using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on risks to aimwell_app;
create table risks_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  statement text collate "und-x-icu" not null,
  kind text,
  state text,
  system_id uuid,
  source text,
  cause_and_event text,
  objectives_ids uuid[] not null default '{}',
  owner_id uuid,
  priority text,
  inherent_likelihood integer,
  inherent_consequence integer,
  inherent_level integer,
  residual_likelihood integer,
  residual_consequence integer,
  residual_level integer,
  band text,
  above_threshold text,
  assessed_on date,
  review_due date,
  criteria_id uuid,
  assessment_id uuid,
  second_read_by_id uuid,
  second_read_on date,
  pursuit text,
  pursuit_reason text,
  accepted_by_id uuid,
  accepted_function text,
  accepted_on date,
  accepted_level integer,
  accepted_until date,
  accepted_assessment_id uuid,
  acceptance_reason text,
  acceptance_approved_by_id uuid,
  acceptance_approved_function text,
  acceptance_approved_on date,
  state_reason text,
  views text[] not null default '{}',
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index risks_history_entry on risks_history (organization_id, entry_id);
alter table risks_history enable row level security;
alter table risks_history force row level security;
create policy tenant on risks_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on risks_history to aimwell_app;
create table risks__objectives_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references risks (organization_id, id));
create index risks__objectives_ids_record on risks__objectives_ids (organization_id, record_id);
alter table risks__objectives_ids enable row level security;
alter table risks__objectives_ids force row level security;
create policy tenant on risks__objectives_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on risks__objectives_ids to aimwell_app;

-- risk-assessments: generated from its declaration (npm run migration -- risk-assessments), read and checked in.
create table risk_assessments (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  summary text check (length(summary) <= 300),
  risk_id uuid,
  kind text check (kind in ('inherent', 'residual')),
  criteria_id uuid,
  likelihood integer check (likelihood between 1 and 7),
  likelihood_why text check (length(likelihood_why) <= 20000),
  organisation_rating integer check (organisation_rating between 1 and 7),
  organisation_why text check (length(organisation_why) <= 20000),
  individuals_rating integer check (individuals_rating between 1 and 7),
  individuals_why text check (length(individuals_why) <= 20000),
  societies_rating integer check (societies_rating between 1 and 7),
  societies_why text check (length(societies_why) <= 20000),
  not_applicable text[] not null default '{}' check (not_applicable <@ array['organisation', 'individuals', 'societies']::text[]),
  consequence integer check (consequence between 1 and 7),
  level integer check (level between 1 and 49),
  band text check (length(band) <= 40),
  above_threshold text check (above_threshold in ('yes', 'no')),
  must_follow text[] not null default '{}' check (must_follow <@ array['decide_treatment', 'confirm_acceptance', 'decide_pursuit', 'second_reader', 'assess_impact', 'review']::text[]),
  assessor_id uuid,
  assessed_on date,
  late_reason text check (length(late_reason) <= 20000),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index risk_assessments_in_order on risk_assessments (organization_id, number) where archived_at is null;
create index risk_assessments_archived on risk_assessments (organization_id, number) where archived_at is not null;
create index risk_assessments_by_change on risk_assessments (organization_id, updated_at, number) where archived_at is null;
create index risk_assessments_risk_id on risk_assessments (organization_id, risk_id, number) where archived_at is null;
create index risk_assessments_kind on risk_assessments (organization_id, kind, number) where archived_at is null;
create index risk_assessments_criteria_id on risk_assessments (organization_id, criteria_id, number) where archived_at is null;
create index risk_assessments_level on risk_assessments (organization_id, level, number) where archived_at is null;
create index risk_assessments_assessor_id on risk_assessments (organization_id, assessor_id, number) where archived_at is null;
alter table risk_assessments enable row level security;
alter table risk_assessments force row level security;
create policy tenant on risk_assessments using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on risk_assessments to aimwell_app;
create table risk_assessments_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  summary text,
  risk_id uuid,
  kind text,
  criteria_id uuid,
  likelihood integer,
  likelihood_why text,
  organisation_rating integer,
  organisation_why text,
  individuals_rating integer,
  individuals_why text,
  societies_rating integer,
  societies_why text,
  not_applicable text[] not null default '{}',
  consequence integer,
  level integer,
  band text,
  above_threshold text,
  must_follow text[] not null default '{}',
  assessor_id uuid,
  assessed_on date,
  late_reason text,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index risk_assessments_history_entry on risk_assessments_history (organization_id, entry_id);
alter table risk_assessments_history enable row level security;
alter table risk_assessments_history force row level security;
create policy tenant on risk_assessments_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on risk_assessments_history to aimwell_app;

-- treatments: generated from its declaration (npm run migration -- treatments), read and checked in.
create table treatments (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null check (length(title) <= 300),
  risk_id uuid not null,
  option text not null check (option in ('modify', 'retain', 'avoid', 'share')),
  modifies text check (modifies in ('likelihood', 'consequence', 'both')),
  description text check (length(description) <= 20000),
  controls text[] not null default '{}',
  own_controls_ids uuid[] not null default '{}',
  owner_id uuid,
  resources text check (length(resources) <= 20000),
  due_date date,
  expected_likelihood integer check (expected_likelihood between 1 and 7),
  expected_consequence integer check (expected_consequence between 1 and 7),
  effectiveness_measure text check (length(effectiveness_measure) <= 20000),
  state text check (state in ('planned', 'in_progress', 'done', 'effective', 'not_effective', 'cancelled')),
  started_on date,
  done_on date,
  done_by_id uuid,
  checked_on date,
  checked_by_id uuid,
  check_note text check (length(check_note) <= 20000),
  state_reason text check (length(state_reason) <= 20000),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index treatments_in_order on treatments (organization_id, number) where archived_at is null;
create index treatments_archived on treatments (organization_id, number) where archived_at is not null;
create index treatments_by_change on treatments (organization_id, updated_at, number) where archived_at is null;
create index treatments_title on treatments (organization_id, title, number) where archived_at is null;
create index treatments_risk_id on treatments (organization_id, risk_id, number) where archived_at is null;
create index treatments_option on treatments (organization_id, option, number) where archived_at is null;
create index treatments_controls_none on treatments (organization_id, number) where archived_at is null and controls = '{}';
create index treatments_owner_id on treatments (organization_id, owner_id, number) where archived_at is null;
create index treatments_due_date on treatments (organization_id, due_date, number) where archived_at is null;
create index treatments_state on treatments (organization_id, state, number) where archived_at is null;
create index treatments_done_by_id on treatments (organization_id, done_by_id, number) where archived_at is null;
create index treatments_checked_by_id on treatments (organization_id, checked_by_id, number) where archived_at is null;
alter table treatments enable row level security;
alter table treatments force row level security;
create policy tenant on treatments using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on treatments to aimwell_app;
create table treatments_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null,
  risk_id uuid not null,
  option text not null,
  modifies text,
  description text,
  controls text[] not null default '{}',
  own_controls_ids uuid[] not null default '{}',
  owner_id uuid,
  resources text,
  due_date date,
  expected_likelihood integer,
  expected_consequence integer,
  effectiveness_measure text,
  state text,
  started_on date,
  done_on date,
  done_by_id uuid,
  checked_on date,
  checked_by_id uuid,
  check_note text,
  state_reason text,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index treatments_history_entry on treatments_history (organization_id, entry_id);
alter table treatments_history enable row level security;
alter table treatments_history force row level security;
create policy tenant on treatments_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on treatments_history to aimwell_app;
create table treatments__controls (organization_id uuid not null, value text not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references treatments (organization_id, id));
create index treatments__controls_record on treatments__controls (organization_id, record_id);
alter table treatments__controls enable row level security;
alter table treatments__controls force row level security;
create policy tenant on treatments__controls using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on treatments__controls to aimwell_app;
create table treatments__own_controls_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references treatments (organization_id, id));
create index treatments__own_controls_ids_record on treatments__own_controls_ids (organization_id, record_id);
alter table treatments__own_controls_ids enable row level security;
alter table treatments__own_controls_ids force row level security;
create policy tenant on treatments__own_controls_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on treatments__own_controls_ids to aimwell_app;

-- treatment-plans: generated from its declaration (npm run migration -- treatment-plans), read and checked in.
create table treatment_plans (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text check (length(name) <= 200),
  version_number integer check (version_number between 0 and 2147483647),
  state text check (state in ('draft', 'in_review', 'approved', 'superseded')),
  note text check (length(note) <= 20000),
  line_count integer check (line_count between 0 and 2147483647),
  submitted_by_id uuid,
  submitted_at timestamptz,
  approved_by_id uuid,
  approved_function text check (length(approved_function) <= 300),
  approved_statement text check (length(approved_statement) <= 20000),
  approved_hash text check (length(approved_hash) <= 300),
  approved_on date,
  approved_at timestamptz,
  late_reason text check (length(late_reason) <= 20000),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index treatment_plans_in_order on treatment_plans (organization_id, number) where archived_at is null;
create index treatment_plans_archived on treatment_plans (organization_id, number) where archived_at is not null;
create index treatment_plans_by_change on treatment_plans (organization_id, updated_at, number) where archived_at is null;
create index treatment_plans_version_number on treatment_plans (organization_id, version_number, number) where archived_at is null;
create index treatment_plans_state on treatment_plans (organization_id, state, number) where archived_at is null;
create index treatment_plans_submitted_by_id on treatment_plans (organization_id, submitted_by_id, number) where archived_at is null;
create index treatment_plans_approved_by_id on treatment_plans (organization_id, approved_by_id, number) where archived_at is null;
create index treatment_plans_approved_on on treatment_plans (organization_id, approved_on, number) where archived_at is null;
alter table treatment_plans enable row level security;
alter table treatment_plans force row level security;
create policy tenant on treatment_plans using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on treatment_plans to aimwell_app;
create table treatment_plans_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text,
  version_number integer,
  state text,
  note text,
  line_count integer,
  submitted_by_id uuid,
  submitted_at timestamptz,
  approved_by_id uuid,
  approved_function text,
  approved_statement text,
  approved_hash text,
  approved_on date,
  approved_at timestamptz,
  late_reason text,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index treatment_plans_history_entry on treatment_plans_history (organization_id, entry_id);
alter table treatment_plans_history enable row level security;
alter table treatment_plans_history force row level security;
create policy tenant on treatment_plans_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on treatment_plans_history to aimwell_app;

-- treatment-plan-lines: generated from its declaration (npm run migration -- treatment-plan-lines), read and checked in.
create table treatment_plan_lines (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text check (length(title) <= 300),
  plan_id uuid,
  risk_id uuid,
  treatment_id uuid,
  treatment_version integer check (treatment_version between 0 and 2147483647),
  risk_statement text check (length(risk_statement) <= 500),
  risk_level integer check (risk_level between 1 and 49),
  option text check (option in ('modify', 'retain', 'avoid', 'share')),
  modifies text check (modifies in ('likelihood', 'consequence', 'both')),
  description text check (length(description) <= 20000),
  controls text[] not null default '{}',
  own_controls_ids uuid[] not null default '{}',
  owner_id uuid,
  due_date date,
  expected_level integer check (expected_level between 1 and 49),
  resources text check (length(resources) <= 20000),
  effectiveness_measure text check (length(effectiveness_measure) <= 20000),
  frozen_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index treatment_plan_lines_in_order on treatment_plan_lines (organization_id, number) where archived_at is null;
create index treatment_plan_lines_archived on treatment_plan_lines (organization_id, number) where archived_at is not null;
create index treatment_plan_lines_by_change on treatment_plan_lines (organization_id, updated_at, number) where archived_at is null;
create index treatment_plan_lines_plan_id on treatment_plan_lines (organization_id, plan_id, number) where archived_at is null;
create index treatment_plan_lines_risk_id on treatment_plan_lines (organization_id, risk_id, number) where archived_at is null;
create index treatment_plan_lines_treatment_id on treatment_plan_lines (organization_id, treatment_id, number) where archived_at is null;
create index treatment_plan_lines_owner_id on treatment_plan_lines (organization_id, owner_id, number) where archived_at is null;
alter table treatment_plan_lines enable row level security;
alter table treatment_plan_lines force row level security;
create policy tenant on treatment_plan_lines using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on treatment_plan_lines to aimwell_app;
create table treatment_plan_lines_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text,
  plan_id uuid,
  risk_id uuid,
  treatment_id uuid,
  treatment_version integer,
  risk_statement text,
  risk_level integer,
  option text,
  modifies text,
  description text,
  controls text[] not null default '{}',
  own_controls_ids uuid[] not null default '{}',
  owner_id uuid,
  due_date date,
  expected_level integer,
  resources text,
  effectiveness_measure text,
  frozen_at timestamptz,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index treatment_plan_lines_history_entry on treatment_plan_lines_history (organization_id, entry_id);
alter table treatment_plan_lines_history enable row level security;
alter table treatment_plan_lines_history force row level security;
create policy tenant on treatment_plan_lines_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on treatment_plan_lines_history to aimwell_app;
create table treatment_plan_lines__own_controls_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references treatment_plan_lines (organization_id, id));
create index treatment_plan_lines__own_controls_ids_record on treatment_plan_lines__own_controls_ids (organization_id, record_id);
alter table treatment_plan_lines__own_controls_ids enable row level security;
alter table treatment_plan_lines__own_controls_ids force row level security;
create policy tenant on treatment_plan_lines__own_controls_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on treatment_plan_lines__own_controls_ids to aimwell_app;

-- controls: generated from its declaration (npm run migration -- controls), read and checked in.
create table controls (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null check (length(title) <= 300),
  purpose text check (length(purpose) <= 20000),
  owner_id uuid,
  status text check (status in ('not_started', 'planned', 'in_progress', 'implemented', 'effective')),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index controls_in_order on controls (organization_id, number) where archived_at is null;
create index controls_archived on controls (organization_id, number) where archived_at is not null;
create index controls_by_change on controls (organization_id, updated_at, number) where archived_at is null;
create index controls_title on controls (organization_id, title, number) where archived_at is null;
create index controls_owner_id on controls (organization_id, owner_id, number) where archived_at is null;
create index controls_status on controls (organization_id, status, number) where archived_at is null;
alter table controls enable row level security;
alter table controls force row level security;
create policy tenant on controls using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on controls to aimwell_app;
create table controls_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null,
  purpose text,
  owner_id uuid,
  status text,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index controls_history_entry on controls_history (organization_id, entry_id);
alter table controls_history enable row level security;
alter table controls_history force row level security;
create policy tenant on controls_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on controls_history to aimwell_app;

-- soa-versions: generated from its declaration (npm run migration -- soa-versions), read and checked in.
create table soa_versions (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text check (length(name) <= 200),
  version_number integer check (version_number between 0 and 2147483647),
  state text check (state in ('draft', 'in_review', 'approved', 'superseded')),
  treatment_plan_id uuid,
  own_controls_statement text check (length(own_controls_statement) <= 20000),
  note text check (length(note) <= 20000),
  submitted_by_id uuid,
  submitted_at timestamptz,
  approved_by_id uuid,
  approved_function text check (length(approved_function) <= 300),
  approved_statement text check (length(approved_statement) <= 20000),
  approved_hash text check (length(approved_hash) <= 300),
  approved_on date,
  approved_at timestamptz,
  late_reason text check (length(late_reason) <= 20000),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index soa_versions_in_order on soa_versions (organization_id, number) where archived_at is null;
create index soa_versions_archived on soa_versions (organization_id, number) where archived_at is not null;
create index soa_versions_by_change on soa_versions (organization_id, updated_at, number) where archived_at is null;
create index soa_versions_version_number on soa_versions (organization_id, version_number, number) where archived_at is null;
create index soa_versions_state on soa_versions (organization_id, state, number) where archived_at is null;
create index soa_versions_treatment_plan_id on soa_versions (organization_id, treatment_plan_id, number) where archived_at is null;
create index soa_versions_submitted_by_id on soa_versions (organization_id, submitted_by_id, number) where archived_at is null;
create index soa_versions_approved_by_id on soa_versions (organization_id, approved_by_id, number) where archived_at is null;
create index soa_versions_approved_on on soa_versions (organization_id, approved_on, number) where archived_at is null;
alter table soa_versions enable row level security;
alter table soa_versions force row level security;
create policy tenant on soa_versions using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on soa_versions to aimwell_app;
create table soa_versions_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  name text,
  version_number integer,
  state text,
  treatment_plan_id uuid,
  own_controls_statement text,
  note text,
  submitted_by_id uuid,
  submitted_at timestamptz,
  approved_by_id uuid,
  approved_function text,
  approved_statement text,
  approved_hash text,
  approved_on date,
  approved_at timestamptz,
  late_reason text,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index soa_versions_history_entry on soa_versions_history (organization_id, entry_id);
alter table soa_versions_history enable row level security;
alter table soa_versions_history force row level security;
create policy tenant on soa_versions_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on soa_versions_history to aimwell_app;

-- soa-entries: generated from its declaration (npm run migration -- soa-entries), read and checked in.
create table soa_entries (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text check (length(title) <= 300),
  soa_id uuid,
  control text,
  own_control_id uuid,
  decision text check (decision in ('undecided', 'included', 'excluded')),
  reasons text[] not null default '{}' check (reasons <@ array['risk', 'law', 'contract', 'objective', 'own_choice']::text[]),
  justification text check (length(justification) <= 20000),
  risks_ids uuid[] not null default '{}',
  objectives_ids uuid[] not null default '{}',
  laws text check (length(laws) <= 500),
  contracts text check (length(contracts) <= 500),
  links_confirmed boolean,
  contradiction_note text check (length(contradiction_note) <= 20000),
  status text check (status in ('not_started', 'planned', 'in_progress', 'implemented', 'effective', 'not_applicable')),
  owner_id uuid,
  target_date date,
  status_note text check (length(status_note) <= 20000),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index soa_entries_in_order on soa_entries (organization_id, number) where archived_at is null;
create index soa_entries_archived on soa_entries (organization_id, number) where archived_at is not null;
create index soa_entries_by_change on soa_entries (organization_id, updated_at, number) where archived_at is null;
create index soa_entries_soa_id on soa_entries (organization_id, soa_id, number) where archived_at is null;
create index soa_entries_control on soa_entries (organization_id, control, number) where archived_at is null;
create index soa_entries_own_control_id on soa_entries (organization_id, own_control_id, number) where archived_at is null;
create index soa_entries_decision on soa_entries (organization_id, decision, number) where archived_at is null;
create index soa_entries_status on soa_entries (organization_id, status, number) where archived_at is null;
create index soa_entries_owner_id on soa_entries (organization_id, owner_id, number) where archived_at is null;
alter table soa_entries enable row level security;
alter table soa_entries force row level security;
create policy tenant on soa_entries using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on soa_entries to aimwell_app;
create table soa_entries_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text,
  soa_id uuid,
  control text,
  own_control_id uuid,
  decision text,
  reasons text[] not null default '{}',
  justification text,
  risks_ids uuid[] not null default '{}',
  objectives_ids uuid[] not null default '{}',
  laws text,
  contracts text,
  links_confirmed boolean,
  contradiction_note text,
  status text,
  owner_id uuid,
  target_date date,
  status_note text,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index soa_entries_history_entry on soa_entries_history (organization_id, entry_id);
alter table soa_entries_history enable row level security;
alter table soa_entries_history force row level security;
create policy tenant on soa_entries_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on soa_entries_history to aimwell_app;
create table soa_entries__risks_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references soa_entries (organization_id, id));
create index soa_entries__risks_ids_record on soa_entries__risks_ids (organization_id, record_id);
alter table soa_entries__risks_ids enable row level security;
alter table soa_entries__risks_ids force row level security;
create policy tenant on soa_entries__risks_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on soa_entries__risks_ids to aimwell_app;
create table soa_entries__objectives_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references soa_entries (organization_id, id));
create index soa_entries__objectives_ids_record on soa_entries__objectives_ids (organization_id, record_id);
alter table soa_entries__objectives_ids enable row level security;
alter table soa_entries__objectives_ids force row level security;
create policy tenant on soa_entries__objectives_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on soa_entries__objectives_ids to aimwell_app;

-- control-tests: generated from its declaration (npm run migration -- control-tests), read and checked in.
create table control_tests (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text not null check (length(title) <= 300),
  control text not null,
  own_control_id uuid,
  tested_on date not null,
  outcome text not null check (outcome in ('effective', 'partly_effective', 'not_effective')),
  method text check (length(method) <= 20000),
  tester_id uuid,
  next_due date,
  note text check (length(note) <= 20000),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index control_tests_in_order on control_tests (organization_id, number) where archived_at is null;
create index control_tests_archived on control_tests (organization_id, number) where archived_at is not null;
create index control_tests_by_change on control_tests (organization_id, updated_at, number) where archived_at is null;
create index control_tests_control on control_tests (organization_id, control, number) where archived_at is null;
create index control_tests_own_control_id on control_tests (organization_id, own_control_id, number) where archived_at is null;
create index control_tests_tested_on on control_tests (organization_id, tested_on, number) where archived_at is null;
create index control_tests_outcome on control_tests (organization_id, outcome, number) where archived_at is null;
create index control_tests_tester_id on control_tests (organization_id, tester_id, number) where archived_at is null;
create index control_tests_next_due on control_tests (organization_id, next_due, number) where archived_at is null;
alter table control_tests enable row level security;
alter table control_tests force row level security;
create policy tenant on control_tests using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on control_tests to aimwell_app;
create table control_tests_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text not null,
  control text not null,
  own_control_id uuid,
  tested_on date not null,
  outcome text not null,
  method text,
  tester_id uuid,
  next_due date,
  note text,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index control_tests_history_entry on control_tests_history (organization_id, entry_id);
alter table control_tests_history enable row level security;
alter table control_tests_history force row level security;
create policy tenant on control_tests_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on control_tests_history to aimwell_app;

-- evidence: generated from its declaration (npm run migration -- evidence), read and checked in.
create table evidence (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null check (length(title) <= 300),
  kind text check (kind in ('file', 'link', 'statement')),
  url text check (length(url) <= 2000),
  description text check (length(description) <= 20000),
  controls text[] not null default '{}',
  requirements text[] not null default '{}',
  systems_ids uuid[] not null default '{}',
  risks_ids uuid[] not null default '{}',
  treatments_ids uuid[] not null default '{}',
  source text check (source in ('person', 'process', 'api', 'import')),
  collected_on date not null,
  late_reason text check (length(late_reason) <= 20000),
  valid_from date,
  valid_until date,
  owner_id uuid,
  file_name text check (length(file_name) <= 300),
  file_type text check (length(file_type) <= 120),
  file_size integer check (file_size between 0 and 2147483647),
  sha256 text check (length(sha256) <= 64),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id) references organizations (id)
);
create index evidence_in_order on evidence (organization_id, number) where archived_at is null;
create index evidence_archived on evidence (organization_id, number) where archived_at is not null;
create index evidence_by_change on evidence (organization_id, updated_at, number) where archived_at is null;
create index evidence_title on evidence (organization_id, title, number) where archived_at is null;
create index evidence_kind on evidence (organization_id, kind, number) where archived_at is null;
create index evidence_controls_none on evidence (organization_id, number) where archived_at is null and controls = '{}';
create index evidence_requirements_none on evidence (organization_id, number) where archived_at is null and requirements = '{}';
create index evidence_systems_ids_none on evidence (organization_id, number) where archived_at is null and systems_ids = '{}';
create index evidence_source on evidence (organization_id, source, number) where archived_at is null;
create index evidence_collected_on on evidence (organization_id, collected_on, number) where archived_at is null;
create index evidence_valid_until on evidence (organization_id, valid_until, number) where archived_at is null;
create index evidence_owner_id on evidence (organization_id, owner_id, number) where archived_at is null;
create index evidence_sha256 on evidence (organization_id, sha256, number) where archived_at is null;
alter table evidence enable row level security;
alter table evidence force row level security;
create policy tenant on evidence using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update on evidence to aimwell_app;
create table evidence_history (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  version integer not null,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  updated_by uuid,
  archived_at timestamptz,
  archived_reason text,
  custom jsonb not null default '{}',
  title text collate "und-x-icu" not null,
  kind text,
  url text,
  description text,
  controls text[] not null default '{}',
  requirements text[] not null default '{}',
  systems_ids uuid[] not null default '{}',
  risks_ids uuid[] not null default '{}',
  treatments_ids uuid[] not null default '{}',
  source text,
  collected_on date not null,
  late_reason text,
  valid_from date,
  valid_until date,
  owner_id uuid,
  file_name text,
  file_type text,
  file_size integer,
  sha256 text,
  entry_id uuid not null,
  primary key (organization_id, id, version),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index evidence_history_entry on evidence_history (organization_id, entry_id);
alter table evidence_history enable row level security;
alter table evidence_history force row level security;
create policy tenant on evidence_history using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on evidence_history to aimwell_app;
create table evidence__controls (organization_id uuid not null, value text not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references evidence (organization_id, id));
create index evidence__controls_record on evidence__controls (organization_id, record_id);
alter table evidence__controls enable row level security;
alter table evidence__controls force row level security;
create policy tenant on evidence__controls using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on evidence__controls to aimwell_app;
create table evidence__requirements (organization_id uuid not null, value text not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references evidence (organization_id, id));
create index evidence__requirements_record on evidence__requirements (organization_id, record_id);
alter table evidence__requirements enable row level security;
alter table evidence__requirements force row level security;
create policy tenant on evidence__requirements using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on evidence__requirements to aimwell_app;
create table evidence__systems_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references evidence (organization_id, id));
create index evidence__systems_ids_record on evidence__systems_ids (organization_id, record_id);
alter table evidence__systems_ids enable row level security;
alter table evidence__systems_ids force row level security;
create policy tenant on evidence__systems_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on evidence__systems_ids to aimwell_app;
create table evidence__risks_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references evidence (organization_id, id));
create index evidence__risks_ids_record on evidence__risks_ids (organization_id, record_id);
alter table evidence__risks_ids enable row level security;
alter table evidence__risks_ids force row level security;
create policy tenant on evidence__risks_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on evidence__risks_ids to aimwell_app;
create table evidence__treatments_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references evidence (organization_id, id));
create index evidence__treatments_ids_record on evidence__treatments_ids (organization_id, record_id);
alter table evidence__treatments_ids enable row level security;
alter table evidence__treatments_ids force row level security;
create policy tenant on evidence__treatments_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on evidence__treatments_ids to aimwell_app;

alter table people add constraint people_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table people add constraint people_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);

alter table scope_elements add constraint scope_elements_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table scope_elements add constraint scope_elements_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);

alter table scope_statements add constraint scope_statements_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table scope_statements add constraint scope_statements_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table scope_statements__issues_ids add constraint scope_statements__issues_ids_fk foreign key (organization_id, value) references context_issues (organization_id, id);
alter table scope_statements__party_requirements_ids add constraint scope_statements__party_requirements_ids_fk foreign key (organization_id, value) references party_requirements (organization_id, id);
alter table scope_statements add constraint scope_statements_submitted_by_id_fk foreign key (organization_id, submitted_by_id) references people (organization_id, id);
alter table scope_statements add constraint scope_statements_approved_by_id_fk foreign key (organization_id, approved_by_id) references people (organization_id, id);

alter table context_issues add constraint context_issues_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table context_issues add constraint context_issues_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table context_issues add constraint context_issues_owner_id_fk foreign key (organization_id, owner_id) references people (organization_id, id);

alter table interested_parties add constraint interested_parties_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table interested_parties add constraint interested_parties_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table interested_parties add constraint interested_parties_owner_id_fk foreign key (organization_id, owner_id) references people (organization_id, id);

alter table party_requirements add constraint party_requirements_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table party_requirements add constraint party_requirements_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table party_requirements add constraint party_requirements_party_id_fk foreign key (organization_id, party_id) references interested_parties (organization_id, id);
alter table party_requirements__systems_ids add constraint party_requirements__systems_ids_fk foreign key (organization_id, value) references systems (organization_id, id);

alter table role_assignments add constraint role_assignments_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table role_assignments add constraint role_assignments_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table role_assignments add constraint role_assignments_holder_id_fk foreign key (organization_id, holder_id) references people (organization_id, id);
alter table role_assignments add constraint role_assignments_deputy_id_fk foreign key (organization_id, deputy_id) references people (organization_id, id);

alter table authorities add constraint authorities_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table authorities add constraint authorities_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table authorities add constraint authorities_holder_id_fk foreign key (organization_id, holder_id) references people (organization_id, id);
alter table authorities add constraint authorities_granted_by_id_fk foreign key (organization_id, granted_by_id) references people (organization_id, id);

alter table committees add constraint committees_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table committees add constraint committees_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table committees add constraint committees_chair_id_fk foreign key (organization_id, chair_id) references people (organization_id, id);
alter table committees__members_ids add constraint committees__members_ids_fk foreign key (organization_id, value) references people (organization_id, id);

alter table objectives add constraint objectives_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table objectives add constraint objectives_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table objectives add constraint objectives_owner_id_fk foreign key (organization_id, owner_id) references people (organization_id, id);

alter table systems add constraint systems_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table systems add constraint systems_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table systems add constraint systems_owner_id_fk foreign key (organization_id, owner_id) references people (organization_id, id);
alter table systems__objectives_ids add constraint systems__objectives_ids_fk foreign key (organization_id, value) references objectives (organization_id, id);
alter table systems add constraint systems_law_confirmed_by_id_fk foreign key (organization_id, law_confirmed_by_id) references people (organization_id, id);

alter table risk_criteria add constraint risk_criteria_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table risk_criteria add constraint risk_criteria_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table risk_criteria add constraint risk_criteria_submitted_by_id_fk foreign key (organization_id, submitted_by_id) references people (organization_id, id);
alter table risk_criteria add constraint risk_criteria_approved_by_id_fk foreign key (organization_id, approved_by_id) references people (organization_id, id);

alter table risks add constraint risks_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table risks add constraint risks_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table risks add constraint risks_system_id_fk foreign key (organization_id, system_id) references systems (organization_id, id);
alter table risks__objectives_ids add constraint risks__objectives_ids_fk foreign key (organization_id, value) references objectives (organization_id, id);
alter table risks add constraint risks_owner_id_fk foreign key (organization_id, owner_id) references people (organization_id, id);
alter table risks add constraint risks_criteria_id_fk foreign key (organization_id, criteria_id) references risk_criteria (organization_id, id);
alter table risks add constraint risks_assessment_id_fk foreign key (organization_id, assessment_id) references risk_assessments (organization_id, id);
alter table risks add constraint risks_second_read_by_id_fk foreign key (organization_id, second_read_by_id) references people (organization_id, id);
alter table risks add constraint risks_accepted_by_id_fk foreign key (organization_id, accepted_by_id) references people (organization_id, id);
alter table risks add constraint risks_accepted_assessment_id_fk foreign key (organization_id, accepted_assessment_id) references risk_assessments (organization_id, id);
alter table risks add constraint risks_acceptance_approved_by_id_fk foreign key (organization_id, acceptance_approved_by_id) references people (organization_id, id);

alter table risk_assessments add constraint risk_assessments_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table risk_assessments add constraint risk_assessments_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table risk_assessments add constraint risk_assessments_risk_id_fk foreign key (organization_id, risk_id) references risks (organization_id, id);
alter table risk_assessments add constraint risk_assessments_criteria_id_fk foreign key (organization_id, criteria_id) references risk_criteria (organization_id, id);
alter table risk_assessments add constraint risk_assessments_assessor_id_fk foreign key (organization_id, assessor_id) references people (organization_id, id);

alter table treatments add constraint treatments_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table treatments add constraint treatments_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table treatments add constraint treatments_risk_id_fk foreign key (organization_id, risk_id) references risks (organization_id, id);
alter table treatments__own_controls_ids add constraint treatments__own_controls_ids_fk foreign key (organization_id, value) references controls (organization_id, id);
alter table treatments add constraint treatments_owner_id_fk foreign key (organization_id, owner_id) references people (organization_id, id);
alter table treatments add constraint treatments_done_by_id_fk foreign key (organization_id, done_by_id) references people (organization_id, id);
alter table treatments add constraint treatments_checked_by_id_fk foreign key (organization_id, checked_by_id) references people (organization_id, id);

alter table treatment_plans add constraint treatment_plans_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table treatment_plans add constraint treatment_plans_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table treatment_plans add constraint treatment_plans_submitted_by_id_fk foreign key (organization_id, submitted_by_id) references people (organization_id, id);
alter table treatment_plans add constraint treatment_plans_approved_by_id_fk foreign key (organization_id, approved_by_id) references people (organization_id, id);

alter table treatment_plan_lines add constraint treatment_plan_lines_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table treatment_plan_lines add constraint treatment_plan_lines_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table treatment_plan_lines add constraint treatment_plan_lines_plan_id_fk foreign key (organization_id, plan_id) references treatment_plans (organization_id, id);
alter table treatment_plan_lines add constraint treatment_plan_lines_risk_id_fk foreign key (organization_id, risk_id) references risks (organization_id, id);
alter table treatment_plan_lines add constraint treatment_plan_lines_treatment_id_fk foreign key (organization_id, treatment_id) references treatments (organization_id, id);
alter table treatment_plan_lines__own_controls_ids add constraint treatment_plan_lines__own_controls_ids_fk foreign key (organization_id, value) references controls (organization_id, id);
alter table treatment_plan_lines add constraint treatment_plan_lines_owner_id_fk foreign key (organization_id, owner_id) references people (organization_id, id);

alter table controls add constraint controls_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table controls add constraint controls_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table controls add constraint controls_owner_id_fk foreign key (organization_id, owner_id) references people (organization_id, id);

alter table soa_versions add constraint soa_versions_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table soa_versions add constraint soa_versions_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table soa_versions add constraint soa_versions_treatment_plan_id_fk foreign key (organization_id, treatment_plan_id) references treatment_plans (organization_id, id);
alter table soa_versions add constraint soa_versions_submitted_by_id_fk foreign key (organization_id, submitted_by_id) references people (organization_id, id);
alter table soa_versions add constraint soa_versions_approved_by_id_fk foreign key (organization_id, approved_by_id) references people (organization_id, id);

alter table soa_entries add constraint soa_entries_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table soa_entries add constraint soa_entries_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table soa_entries add constraint soa_entries_soa_id_fk foreign key (organization_id, soa_id) references soa_versions (organization_id, id);
alter table soa_entries add constraint soa_entries_own_control_id_fk foreign key (organization_id, own_control_id) references controls (organization_id, id);
alter table soa_entries__risks_ids add constraint soa_entries__risks_ids_fk foreign key (organization_id, value) references risks (organization_id, id);
alter table soa_entries__objectives_ids add constraint soa_entries__objectives_ids_fk foreign key (organization_id, value) references objectives (organization_id, id);
alter table soa_entries add constraint soa_entries_owner_id_fk foreign key (organization_id, owner_id) references people (organization_id, id);

alter table control_tests add constraint control_tests_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table control_tests add constraint control_tests_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table control_tests add constraint control_tests_own_control_id_fk foreign key (organization_id, own_control_id) references controls (organization_id, id);
alter table control_tests add constraint control_tests_tester_id_fk foreign key (organization_id, tester_id) references people (organization_id, id);

alter table evidence add constraint evidence_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
alter table evidence add constraint evidence_updated_by_fk foreign key (organization_id, updated_by) references people (organization_id, id);
alter table evidence__systems_ids add constraint evidence__systems_ids_fk foreign key (organization_id, value) references systems (organization_id, id);
alter table evidence__risks_ids add constraint evidence__risks_ids_fk foreign key (organization_id, value) references risks (organization_id, id);
alter table evidence__treatments_ids add constraint evidence__treatments_ids_fk foreign key (organization_id, value) references treatments (organization_id, id);
alter table evidence add constraint evidence_owner_id_fk foreign key (organization_id, owner_id) references people (organization_id, id);
