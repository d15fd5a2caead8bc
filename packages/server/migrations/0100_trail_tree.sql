-- The tree over the trail (docs/decisions/0008). Entries wait in trail_pending; one sequencer makes leaves of them, extends the
-- organisation's tree and signs a checkpoint, in one transaction.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'aimwell_sequencer') then create role aimwell_sequencer nologin nosuperuser nobypassrls; end if;
end $$;
grant usage on schema public to aimwell_sequencer;

-- Written in the transaction of the entry, taken by the sequencer. The key is the order within a batch; what has no record or version
-- carries zeros. No foreign key: it would be checked on every write, and a line without its entry is passed over.
create table trail_pending (
  organization_id uuid not null,
  record_id uuid not null,
  version integer not null,
  entry_id uuid not null,
  primary key (organization_id, record_id, version, entry_id)
);

-- seq is the place of the leaf in the tree, from 0. leaf_hash = SHA-256(0x00 ‖ envelope).
create table trail_leaves (
  organization_id uuid not null references organizations (id),
  seq bigint not null check (seq >= 0),
  entry_id uuid not null,
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  primary key (organization_id, seq),
  unique (organization_id, entry_id)
);

-- Hashes of complete subtrees of 256, 65,536, … leaves; the ones between follow from at most 256 below. Never changed.
create table trail_nodes (
  organization_id uuid not null references organizations (id),
  level integer not null check (level > 0 and level % 8 = 0),
  index bigint not null check (index >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (organization_id, level, index)
);

create table trail_checkpoints (
  organization_id uuid not null references organizations (id),
  size bigint not null check (size > 0),
  root bytea not null check (length(root) = 32),
  -- C2SP signed note over a C2SP checkpoint, as it leaves the machine.
  note text not null,
  epoch bigint not null,
  at timestamptz not null,
  primary key (organization_id, size)
);
create index trail_checkpoints_by_time on trail_checkpoints (organization_id, at);

-- Who may sequence, and since which change of hands. A batch of an older epoch does not commit.
create table trail_lease (
  one boolean primary key default true check (one),
  holder uuid,
  epoch bigint not null default 0,
  until timestamptz not null default '-infinity'
);
insert into trail_lease default values;

-- Public keys of the log, old ones kept; the private key is a file beside the server, never here.
create table trail_keys (
  -- SHA-256 of the public key, in hex.
  id text primary key check (id ~ '^[0-9a-f]{64}$'),
  public_key bytea not null check (length(public_key) = 32),
  created_at timestamptz not null,
  retired_at timestamptz,
  -- The key before it vouches for this one: a signed note; null for the first.
  endorsement text
);
create unique index trail_keys_one_active on trail_keys ((true)) where retired_at is null;

do $$
declare name text;
begin
  foreach name in array array['trail_pending', 'trail_leaves', 'trail_nodes', 'trail_checkpoints'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (organization_id = current_setting(''app.tenant'')::uuid)', name);
  end loop;
end $$;
create policy entry_points on trail_pending for select to current_user using (true);

grant insert, select on trail_pending to aimwell_app;
grant select on trail_leaves, trail_nodes, trail_checkpoints, trail_keys to aimwell_app;
grant select on trail_entries to aimwell_sequencer;
grant select, delete on trail_pending to aimwell_sequencer;
grant select, insert on trail_leaves, trail_nodes, trail_checkpoints to aimwell_sequencer;
grant select, update on trail_lease to aimwell_sequencer;
grant select, insert, update (retired_at) on trail_keys to aimwell_sequencer;

-- What was written before there was a tree waits as everything else does. The owner is held by FORCE too, where he is no superuser.
alter table trail_entries no force row level security;
alter table trail_pending no force row level security;
insert into trail_pending (organization_id, record_id, version, entry_id)
select organization_id, coalesce(record_id, '00000000-0000-0000-0000-000000000000'), coalesce(version, 0), id from trail_entries;
alter table trail_entries force row level security;
alter table trail_pending force row level security;

-- Entry point with an isolation test: which organisations have entries waiting. Ids only, for the sequencer only.
create function organizations_with_pending_entries() returns table (organization_id uuid)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$
  -- From one organisation to the next along the key: a long queue of one costs no more than a short one.
  with recursive waiting as (
    (select p.organization_id from trail_pending p order by p.organization_id limit 1)
    union all
    select (select p.organization_id from trail_pending p where p.organization_id > w.organization_id order by p.organization_id limit 1)
    from waiting w where w.organization_id is not null
  )
  select w.organization_id from waiting w where w.organization_id is not null
$$;
revoke all on function organizations_with_pending_entries() from public;
grant execute on function organizations_with_pending_entries() to aimwell_sequencer;
