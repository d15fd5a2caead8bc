-- What the rules say, kept so that a page need not ask them again; every row can be made anew from the records.
-- One row per organisation: whoever judges holds it until the end of the transaction.
create table conformity_state (
  organization_id uuid primary key references organizations (id),
  judged_at timestamptz,
  judged_on date,
  -- Of rules and law; another one means that everything is judged anew.
  revision text
);
create table conformity_results (
  organization_id uuid not null references organizations (id),
  rule text not null check (rule ~ '^R[0-9]{3}$'),
  outcome text not null check (outcome in ('met', 'finding', 'notJudged')),
  severity text check (severity in ('major', 'minor', 'observation')),
  population integer not null,
  affected integer not null,
  seen text,
  missing text,
  remedy text,
  rests_on text,
  recheck_on date,
  -- The first day of the outcome that stands now.
  since date not null,
  -- Of the records found: when it is the same, they need not be written again.
  found_hash text not null,
  primary key (organization_id, rule)
);
create table conformity_findings (
  organization_id uuid not null references organizations (id),
  rule text not null,
  register text not null,
  record_id uuid not null,
  -- Of its identifier: findings are listed in the order people know.
  number integer not null,
  seen text not null,
  since date not null,
  primary key (organization_id, rule, register, record_id)
);
create index conformity_findings_in_order on conformity_findings (organization_id, rule, register, number);
create index conformity_findings_record on conformity_findings (organization_id, register, record_id);
create table conformity_days (
  organization_id uuid not null references organizations (id),
  day date not null,
  met integer not null,
  found integer not null,
  not_judged integer not null,
  likely_major integer not null,
  likely_minor integer not null,
  observations integer not null,
  law integer not null,
  primary key (organization_id, day)
);
do $$
declare name text;
begin
  foreach name in array array['conformity_state', 'conformity_results', 'conformity_findings', 'conformity_days'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (organization_id = current_setting(''app.tenant'')::uuid)', name);
  end loop;
end $$;
grant select, insert, update, delete on conformity_state, conformity_results, conformity_findings, conformity_days to aimwell_app;
