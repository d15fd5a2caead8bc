-- Processes that run (docs/decisions/0018). A run is rows: one for each token, scope, subscription and task, written in the transaction of
-- the change that moved it. What happened is only ever added to.
create table process_maps (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  key text not null check (key ~ '^[a-z][a-z0-9-]{1,59}$'),
  name text not null check (length(name) between 1 and 200),
  description text not null default '' check (length(description) <= 5000),
  -- The register whose records it is about; null: none in particular.
  register text,
  clauses text[] not null default '{}',
  -- Came with the product.
  shipped boolean not null default false,
  created_by uuid,
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, key)
);

create table process_versions (
  organization_id uuid not null,
  id uuid not null,
  map_id uuid not null,
  number integer not null check (number > 0),
  state text not null check (state in ('draft', 'review', 'approved', 'retired')),
  note text not null default '' check (length(note) <= 2000),
  -- The bytes as they came, and their hash; `xml` is the same map as this product writes it.
  file bytea not null,
  file_name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  xml text not null,
  -- Null: shown as documentation, not run; the reasons stand in `refusals`.
  graph jsonb,
  refusals jsonb not null default '[]',
  warnings jsonb not null default '[]',
  -- Everybody who wrote it: none of them approves it.
  authors uuid[] not null default '{}',
  created_by uuid,
  created_at timestamptz not null,
  submitted_by uuid,
  submitted_at timestamptz,
  approved_by_id uuid,
  approved_name text,
  approved_function text,
  approved_at timestamptz,
  retired_by uuid,
  retired_at timestamptz,
  revision integer not null default 1,
  primary key (organization_id, id),
  unique (organization_id, map_id, number),
  foreign key (organization_id, map_id) references process_maps (organization_id, id)
);
create index process_versions_approved on process_versions (organization_id, map_id) where state = 'approved';

create table process_instances (
  organization_id uuid not null,
  id uuid not null,
  number integer not null,
  map_id uuid not null,
  version_id uuid not null,
  title text not null check (length(title) between 1 and 300),
  status text not null check (status in ('active', 'completed', 'terminated', 'failed')),
  -- The record it is about.
  register text,
  record_id uuid,
  called boolean not null default false,
  parent_instance uuid,
  parent_token integer,
  -- What a call handed over: only what differs goes back.
  given jsonb,
  serial integer not null,
  -- Lines of its history so far.
  lines integer not null default 0,
  revision integer not null default 1,
  zone text not null,
  started_by uuid,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id, version_id) references process_versions (organization_id, id)
);
create index process_instances_version on process_instances (organization_id, version_id, status, started_at);
create index process_instances_record on process_instances (organization_id, register, record_id) where record_id is not null;
create index process_instances_parent on process_instances (organization_id, parent_instance) where parent_instance is not null;
create index process_instances_list on process_instances (organization_id, status, number desc);

create table process_scopes (
  organization_id uuid not null,
  instance_id uuid not null,
  id integer not null,
  element text not null,
  kind text not null check (kind in ('process', 'subProcess', 'loop', 'round')),
  parent integer,
  host integer,
  variables jsonb not null,
  loop jsonb,
  primary key (organization_id, instance_id, id),
  foreign key (organization_id, instance_id) references process_instances (organization_id, id)
);

create table process_tokens (
  organization_id uuid not null,
  instance_id uuid not null,
  id integer not null,
  -- Of its instance, so that what waits where is one look into an index.
  version_id uuid not null,
  scope integer not null,
  node text not null,
  since timestamptz not null,
  wait text not null check (wait in ('task', 'job', 'events', 'scope', 'call', 'join', 'incident')),
  detail jsonb,
  primary key (organization_id, instance_id, id),
  foreign key (organization_id, instance_id) references process_instances (organization_id, id)
);
create index process_tokens_node on process_tokens (organization_id, version_id, node, since);

create table process_subscriptions (
  organization_id uuid not null,
  instance_id uuid not null,
  id integer not null,
  token integer,
  scope integer not null,
  node text not null,
  kind text not null check (kind in ('message', 'signal', 'timer', 'conditional')),
  name text,
  correlation jsonb,
  due timestamptz,
  timer jsonb,
  was boolean not null,
  -- A timer whose firing failed waits until then.
  held_until timestamptz,
  primary key (organization_id, instance_id, id),
  foreign key (organization_id, instance_id) references process_instances (organization_id, id)
);
create index process_subscriptions_due on process_subscriptions (due) where due is not null;
create index process_subscriptions_name on process_subscriptions (organization_id, kind, name, instance_id) where name is not null;
create index process_subscriptions_condition on process_subscriptions (organization_id, instance_id) where kind = 'conditional';

create table process_tasks (
  organization_id uuid not null,
  id uuid not null,
  instance_id uuid not null,
  token integer not null,
  version_id uuid not null,
  node text not null,
  name text not null,
  -- Null: anyone who works with records here.
  role text,
  -- What the map asked when the task came: form, evidence, separation of duty, whom to tell.
  step jsonb not null,
  state text not null check (state in ('open', 'done', 'cancelled')),
  person_id uuid,
  claimed_at timestamptz,
  created_at timestamptz not null,
  due_at timestamptz,
  -- Null once somebody was told that it is overdue, and where there is nobody to tell.
  remind_at timestamptz,
  done_by uuid,
  done_at timestamptz,
  revision integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, instance_id) references process_instances (organization_id, id)
);
create unique index process_tasks_token on process_tasks (organization_id, instance_id, token) where state = 'open';
create index process_tasks_instance on process_tasks (organization_id, instance_id, node);
create index process_tasks_person on process_tasks (organization_id, person_id, due_at, id) where state = 'open';
create index process_tasks_role on process_tasks (organization_id, role, due_at, id) where state = 'open';
create index process_tasks_open on process_tasks (organization_id, due_at, id) where state = 'open';
create index process_tasks_node on process_tasks (organization_id, version_id, node) where state = 'open';
create index process_tasks_done on process_tasks (organization_id, version_id, node, done_at) where state = 'done';
create index process_tasks_remind on process_tasks (remind_at) where state = 'open' and remind_at is not null;

