-- The installation log (docs/decisions/0018): sign-ins, set-up and refused attempts are entries of a trail of their own, under an id that
-- no organisation can have. It has no row in organizations, so nothing that lists, counts or finds organisations ever meets it.
alter table organizations add constraint organizations_not_reserved check (id <> '00000000-0000-0000-0000-000000000001');
-- These two could only ever agree, as those of 0155; for a trail without a row in organizations they would not.
alter table trail_nodes drop constraint trail_nodes_organization_id_fkey;
alter table trail_checkpoints drop constraint trail_checkpoints_organization_id_fkey;

-- What was written before stays where it was, readable and closed: it was anchored nowhere, and an entry made now would say otherwise.
revoke insert on identity.installation_log from aimwell_identity;

-- Refused attempts of the running minute, for each network and for all ('*'): the first are entries, the rest is counted by kind here and
-- becomes one entry when the minute is over. Rows live for a minute or two.
create table installation_refusals (
  organization_id uuid not null check (organization_id = '00000000-0000-0000-0000-000000000001'),
  minute timestamptz not null,
  network text not null,
  seen integer not null,
  more jsonb not null default '{}',
  primary key (organization_id, minute, network)
);
alter table installation_refusals enable row level security;
alter table installation_refusals force row level security;
create policy tenant on installation_refusals using (organization_id = current_setting('app.tenant')::uuid);
grant select, insert, update, delete on installation_refusals to aimwell_app;

-- Entry point with an isolation test: ids of the entries of the installation log that hold what an erasure of this person takes away: those of
-- his account, where it serves no other organisation, of tries at its address, and of tokens that stand for him here.
create function installation_entries_of(wanted_person uuid) returns table (entry uuid)
language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  reserved constant uuid := '00000000-0000-0000-0000-000000000001';
  org uuid := current_setting('app.tenant')::uuid;
  words record;
  actors uuid[];
  marks text[] := '{}';
  found uuid[];
begin
  if not exists (select 1 from people p where p.organization_id = org and p.id = wanted_person) then return; end if;
  select * into words from erasure_words(wanted_person);
  actors := array(select t.id from api_tokens t where t.organization_id = org and t.person_id = wanted_person);
  if not exists (select 1 from memberships m where m.account_id = any (words.accounts) and (m.organization_id <> org or m.person_id <> wanted_person)) then
    actors := actors || coalesce(words.accounts, '{}');
    marks := array(select left(encode(sha256(convert_to('email:' || u.email, 'UTF8')), 'hex'), 32) from identity."user" u where u.id = any (words.accounts));
  end if;
  -- Nothing else is done under the other id, and whatever fails here ends the transaction.
  perform set_config('app.tenant', reserved::text, true);
  found := array(
    select e.id from trail_entries e join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
    where e.organization_id = reserved and e.register = 'installation' and e.command <> 'erase' and length(p.payload) > 0
      and (e.record_id = any (actors) or e.actor = any (actors)
        or exists (select 1 from unnest(marks) m where position(convert_to(m, 'UTF8') in p.payload) > 0)));
  perform set_config('app.tenant', org::text, true);
  return query select unnest(found);
end $$;

-- Entry point with an isolation test: empties the payloads of exactly these entries, by an entry `erase` of the installation log that is
-- written here. It takes an erasure of this person that this very transaction wrote, and runs before erase_person takes the account away.
create function erase_from_installation(wanted_person uuid, wanted_erasure uuid, wanted_envelope text, wanted_salt bytea, wanted_payload bytea) returns integer
language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  reserved constant uuid := '00000000-0000-0000-0000-000000000001';
  org uuid := current_setting('app.tenant')::uuid;
  line jsonb := wanted_envelope::jsonb;
  said jsonb := convert_from(wanted_payload, 'UTF8')::jsonb;
  listed uuid[] := array(select jsonb_array_elements_text(said -> 'entries')::uuid);
  emptied integer;
begin
  if not exists (select 1 from trail_entries e where e.organization_id = org and e.id = wanted_erasure and e.register = 'people' and e.command = 'erase'
      and e.record_id = wanted_person and e.xmin = pg_current_xact_id()::xid) then
    raise exception 'expected an entry erase that this transaction wrote' using errcode = 'insufficient_privilege';
  end if;
  if (said ->> 'erasure') is distinct from wanted_erasure::text or (said ->> 'organisation') is distinct from org::text
    or (line ->> 'organisation') is distinct from reserved::text or (line ->> 'register') is distinct from 'installation' or (line ->> 'command') is distinct from 'erase'
    or (line ->> 'digest') is distinct from encode(sha256(wanted_salt || wanted_payload), 'hex') then
    raise exception 'expected an entry erase of the installation log that names this erasure' using errcode = 'insufficient_privilege';
  end if;
  -- Somebody signed in meanwhile: the whole transaction is tried again with a list that holds it.
  if exists ((select f.entry from installation_entries_of(wanted_person) f) except select unnest(listed))
    or exists (select unnest(listed) except (select f.entry from installation_entries_of(wanted_person) f)) then
    raise exception 'the list in the entry is not what holds this person' using errcode = 'serialization_failure';
  end if;
  perform set_config('app.tenant', reserved::text, true);
  insert into trail_entries (organization_id, id, register, record_id, version, command, actor, at, envelope)
  values (reserved, (line ->> 'entry')::uuid, 'installation', (line ->> 'record')::uuid, (line ->> 'version')::integer, 'erase', (line ->> 'actor')::uuid, (line ->> 'time')::timestamptz, wanted_envelope);
  insert into trail_pending (organization_id, record_id, version, entry_id)
  values (reserved, coalesce(line ->> 'record', '00000000-0000-0000-0000-000000000000')::uuid, coalesce((line ->> 'version')::integer, 0), (line ->> 'entry')::uuid);
  insert into trail_payloads (organization_id, entry_id, salt, payload) values (reserved, (line ->> 'entry')::uuid, wanted_salt, wanted_payload);
  update trail_payloads set salt = '', payload = '', erased_by = (line ->> 'entry')::uuid where organization_id = reserved and entry_id = any (listed);
  get diagnostics emptied = row_count;
  perform set_config('app.tenant', org::text, true);
  return emptied;
end $$;

do $$
declare name text;
begin
  foreach name in array array['installation_entries_of(uuid)', 'erase_from_installation(uuid, uuid, text, bytea, bytea)'] loop
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to aimwell_app', name);
  end loop;
end $$;
