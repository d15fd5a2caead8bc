-- Audit packs that were made (docs/decisions/0010): what each holds and the hash by which a copy is known again. The file itself lies
-- beside the server for some days; this line stays.
create table packs (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  scope text not null check (length(scope) between 1 and 100),
  -- The moment asked for; null for everything up to the making.
  as_of text check (length(as_of) <= 40),
  -- Entries of the trail, files of evidence, and what was left out with its reason.
  entries integer not null check (entries >= 0),
  files integer not null check (files >= 0),
  left_out integer not null check (left_out >= 0),
  bytes bigint not null check (bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- Size of the tree under the checkpoint in the pack.
  checkpoint_size bigint not null check (checkpoint_size > 0),
  time_stamped boolean not null,
  -- External auditors see it.
  shared boolean not null,
  made_by uuid,
  made_at timestamptz not null,
  primary key (organization_id, id)
);
create index packs_by_time on packs (organization_id, made_at desc, id desc);
alter table packs enable row level security;
alter table packs force row level security;
create policy tenant on packs using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert on packs to aimwell_app;
