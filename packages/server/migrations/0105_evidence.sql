-- Evidence that keeps: when it is due again, own controls, what its file says, what it attests, and files deleted by rule.
alter table evidence
  add column own_controls_ids uuid[] not null default '{}',
  add column interval_months integer check (interval_months between 1 and 120),
  add column next_due date,
  add column summary jsonb,
  add column attests_ids uuid[] not null default '{}',
  add column purged_on date;
create index evidence_valid_from on evidence (organization_id, valid_from, number) where archived_at is null;
create index evidence_next_due on evidence (organization_id, next_due, number) where archived_at is null;
create index evidence_purged_on on evidence (organization_id, purged_on, number) where archived_at is null;
alter table evidence_history
  add column own_controls_ids uuid[] not null default '{}',
  add column interval_months integer,
  add column next_due date,
  add column summary jsonb,
  add column attests_ids uuid[] not null default '{}',
  add column purged_on date;
create table evidence__own_controls_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references evidence (organization_id, id));
create index evidence__own_controls_ids_record on evidence__own_controls_ids (organization_id, record_id);
alter table evidence__own_controls_ids enable row level security;
alter table evidence__own_controls_ids force row level security;
create policy tenant on evidence__own_controls_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on evidence__own_controls_ids to aimwell_app;
alter table evidence__own_controls_ids add constraint evidence__own_controls_ids_fk foreign key (organization_id, value) references controls (organization_id, id);
create table evidence__attests_ids (organization_id uuid not null, value uuid not null, record_id uuid not null, primary key (organization_id, value, record_id),
  foreign key (organization_id, record_id) references evidence (organization_id, id));
create index evidence__attests_ids_record on evidence__attests_ids (organization_id, record_id);
alter table evidence__attests_ids enable row level security;
alter table evidence__attests_ids force row level security;
create policy tenant on evidence__attests_ids using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, delete on evidence__attests_ids to aimwell_app;
alter table evidence__attests_ids add constraint evidence__attests_ids_fk foreign key (organization_id, value) references evidence (organization_id, id);
-- A file is found by its content, in whichever version of whichever record it stands, archived ones included.
create index evidence_history_sha256 on evidence_history (organization_id, sha256) where sha256 is not null;

-- The row of a deleted file stays and says since when and by which entry its bytes are gone.
alter table files
  add column purged_at timestamptz,
  add column purged_by uuid,
  add check ((purged_at is null) = (purged_by is null)),
  add foreign key (organization_id, purged_by) references trail_entries (organization_id, id);
grant update (purged_at, purged_by) on files to aimwell_app;
