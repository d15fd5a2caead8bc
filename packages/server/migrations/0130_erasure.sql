-- Erasing a person (docs/decisions/0011). The app's role still changes nothing of the trail: erase_person does, for one person of the
-- organisation of the transaction, and only by what an entry `erase` of the same transaction lists.

-- Of the entry `erase` that recorded why salt and payload are empty.
alter table trail_payloads add column erased_by uuid;
create index trail_payloads_erased on trail_payloads (organization_id, erased_by) where erased_by is not null;

create table erasures (
  organization_id uuid not null references organizations (id),
  id uuid not null,
  person_id uuid not null,
  entry_id uuid not null,
  at timestamptz not null,
  reason text not null check (length(reason) between 3 and 2000),
  -- Some signatures were kept, since their retention had not ended.
  signatures_kept boolean not null,
  -- What went, in numbers: payloads, texts by table, account.
  counts jsonb not null,
  -- SHA-256 of salt and address, in hex: by it a restore of an older backup finds him again. Null where no address was known.
  mark_salt text,
  mark text,
  primary key (organization_id, id),
  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)
);
create index erasures_person on erasures (organization_id, person_id);
alter table erasures enable row level security;
alter table erasures force row level security;
create policy tenant on erasures using (organization_id = current_setting('app.tenant')::uuid);
create policy entry_points on erasures for select to current_user using (true);
grant select on erasures to aimwell_app;

-- One word (a name, an address) as a pattern: white space of any length, letters of either case, as typed or as in an address of the web.
-- `bounded`: not inside a longer word, where the script knows words; Chinese and Japanese do not part them.
create function erasure_word(word text, bounded boolean) returns text
language sql immutable set search_path = pg_catalog, public
as $$
  select case when bounded and upper(left(word, 1) collate "und-x-icu") <> lower(left(word, 1) collate "und-x-icu") then '(?:(?<![[:alnum:]])|(?<=%[0-9a-f][0-9a-f]))' else '' end
    || replace(replace(regexp_replace(regexp_replace(word, '([^[:alnum:][:space:]])', '\\\1', 'g'), '[[:space:]]+', '(?:[[:space:]]|%20|\+)+', 'g'), '\@', '(?:@|%40)'), '\"', '\\?"')
    || case when bounded and upper(right(word, 1) collate "und-x-icu") <> lower(right(word, 1) collate "und-x-icu") then '(?![[:alnum:]])' else '' end
$$;

-- The same word as it stands in an address of the web.
create function erasure_percent(word text) returns text
language sql immutable set search_path = pg_catalog, public
as $$
  select string_agg(case when b between 48 and 57 or b between 65 and 90 or b between 97 and 122 or b in (32, 45, 46, 64, 95, 126) then chr(b) else '%' || upper(lpad(to_hex(b), 2, '0')) end, '' order by place)
  from (select get_byte(convert_to(word, 'UTF8'), place) as b, place from generate_series(0, octet_length(word) - 1) place) bytes
$$;

create function erasure_holds(given text, pattern text) returns boolean
language sql immutable set search_path = pg_catalog, public
as $$ select coalesce(normalize(given, NFC) collate "und-x-icu" ~* pattern, false) $$;

-- Never longer than the longest text a field takes: where a short name stands in a long text, less is put in its place.
create function erasure_clean(given text, pattern text) returns text
language sql immutable set search_path = pg_catalog, public
as $$
  select case when not erasure_holds(given, pattern) then given when length(given) >= 190 and length(cleaned) > length(given)
    then regexp_replace(normalize(given, NFC) collate "und-x-icu", pattern, '…', 'gi') else cleaned end
  from (select regexp_replace(normalize(given, NFC) collate "und-x-icu", pattern, '[erased]', 'gi') as cleaned) c
$$;

