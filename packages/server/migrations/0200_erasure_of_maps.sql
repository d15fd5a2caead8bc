-- As in 0131, and versions of process maps: the name under an approval is kept like any other signature, and bytes that hold a name are counted.

-- Whether a file of text holds a word: UTF-8, else Latin-1, as maps are read.
create function erasure_holds_bytes(given bytea, pattern text) returns boolean
language plpgsql immutable set search_path = pg_catalog, public
as $$
begin
  return erasure_holds(convert_from(given, 'UTF8'), pattern);
exception when character_not_in_repertoire or untranslatable_character then
  return erasure_holds(convert_from(given, 'LATIN1'), pattern);
end $$;
revoke all on function erasure_holds_bytes(bytea, text) from public;

-- As in 0130; a version of a map has no history, so what keeps it as it was signed is the entry of its approval.
create or replace function erasure_condition(place text, texts text[], jsons text[], signatures text[], twin boolean, has_twin boolean, has_id boolean) returns text
language sql immutable set search_path = pg_catalog, public
as $$
  select format('t.%I = $1 and (%s)', case when place = 'organizations' then 'id' else 'organization_id' end, string_agg(part, ' or '))
    || case when place in ('people', 'people_history') then ' and t.id <> $4' else '' end
    || case when twin then ' and t.entry_id <> all ($3)'
      when has_twin then format(' and not exists (select 1 from %I h where h.organization_id = t.organization_id and h.id = t.id and h.version = t.version and h.entry_id = any ($3))', place || '_history')
      when place = 'process_versions' then ' and not exists (select 1 from trail_entries e where e.organization_id = t.organization_id and e.register = ''process-versions'' and e.record_id = t.id and e.command = ''approve'' and e.id = any ($3))'
      else '' end
  from (
    select format('erasure_holds(t.%I, $2)', c) as part from unnest(texts || signatures) c
    union all select format('erasure_holds_json(t.%I, $2)', c) from unnest(jsons) c
    union all select format('(t.%I = $4 and t.%I <> ''[erased]'')', regexp_replace(c, 'name$', 'by_id'), c) from unnest(signatures) c) parts
$$;

create or replace function erasure_finds(wanted uuid, kept uuid[], erasing uuid) returns table (kind text, place text, id uuid, amount integer)
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
        and ((e.register = 'people' and e.record_id = wanted and e.command <> 'erase') or e.id = any (signed)
          or (e.register = 'process-versions' and e.command = 'approve' and e.record_id in (select v.id from process_versions v where v.organization_id = org and v.approved_by_id = wanted and v.approved_name <> '[erased]'))
          or (e.register = 'invitations' and e.command = 'create' and e.record_id in (select i.id from invitations i where i.organization_id = org and i.person_id = wanted)) or erasure_holds_payload(p.payload, words.pattern, words.loose)))
    select 'entry', null::text, h.entry, 1 from held h
    -- What an earlier erasure listed passes to this one, where this one empties that list.
    union select 'entry', null, q.entry_id, 1 from trail_payloads q join held h on h.entry = q.erased_by and h.command = 'erase' where q.organization_id = org;
  -- A file's name stands in the envelope, which is a leaf and stays.
  return query select 'envelope', null::text, e.id, 1 from trail_entries e where e.organization_id = org and erasure_holds(e.envelope::jsonb ->> 'file', words.pattern);
  -- The bytes of a map as it came stand under its hash, which people have approved.
  return query select 'map-file', null::text, v.id, 1 from process_versions v where v.organization_id = org and erasure_holds_bytes(v.file, words.pattern);
  return query select 'invitation', null::text, i.id, 1 from invitations i where i.organization_id = org and i.email <> '[erased]' and (i.person_id = wanted or i.email = any (words.addresses));
  elsewhere := exists (select 1 from memberships m where m.account_id = any (words.accounts) and (m.organization_id <> org or m.person_id <> wanted));
  return query select case when elsewhere then 'account-stays' else 'account' end, null::text, a, 1 from unnest(words.accounts) a;
  if words.shared then return query select 'shared', null::text, null::uuid, 1; end if;
end $$;
