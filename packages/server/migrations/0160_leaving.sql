-- What has to happen outside the database (mail, webhooks, time stamps) waits here: written in the transaction of its cause, handled
-- afterwards at least once (docs/decisions/0016). Secrets in a payload are sealed; the payload goes when the message is done.
create table outbox_messages (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  kind text not null check (kind ~ '^[a-z][a-z0-9-]{1,59}$'),
  payload jsonb not null,
  created_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  attempts integer not null default 0,
  last_error text,
  -- Which worker handles it, and until when nobody else may; all clocks are the database's.
  claimed_by uuid,
  claimed_until timestamptz,
  done_at timestamptz,
  parked_at timestamptz,
  primary key (organization_id, id),
  check (done_at is null or parked_at is null)
);
create index outbox_messages_due on outbox_messages (due_at) where done_at is null and parked_at is null;
create index outbox_messages_done on outbox_messages (organization_id, done_at) where done_at is not null;

-- How the checkpoints of an organisation leave the machine. No row: they do not.
create table checkpoint_leaving (
  organization_id uuid primary key references organizations (id),
  -- In the organisation's time zone.
  hour integer not null check (hour between 0 and 23),
  webhook_url text,
  -- Sealed with a key that is not in the database.
  webhook_secret text,
  stamp boolean not null default false,
  -- The next round; null while nothing is to leave.
  next_at timestamptz,
  last_at timestamptz,
  last_size bigint,
  check ((webhook_url is null) = (webhook_secret is null))
);
create index checkpoint_leaving_due on checkpoint_leaving (next_at) where next_at is not null;

-- Who gets them by mail: somebody of the directory, or an address of somebody outside it.
create table checkpoint_recipients (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  person_id uuid,
  email text,
  name text,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people (organization_id, id),
  check ((person_id is null) = (email is not null))
);

-- Answers of a time-stamp authority (RFC 3161) over the exact bytes of a checkpoint's signed note.
create table checkpoint_stamps (
  organization_id uuid not null,
  size bigint not null,
  tsr bytea not null,
  authority text not null,
  at timestamptz not null,
  primary key (organization_id, size),
  foreign key (organization_id, size) references trail_checkpoints (organization_id, size)
);

do $$
declare name text;
begin
  foreach name in array array['outbox_messages', 'checkpoint_leaving', 'checkpoint_recipients', 'checkpoint_stamps'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (organization_id = current_setting(''app.tenant'')::uuid)', name);
  end loop;
end $$;
create policy entry_points_see on outbox_messages for select to current_user using (true);
create policy entry_points_claim on outbox_messages for update to current_user using (true);
create policy entry_points on checkpoint_leaving for select to current_user using (true);

grant select, insert, update, delete on outbox_messages, checkpoint_leaving, checkpoint_recipients to aimwell_app;
grant select, insert on checkpoint_stamps to aimwell_app;

-- Entry points with an isolation test each (docs/decisions/0006).
-- Takes messages that are due, of any organisation, for one worker; answers ids only. A message whose worker died is free again when
-- its time is over, and each taking counts as a try, so that one that ends servers is parked too.
create function claim_outbox_messages(worker uuid, most integer, lease_ms integer)
returns table (organization_id uuid, id uuid)
language sql volatile security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$
  with due as materialized (
    select m.organization_id, m.id from outbox_messages m
    where m.done_at is null and m.parked_at is null and m.due_at <= clock_timestamp()
      and (m.claimed_until is null or m.claimed_until < clock_timestamp())
    order by m.due_at limit most for update skip locked)
  update outbox_messages m set claimed_by = worker, claimed_until = clock_timestamp() + lease_ms * interval '1 millisecond', attempts = m.attempts + 1
  from due where m.organization_id = due.organization_id and m.id = due.id
  returning m.organization_id, m.id
$$;

-- Organisations whose checkpoints are due to leave. Ids only.
create function organizations_with_leaving_checkpoints(moment timestamptz) returns table (organization_id uuid)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$ select l.organization_id from checkpoint_leaving l where l.next_at <= moment $$;

do $$
declare name text;
begin
  foreach name in array array['claim_outbox_messages(uuid, integer, integer)', 'organizations_with_leaving_checkpoints(timestamptz)'] loop
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to aimwell_app', name);
  end loop;
end $$;
