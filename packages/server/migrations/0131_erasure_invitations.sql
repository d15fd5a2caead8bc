-- As in 0130, and an invitation that was made for him goes together with its entries, also where name and address are shared: a row that
-- says less than its entry would not verify.
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
          or (e.register = 'invitations' and e.command = 'create' and e.record_id in (select i.id from invitations i where i.organization_id = org and i.person_id = wanted)) or erasure_holds_payload(p.payload, words.pattern, words.loose)))
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
