-- Roles. `aimwell_app` and `aimwell_identity` are groups without login; the start of the server gives each a login role of its own.
-- The owner runs migrations only. Roles are shared by all databases of a server, hence "if not exists".
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'aimwell_app') then create role aimwell_app nologin nosuperuser nobypassrls; end if;
  if not exists (select 1 from pg_roles where rolname = 'aimwell_identity') then create role aimwell_identity nologin nosuperuser nobypassrls; end if;
end $$;

create schema identity;
grant usage on schema identity to aimwell_identity;
grant usage on schema public to aimwell_app, aimwell_identity;
revoke create on schema public from public;
create extension if not exists btree_gin;

-- An organisation is a tenant. The organisation of a transaction is set as app.tenant; without it every policy fails closed.
create table organizations (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  name text not null check (length(name) between 1 and 200),
  time_zone text not null default 'UTC',
  demo boolean not null default false,
  settings jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null default now()
);
alter table organizations enable row level security;
alter table organizations force row level security;
create policy tenant on organizations using (id = current_setting('app.tenant')::uuid);
grant select, insert, update on organizations to aimwell_app;

-- The trail (docs/decisions/0005): only the envelope is ever a leaf; salt and payload can be erased, the envelope never.
create table trail_entries (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  register text not null,
  record_id uuid,
  version integer,
  command text not null,
  actor uuid,
  at timestamptz not null,
  envelope text not null,
  primary key (organization_id, id)
);
create index trail_entries_record on trail_entries (organization_id, register, record_id, version);
create table trail_payloads (
  organization_id uuid not null,
  entry_id uuid not null,
  salt bytea not null,
  payload bytea not null,
  primary key (organization_id, entry_id),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);

-- Numbers of identifiers, per organisation and register.
create table counters (
  organization_id uuid not null references organizations (id),
  register text not null,
  last integer not null,
  primary key (organization_id, register)
);

create table idempotency_keys (
  organization_id uuid not null references organizations (id),
  actor uuid not null,
  key text not null check (length(key) between 1 and 200),
  request_hash text not null,
  status integer,
  answer text,
  etag text,
  created_at timestamptz not null default now(),
  primary key (organization_id, actor, key)
);

-- What was written since the rules last judged it; rows go when the rules have read them.
create table conformity_stale (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  register text not null,
  primary key (organization_id, id)
);

-- Full text. Read only through search_records: @@ is not leakproof, so under row-level security the index would be lost.
create table search_documents (
  organization_id uuid not null references organizations (id),
  register text not null,
  record_id uuid not null,
  identifier text not null,
  title text not null,
  body text not null,
  archived boolean not null default false,
  fts tsvector generated always as (setweight(to_tsvector('simple', identifier || ' ' || title), 'A') || to_tsvector('simple', body)) stored,
  primary key (organization_id, register, record_id)
);
create index search_documents_fts on search_documents using gin (organization_id, fts);

-- Work that takes longer than a request: its progress survives a reload.
create table long_work (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  kind text not null,
  state text not null check (state in ('running', 'done', 'failed', 'cancelled')),
  label text not null,
  done integer not null default 0,
  total integer,
  result jsonb,
  started_by uuid,
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id)
);

-- Files by content; the bytes lie in the file store under the same hash.
create table files (
  organization_id uuid not null references organizations (id),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null,
  type text not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, sha256)
);

-- Which row of which source became which record, so that the same file again creates nothing.
create table import_rows (
  organization_id uuid not null references organizations (id),
  register text not null,
  source text not null,
  identity text not null,
  record_id uuid not null,
  primary key (organization_id, register, source, identity)
);
create table import_mappings (
  organization_id uuid not null references organizations (id),
  register text not null,
  headers_hash text not null,
  mapping jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (organization_id, register, headers_hash)
);

create table comments (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  register text not null,
  record_id uuid not null,
  author uuid,
  body text not null check (length(body) between 1 and 10000),
  created_at timestamptz not null,
  primary key (organization_id, id)
);
create index comments_record on comments (organization_id, register, record_id, created_at);

do $$
declare name text;
begin
  foreach name in array array['trail_entries', 'trail_payloads', 'counters', 'idempotency_keys', 'conformity_stale', 'search_documents', 'long_work', 'files', 'import_rows', 'import_mappings', 'comments'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (organization_id = current_setting(''app.tenant'')::uuid)', name);
  end loop;
end $$;
grant select, insert on trail_entries, trail_payloads, files, comments to aimwell_app;
grant select, insert, update on counters, idempotency_keys, long_work, import_rows, import_mappings to aimwell_app;
grant select, insert, delete on conformity_stale to aimwell_app;
grant insert, update (title, body, archived, identifier), select (organization_id, register, record_id, identifier, title, body, archived) on search_documents to aimwell_app;

-- Entry point with an isolation test: the ids of records that match, best first, within the organisation of the transaction.
create function search_records(wanted_register text, query text, most integer)
returns table (register text, record_id uuid, identifier text, title text, rank real)
language sql stable security definer set search_path = pg_catalog, public
as $$
  select d.register, d.record_id, d.identifier, d.title, ts_rank(d.fts, q)
  from search_documents d, to_tsquery('simple', query) q
  where d.organization_id = current_setting('app.tenant')::uuid and d.fts @@ q and not d.archived
    and (wanted_register is null or d.register = wanted_register)
  order by 5 desc, d.identifier limit most
$$;
revoke all on function search_records(text, text, integer) from public;
grant execute on function search_records(text, text, integer) to aimwell_app;
