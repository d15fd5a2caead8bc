-- Who comes in. Schema `identity` belongs to the whole installation and only the role aimwell_identity reaches it: person ("user"),
-- password ("account"), session and verification have the columns the identity library asks for, names included.
create table identity."user" (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null unique check (email = lower(email)),
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create table identity.account (
  id uuid primary key default gen_random_uuid(),
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references identity."user" (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  unique ("providerId", "accountId")
);
create index "account_userId_idx" on identity.account ("userId");
create table identity.session (
  id uuid primary key default gen_random_uuid(),
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references identity."user" (id) on delete cascade
);
create index "session_userId_idx" on identity.session ("userId");
create table identity.verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verification_identifier_idx on identity.verification (identifier);

-- One-time set-up: the hash of the one link that is valid; the row goes when the first account comes.
create table identity.setup (
  one boolean primary key default true check (one),
  token_hash text not null,
  created_at timestamptz not null default now()
);
-- What this installation keeps for itself, such as the key that signs session cookies.
create table identity.installation (
  name text primary key,
  value text not null
);
-- Failed and running sign-ins of the last minutes, per account and per network.
create table identity.sign_in_tries (
  key text primary key,
  tries timestamptz[] not null,
  updated_at timestamptz not null
);
create index sign_in_tries_by_age on identity.sign_in_tries (updated_at);

-- Append only: sign-ins, set-up, refused attempts. Addresses that somebody typed are kept as hashes.
create table identity.installation_log (
  id uuid primary key,
  at timestamptz not null default now(),
  kind text not null check (length(kind) between 1 and 60),
  account_id uuid,
  network text,
  about_organization uuid,
  detail jsonb not null default '{}'
);
create index installation_log_by_time on identity.installation_log (at);

grant select, insert, update, delete on identity."user", identity.account, identity.session, identity.verification, identity.setup, identity.sign_in_tries to aimwell_identity;
grant select, insert on identity.installation, identity.installation_log to aimwell_identity;

-- Who belongs to an organisation, and in which roles. The foreign keys to the directory come when it exists (0090).
create table memberships (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  account_id uuid not null references identity."user" (id),
  person_id uuid not null,
  -- The address he signs in with; what the directory says of him is the organisation's own.
  email text not null check (email = lower(email)),
  roles text[] not null check (cardinality(roles) > 0),
  status text not null default 'active' check (status in ('active', 'suspended')),
  valid_from date,
  valid_until date,
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, account_id),
  unique (organization_id, person_id),
  check (valid_until >= valid_from),
  check (not 'external_auditor' = any (roles) or (cardinality(roles) = 1 and valid_from is not null and valid_until is not null))
);
create index memberships_account on memberships (account_id);

create table invitations (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  token_hash text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  email text not null check (email = lower(email)),
  name text not null,
  function text,
  person_id uuid,
  roles text[] not null check (cardinality(roles) > 0),
  valid_from date,
  valid_until date,
  invited_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id)
);
create index invitations_token on invitations (token_hash);

create table api_tokens (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  token_hash text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  name text not null,
  role text not null,
  person_id uuid,
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (organization_id, id)
);
create index api_tokens_token on api_tokens (token_hash);

do $$
declare name text;
begin
  foreach name in array array['memberships', 'invitations', 'api_tokens'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (organization_id = current_setting(''app.tenant'')::uuid)', name);
  end loop;
  -- The functions below run as the owner, whom FORCE holds too where he is no superuser; they read, and only these tables.
  foreach name in array array['organizations', 'memberships', 'invitations', 'api_tokens'] loop
    execute format('create policy entry_points on %I for select to current_user using (true)', name);
  end loop;
end $$;
grant select, insert, update, delete on memberships to aimwell_app;
grant select, insert, update (accepted_at, revoked_at) on invitations to aimwell_app;
grant select, insert, update (revoked_at, last_used_at) on api_tokens to aimwell_app;

-- The ways in across organisations (docs/decisions/0006): each has an isolation test, each answers about one account, one hash
-- or one name that the caller already holds. `app.tenant` is set to nobody, so that the tenant policy can be asked without failing.
create function my_organisations(wanted_account uuid)
returns table (organization_id uuid, slug text, name text, time_zone text, demo boolean, membership_id uuid, person_id uuid, roles text[], status text, valid_from date, valid_until date, shares_conformity boolean)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$
  select o.id, o.slug, o.name, o.time_zone, o.demo, m.id, m.person_id, m.roles, m.status, m.valid_from, m.valid_until, coalesce((o.settings ->> 'shareConformityWithAuditors')::boolean, false)
  from memberships m join organizations o on o.id = m.organization_id
  where m.account_id = wanted_account order by o.name, o.id
$$;

create function membership_of(wanted_account uuid, wanted_organization uuid)
returns table (membership_id uuid, person_id uuid, roles text[], status text, valid_from date, valid_until date)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$
  select m.id, m.person_id, m.roles, m.status, m.valid_from, m.valid_until
  from memberships m where m.organization_id = wanted_organization and m.account_id = wanted_account
$$;

-- By slug or by id. Whoever answers a request with it first asks whether the caller belongs there.
create function organization_by_slug(wanted text)
returns table (id uuid, slug text, name text, time_zone text, demo boolean, settings jsonb)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$
  select o.id, o.slug, o.name, o.time_zone, o.demo, o.settings from organizations o
  where o.slug = wanted
    or o.id = case when wanted ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then wanted::uuid end
$$;

create function any_organization() returns table (found boolean)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$ select exists (select 1 from organizations where not demo) $$;

create function token_lookup(wanted_hash text)
returns table (organization_id uuid, token_id uuid, person_id uuid, role text, expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$
  select t.organization_id, t.id, t.person_id, t.role, t.expires_at, t.revoked_at, t.last_used_at from api_tokens t where t.token_hash = wanted_hash
$$;

create function invitation_lookup(wanted_hash text)
returns table (organization_id uuid, organization_name text, time_zone text, invitation_id uuid, email text, name text, function text, person_id uuid, roles text[], valid_from date, valid_until date, expires_at timestamptz, accepted_at timestamptz, revoked_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$
  select o.id, o.name, o.time_zone, i.id, i.email, i.name, i.function, i.person_id, i.roles, i.valid_from, i.valid_until, i.expires_at, i.accepted_at, i.revoked_at
  from invitations i join organizations o on o.id = i.organization_id where i.token_hash = wanted_hash
$$;

do $$
declare name text;
begin
  foreach name in array array['my_organisations(uuid)', 'membership_of(uuid, uuid)', 'organization_by_slug(text)', 'any_organization()', 'token_lookup(text)', 'invitation_lookup(text)'] loop
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to aimwell_app', name);
  end loop;
end $$;