create function erasure_holds_json(given jsonb, pattern text) returns boolean
language sql immutable set search_path = pg_catalog, public
as $$
  select exists (select 1 from jsonb_path_query(given, 'strict $.** ? (@.type() == "string")') v where erasure_holds(v #>> '{}', pattern))
    or exists (select 1 from jsonb_path_query(given, 'strict $.** ? (@.type() == "object")') o, jsonb_object_keys(o) k where erasure_holds(k, pattern))
$$;

create function erasure_clean_json(given jsonb, pattern text) returns jsonb
language plpgsql immutable set search_path = pg_catalog, public
as $$
begin
  return case jsonb_typeof(given)
    when 'string' then to_jsonb(erasure_clean(given #>> '{}', pattern))
    when 'array' then (select coalesce(jsonb_agg(erasure_clean_json(v, pattern) order by place), '[]') from jsonb_array_elements(given) with ordinality as items(v, place))
    when 'object' then (select coalesce(jsonb_object_agg(erasure_clean(k, pattern), erasure_clean_json(v, pattern)), '{}') from jsonb_each(given) as members(k, v))
    else given end;
end $$;

-- Most payloads hold nothing of him, and that is cheap to see; only the others are taken apart.
create function erasure_holds_payload(payload bytea, pattern text, loose text) returns boolean
language plpgsql immutable set search_path = pg_catalog, public
as $$
declare said text := convert_from(payload, 'UTF8');
begin
  if not erasure_holds(said, loose) then return false; end if;
  -- What PostgreSQL cannot read as JSON is judged as text.
  return case when said ~ '\\u(0000|[dD][89a-fA-F])' then true else erasure_holds_json(said::jsonb, pattern) end;
end $$;

-- Every place where free text may stand, from the catalogue, so that a new table is looked at when it exists. Left out: the trail, keys
-- and what is unique, fields with a closed list of values, and tables that erase_person treats in their own way.
create function erasure_places() returns table (place text, texts text[], jsons text[], signatures text[], twin boolean, has_twin boolean, has_id boolean)
language sql stable set search_path = pg_catalog, public
as $$
  with tables as (
    select c.oid, c.relname, right(c.relname, 8) = '_history' as twin, coalesce((select b.oid from pg_class b where b.relnamespace = c.relnamespace and b.relname = regexp_replace(c.relname, '_history$', '')), c.oid) as base
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like 'trail\_%'
      and c.relname not in ('idempotency_keys', 'import_rows', 'invitations', 'memberships')
      and (c.relname = 'organizations' or exists (select 1 from pg_attribute o where o.attrelid = c.oid and o.attname = 'organization_id' and not o.attisdropped))
  ), fields as (
    select t.oid, t.relname, t.twin, a.attname, a.atttypid
    from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid in ('text'::regtype, 'jsonb'::regtype)
    where (t.relname <> 'organizations' or a.attname = 'settings')
      and not exists (select 1 from pg_index i where i.indrelid = t.oid and i.indisunique and a.attnum = any (i.indkey))
      and not exists (select 1 from pg_constraint k join pg_attribute b on b.attrelid = t.base and b.attname = a.attname
        where k.conrelid = t.base and k.contype = 'c' and b.attnum = any (k.conkey) and pg_get_constraintdef(k.oid) ~ '= ANY|~')
  )
  select f.relname::text,
    coalesce(array_agg(f.attname::text) filter (where f.atttypid = 'text'::regtype and f.attname not like '%approved\_name'), '{}'),
    coalesce(array_agg(f.attname::text) filter (where f.atttypid = 'jsonb'::regtype), '{}'),
    coalesce(array_agg(f.attname::text) filter (where f.attname like '%approved\_name'), '{}'),
    f.twin, exists (select 1 from pg_class h where h.relname = f.relname || '_history' and h.relnamespace = (select relnamespace from pg_class where oid = f.oid)),
    exists (select 1 from pg_attribute i where i.attrelid = f.oid and i.attname = 'id' and i.atttypid = 'uuid'::regtype)
  from fields f group by f.oid, f.relname, f.twin
$$;

-- What he is called here: names and addresses of the directory then and now, of access, invitations and signatures, and of the account that
-- had access here. A name or address that somebody else here bears too is left out: a text cannot tell which of the two it means.
create function erasure_words(wanted uuid, out pattern text, out loose text, out addresses text[], out accounts uuid[], out shared boolean)
language plpgsql stable set search_path = pg_catalog, public
as $$
declare
  org uuid := current_setting('app.tenant')::uuid;
  place record;
  one text;
  signed text[];
  member_addresses text[];
  names text[];
  words text[];
begin
  select array_agg(distinct a) into member_addresses from (
    select m.email as a from memberships m where m.organization_id = org and m.person_id = wanted
    union all select lower(said ->> 'email') from (
      select convert_from(p.payload, 'UTF8')::jsonb as said from trail_entries e join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
      where e.organization_id = org and e.register = 'memberships' and length(p.payload) > 0) s where said ->> 'person' = wanted::text) found where a is not null;
  select array_agg(distinct a) into addresses from (
    select lower(normalize(btrim(email), NFC)) as a from people where organization_id = org and id = wanted
    union all select lower(normalize(btrim(email), NFC)) from people_history where organization_id = org and id = wanted
    union all select email from invitations where organization_id = org and person_id = wanted
    union all select unnest(member_addresses)) found where length(a) > 3 and a <> '[erased]';
  addresses := coalesce(addresses, '{}');
  accounts := array(select id from identity."user" where email = any (member_addresses));
  select array_agg(name) into names from (
    select name from people where organization_id = org and id = wanted
    union all select name from people_history where organization_id = org and id = wanted
    union all select name from invitations where organization_id = org and (person_id = wanted or email = any (addresses))
    union all select name from identity."user" where id = any (accounts)) found;
  for place in select p.place, s.name from erasure_places() p, unnest(p.signatures) s(name) loop
    execute format('select array_agg(distinct %1$I) from %2$I where organization_id = $1 and %3$I = $2', place.name, place.place, regexp_replace(place.name, 'name$', 'by_id')) into signed using org, wanted;
    names := names || signed;
  end loop;
  words := array(select distinct normalize(btrim(n), NFC) from unnest(names || addresses) n where length(btrim(n)) > 1 and n <> '[erased]');
  shared := false;
  foreach one in array words loop
    if exists (select 1 from people q where q.organization_id = org and q.id <> wanted and (lower(normalize(q.name, NFC) collate "und-x-icu") = lower(one collate "und-x-icu") or lower(q.email) = lower(one)))
      or exists (select 1 from memberships m where m.organization_id = org and m.person_id <> wanted and m.email = lower(one)) then
      words := array_remove(words, one);
      addresses := array_remove(addresses, one);
      shared := true;
    end if;
  end loop;
  words := words || array(select erasure_percent(w) from unnest(words) w where octet_length(w) > length(w));
  select string_agg(erasure_word(w, true), '|' order by length(w) desc), string_agg(erasure_word(w, false), '|' order by length(w) desc) into pattern, loose from unnest(words) w;
end $$;

-- Which rows of a place hold him, as a condition over `t`; $1 organisation, $2 pattern, $3 kept entries, $4 person.
create function erasure_condition(place text, texts text[], jsons text[], signatures text[], twin boolean, has_twin boolean, has_id boolean) returns text
language sql immutable set search_path = pg_catalog, public
as $$
  select format('t.%I = $1 and (%s)', case when place = 'organizations' then 'id' else 'organization_id' end, string_agg(part, ' or '))
    || case when place in ('people', 'people_history') then ' and t.id <> $4' else '' end
    || case when twin then ' and t.entry_id <> all ($3)'
      when has_twin then format(' and not exists (select 1 from %I h where h.organization_id = t.organization_id and h.id = t.id and h.version = t.version and h.entry_id = any ($3))', place || '_history')
      else '' end
  from (
    select format('erasure_holds(t.%I, $2)', c) as part from unnest(texts || signatures) c
    union all select format('erasure_holds_json(t.%I, $2)', c) from unnest(jsons) c
    union all select format('(t.%I = $4 and t.%I <> ''[erased]'')', regexp_replace(c, 'name$', 'by_id'), c) from unnest(signatures) c) parts
$$;

-- Entry point with an isolation test: what of the organisation of the transaction holds this person. `entry`: payloads to be emptied;
-- `text`: rows of a table, with the record where there is one; `account`, `account-stays`: what becomes of his account; `envelope`: entries
-- that name a file after him; `shared`: see erasure_words.
-- `kept` names entries of signed versions that stay; `erasing` the entry of the erasure itself.
create function erasure_finds(wanted uuid, kept uuid[], erasing uuid) returns table (kind text, place text, id uuid, amount integer)
language plpgsql stable security definer set search_path = pg_catalog, public
as $$
declare
  org uuid := current_setting('app.tenant')::uuid;
  words record;
  spot record;
  one text;
  signed uuid[] := '{}';
  more uuid[];
  elsewhere boolean;
begin
  if not exists (select 1 from people p where p.organization_id = org and p.id = wanted) then return; end if;
  select * into words from erasure_words(wanted);
  for spot in select * from erasure_places() p loop
    return query execute format('select ''text'', %L, %s, count(*)::integer from %I t where %s group by 3', spot.place,
      case when spot.place = 'search_documents' or spot.place = 'comments' or spot.place = 'conformity_findings' then 't.record_id' when spot.has_id then 't.id' else 'null::uuid' end, spot.place,
      erasure_condition(spot.place, spot.texts, spot.jsons, spot.signatures, spot.twin, spot.has_twin, spot.has_id)) using org, words.pattern, kept, wanted;
    if spot.twin then
      foreach one in array spot.signatures loop
        execute format('select array_agg(t.entry_id) from %I t where t.organization_id = $1 and t.%I = $2 and t.%I <> ''[erased]'' and t.entry_id <> all ($3)', spot.place, regexp_replace(one, 'name$', 'by_id'), one) into more using org, wanted, kept;
        signed := signed || more;
      end loop;
    end if;
  end loop;
  return query
    with held as (
      select e.id as entry, e.command from trail_entries e join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
      where e.organization_id = org and length(p.payload) > 0 and e.id <> all (kept) and e.id is distinct from erasing
        and ((e.register = 'people' and e.record_id = wanted and e.command <> 'erase') or e.id = any (signed) or erasure_holds_payload(p.payload, words.pattern, words.loose)))
    select 'entry', null::text, h.entry, 1 from held h
    -- What an earlier erasure listed passes to this one, where this one empties that list.
    union select 'entry', null, q.entry_id, 1 from trail_payloads q join held h on h.entry = q.erased_by and h.command = 'erase' where q.organization_id = org;
  -- A file's name stands in the envelope, which is a leaf and stays.
  return query select 'envelope', null::text, e.id, 1 from trail_entries e where e.organization_id = org and erasure_holds(e.envelope::jsonb ->> 'file', words.pattern);
  return query select 'invitation', null::text, i.id, 1 from invitations i where i.organization_id = org and i.email <> '[erased]' and (i.person_id = wanted or i.email = any (words.addresses));
  elsewhere := exists (select 1 from memberships m where m.account_id = any (words.accounts) and (m.organization_id <> org or m.person_id <> wanted));
  return query select case when elsewhere then 'account-stays' else 'account' end, null::text, a, 1 from unnest(words.accounts) a;
  if words.shared then return query select 'shared', null::text, null::uuid, 1; end if;
end $$;

-- Entry point with an isolation test: empties and rewrites what holds one person of the organisation of the transaction, by the list in
-- the entry `erase` that this transaction has just written. Anything else in that list, or anything missing, and nothing happens.
create function erase_person(wanted_entry uuid, wanted_id uuid, wanted_reason text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  org uuid := current_setting('app.tenant')::uuid;
  person uuid;
  said jsonb;
  moment timestamptz;
  listed uuid[];
  kept uuid[];
  words record;
  spot record;
  account text := 'none';
  salt text := replace(gen_random_uuid()::text, '-', '');
  changed integer;
  texts jsonb := '{}';
  payloads integer;
  counts jsonb;
begin
  select e.record_id, e.at, convert_from(p.payload, 'UTF8')::jsonb into person, moment, said
  from trail_entries e join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
  where e.organization_id = org and e.id = wanted_entry and e.register = 'people' and e.command = 'erase' and e.xmin = pg_current_xact_id()::xid;
  if person is null then raise exception 'expected an entry erase that this transaction wrote' using errcode = 'insufficient_privilege'; end if;
  if exists (select 1 from memberships m where m.organization_id = org and m.person_id = person) then raise exception 'expected a person without access' using errcode = 'insufficient_privilege'; end if;
  listed := array(select jsonb_array_elements_text(said -> 'input' -> 'entries')::uuid);
  kept := array(select jsonb_array_elements_text(said -> 'input' -> 'kept')::uuid);
  select * into words from erasure_words(person);
  -- Somebody wrote his name meanwhile: the whole transaction is tried again with a list that holds it.
  if exists ((select f.id from erasure_finds(person, kept, wanted_entry) f where f.kind = 'entry') except select unnest(listed))
    or exists (select unnest(listed) except (select f.id from erasure_finds(person, kept, wanted_entry) f where f.kind = 'entry')) then
    raise exception 'the list in the entry is not what holds this person' using errcode = 'serialization_failure';
  end if;

  update trail_payloads set salt = '', payload = '', erased_by = wanted_entry where organization_id = org and entry_id = any (listed);
  get diagnostics payloads = row_count;

  for spot in select * from erasure_places() p loop
    execute format('update %I t set %s where %s', spot.place, (
      select string_agg(part, ', ') from (
        select format('%1$I = erasure_clean(t.%1$I, $2)', c) as part from unnest(spot.texts) c
        union all select format('%1$I = erasure_clean_json(t.%1$I, $2)', c) from unnest(spot.jsons) c
        union all select format('%1$I = case when t.%2$I = $4 then ''[erased]'' else erasure_clean(t.%1$I, $2) end', c, regexp_replace(c, 'name$', 'by_id')) from unnest(spot.signatures) c) parts),
      erasure_condition(spot.place, spot.texts, spot.jsons, spot.signatures, spot.twin, spot.has_twin, spot.has_id)) using org, words.pattern, kept, person;
    get diagnostics changed = row_count;
    if changed > 0 then texts := texts || jsonb_build_object(spot.place, changed); end if;
    -- Of his own versions nothing stays that says who he was; the newest was written so by the erasure itself.
    if spot.place = 'people_history' then
      execute format('update people_history t set %s where organization_id = $1 and id = $2 and entry_id <> $3', (
        select string_agg(case when c = 'name' then 'name = ''[erased]''' when c = any (spot.jsons) then format('%I = ''{}''', c) else format('%I = null', c) end, ', ') from unnest(spot.texts || spot.jsons) c)) using org, person, wanted_entry;
      get diagnostics changed = row_count;
      texts := texts || jsonb_build_object('own', changed);
    end if;
  end loop;
  update invitations set email = '[erased]', name = '[erased]', function = null where organization_id = org and email <> '[erased]' and (person_id = person or email = any (words.addresses));
  -- The key is the record's from now on: the same row of the same table is somebody new when it is imported again.
  update import_rows set identity = '[erased] ' || record_id where organization_id = org and erasure_holds(identity, words.pattern);
  update idempotency_keys set answer = null where organization_id = org and (erasure_holds(answer, words.loose) or answer like '%' || person || '%');

  if cardinality(words.accounts) > 0 then
    account := 'stays';
    if not exists (select 1 from memberships m where m.account_id = any (words.accounts)) then
      account := 'erased';
      delete from identity.verification v using identity."user" u where u.id = any (words.accounts) and (v.identifier ilike '%' || u.email || '%' or v.value ilike '%' || u.email || '%' or v.value like '%' || u.id || '%');
      update identity.installation_log l set network = null, detail = '{}' where l.account_id = any (words.accounts);
      update identity.installation_log l set network = null, detail = jsonb_set(l.detail, '{account}', '"[erased]"') from identity."user" u
        where u.id = any (words.accounts) and l.detail ->> 'account' = left(encode(sha256(convert_to('email:' || u.email, 'UTF8')), 'hex'), 32);
      delete from identity.sign_in_tries s using identity."user" u where u.id = any (words.accounts) and s.key = 'account:' || left(encode(sha256(convert_to('email:' || u.email, 'UTF8')), 'hex'), 32);
      delete from identity."user" u where u.id = any (words.accounts);
    end if;
  end if;

  counts := jsonb_build_object('payloads', payloads, 'texts', texts, 'account', account);
  insert into erasures (organization_id, id, person_id, entry_id, at, reason, signatures_kept, counts, mark_salt, mark)
  values (org, wanted_id, person, wanted_entry, moment, wanted_reason, cardinality(kept) > 0, counts,
    case when cardinality(words.addresses) > 0 then salt end, case when cardinality(words.addresses) > 0 then encode(sha256(convert_to(salt || words.addresses[1], 'UTF8')), 'hex') end);
  return counts;
end $$;

-- Entry point with an isolation test: every erasure of the installation in ids and hashes, for the ledger beside the database.
create function erasures_to_remember() returns table (organization_id uuid, person_id uuid, entry_id uuid, at timestamptz, signatures_kept boolean, mark_salt text, mark text)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$ select e.organization_id, e.person_id, e.entry_id, e.at, e.signatures_kept, e.mark_salt, e.mark from erasures e order by e.at, e.id $$;

do $$
declare name text;
begin
  foreach name in array array['erasure_places()', 'erasure_words(uuid)', 'erasure_finds(uuid, uuid[], uuid)', 'erase_person(uuid, uuid, text)', 'erasures_to_remember()'] loop
    execute format('revoke all on function %s from public', name);
  end loop;
end $$;
grant execute on function erasure_finds(uuid, uuid[], uuid), erase_person(uuid, uuid, text), erasures_to_remember() to aimwell_app;
