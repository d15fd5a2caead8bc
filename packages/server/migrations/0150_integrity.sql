-- The guard: what each check of records, files, history and tree found. Append only for the app: a check that found something
-- is not taken back, a newer one stands beside it.
create table integrity_checks (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  -- 'serve' is no check of everything: a file that was asked for and was not what its name says.
  cause text not null check (cause in ('night', 'start', 'demand', 'command', 'serve')),
  started_at timestamptz not null,
  ended_at timestamptz not null,
  entries bigint not null default 0,
  not_anchored bigint not null default 0,
  records bigint not null default 0,
  files bigint not null default 0,
  -- Objects {what, entry, message}; the first hundred.
  faults jsonb not null default '[]',
  fault_count integer not null default 0,
  -- The first place in the tree from which it does not verify.
  first_bad bigint,
  -- Size of the checkpoint kept outside the database that the tree was held against.
  held bigint,
  key_from_outside boolean not null default false,
  primary key (organization_id, id)
);
create index integrity_checks_by_time on integrity_checks (organization_id, ended_at);

-- When each organisation is checked next. Whoever sets claimed_until in the future does it; a claim whose server died runs out.
create table integrity_due (
  organization_id uuid primary key references organizations (id),
  due_at timestamptz not null,
  claimed_by uuid,
  claimed_until timestamptz not null default '-infinity'
);

do $$
declare name text;
begin
  foreach name in array array['integrity_checks', 'integrity_due'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (organization_id = current_setting(''app.tenant'')::uuid)', name);
  end loop;
end $$;
create policy entry_points on integrity_due for select to current_user using (true);
grant select, insert on integrity_checks to aimwell_app;
grant select, insert, update on integrity_due to aimwell_app;

-- Entry points with isolation tests. Ids only: which organisations wait for a check at this moment.
create function organizations_due_for_check(moment timestamptz) returns table (organization_id uuid)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$
  select o.id from organizations o left join integrity_due d on d.organization_id = o.id
  where d.organization_id is null or (d.due_at <= moment and d.claimed_until < moment) order by o.id
$$;

-- True when the server that led last did not give its lease back: it was cut off, and nobody leads now.
create function last_leader_was_cut_off() returns table (cut_off boolean)
language sql stable security definer set search_path = pg_catalog, public
as $$ select l.holder is not null and l.until > '-infinity' and l.until < clock_timestamp() from trail_lease l $$;

do $$
declare name text;
begin
  foreach name in array array['organizations_due_for_check(timestamptz)', 'last_leader_was_cut_off()'] loop
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to aimwell_app', name);
  end loop;
end $$;