create table process_incidents (
  organization_id uuid not null,
  id uuid not null,
  instance_id uuid not null,
  token integer not null,
  node text not null,
  code text not null,
  message text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, instance_id) references process_instances (organization_id, id)
);
create index process_incidents_open on process_incidents (organization_id, opened_at desc, id) where closed_at is null;
create index process_incidents_instance on process_incidents (organization_id, instance_id, token);

-- What happened, line by line. Not called history: it is no twin of a register.
create table process_happenings (
  organization_id uuid not null,
  instance_id uuid not null,
  line integer not null,
  what text not null,
  node text,
  flow text,
  token integer,
  scope integer,
  detail jsonb,
  actor uuid,
  at timestamptz not null,
  version_id uuid not null,
  -- The entry of the trail that it belongs to.
  entry_id uuid not null,
  primary key (organization_id, instance_id, line),
  foreign key (organization_id, instance_id) references process_instances (organization_id, id)
);

create table process_evidence (
  organization_id uuid not null,
  task_id uuid not null,
  evidence_id uuid not null,
  -- The kind of evidence that the step asks for; null for more than it asks.
  kind text,
  instance_id uuid not null,
  at timestamptz not null,
  primary key (organization_id, task_id, evidence_id),
  foreign key (organization_id, task_id) references process_tasks (organization_id, id),
  foreign key (organization_id, evidence_id) references evidence (organization_id, id)
);
create index process_evidence_instance on process_evidence (organization_id, instance_id);

-- Start events with a timer, a message or a signal, of the version in force of each map.
create table process_starts (
  organization_id uuid not null,
  version_id uuid not null,
  node text not null,
  kind text not null check (kind in ('message', 'signal', 'timer')),
  name text,
  due timestamptz,
  timer jsonb,
  held_until timestamptz,
  primary key (organization_id, version_id, node),
  foreign key (organization_id, version_id) references process_versions (organization_id, id)
);
create index process_starts_due on process_starts (due) where due is not null;

-- A protected step of a register was taken outside its process: who, on whose authority, and why.
create table process_deviations (
  organization_id uuid not null,
  id uuid not null,
  register text not null,
  record_id uuid not null,
  command text not null,
  map_key text not null,
  authority_id uuid,
  reason text not null check (length(reason) between 3 and 2000),
  by_id uuid,
  at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid,
  closed_note text,
  primary key (organization_id, id)
);
create index process_deviations_list on process_deviations (organization_id, at desc, id);

-- Gates that the organisation has switched on.
create table process_gates (
  organization_id uuid not null,
  register text not null,
  command text not null,
  map_key text not null,
  primary key (organization_id, register, command)
);

-- Calendars of due tasks: whoever has the address sees them, so only its hash is kept.
create table process_feeds (
  organization_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  token_hash text not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, token_hash),
  unique (organization_id, person_id)
);
create index process_feeds_token on process_feeds (token_hash);

do $$
declare name text;
begin
  foreach name in array array['process_maps', 'process_versions', 'process_instances', 'process_scopes', 'process_tokens', 'process_subscriptions',
    'process_tasks', 'process_incidents', 'process_happenings', 'process_evidence', 'process_starts', 'process_deviations', 'process_gates', 'process_feeds'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (organization_id = current_setting(''app.tenant'')::uuid)', name);
  end loop;
  foreach name in array array['process_subscriptions', 'process_tasks', 'process_starts', 'process_feeds'] loop
    execute format('create policy entry_points on %I for select to current_user using (true)', name);
  end loop;
end $$;

grant select, insert, update on process_maps, process_versions, process_instances, process_tasks, process_incidents, process_deviations to aimwell_app;
grant select, insert, update, delete on process_scopes, process_tokens, process_subscriptions, process_starts, process_gates, process_feeds to aimwell_app;
grant select, insert on process_happenings, process_evidence to aimwell_app;

-- Entry points with an isolation test each (docs/decisions/0006). All answer ids only; what is due is read and done inside its organisation.
create function due_process_timers(moment timestamptz, most integer) returns table (organization_id uuid, instance_id uuid, id integer)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$
  select s.organization_id, s.instance_id, s.id from process_subscriptions s
  where s.due is not null and s.due <= moment and (s.held_until is null or s.held_until <= moment) order by s.due limit most
$$;

create function due_process_starts(moment timestamptz, most integer) returns table (organization_id uuid, version_id uuid, node text)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$
  select s.organization_id, s.version_id, s.node from process_starts s
  where s.due is not null and s.due <= moment and (s.held_until is null or s.held_until <= moment) order by s.due limit most
$$;

create function overdue_process_tasks(moment timestamptz, most integer) returns table (organization_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$
  select t.organization_id, t.id from process_tasks t
  where t.state = 'open' and t.remind_at is not null and t.remind_at <= moment order by t.remind_at limit most
$$;

create function process_feed(hash text) returns table (organization_id uuid, person_id uuid)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$ select f.organization_id, f.person_id from process_feeds f where f.token_hash = hash $$;

do $$
declare name text;
begin
  foreach name in array array['due_process_timers(timestamptz, integer)', 'due_process_starts(timestamptz, integer)', 'overdue_process_tasks(timestamptz, integer)', 'process_feed(text)'] loop
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to aimwell_app', name);
  end loop;
end $$;
