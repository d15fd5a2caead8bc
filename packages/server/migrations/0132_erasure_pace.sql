-- As in 0130, faster. Most texts are ASCII: they need neither to be brought into one form nor the rules of a language.
create or replace function erasure_holds(given text, pattern text) returns boolean
language sql immutable set search_path = pg_catalog, public
as $$
  select coalesce(case
    when octet_length(given) = length(given) then given collate "C" ~* pattern
    when given is nfc normalized then given collate "und-x-icu" ~* pattern
    else normalize(given, NFC) collate "und-x-icu" ~* pattern end, false)
$$;

-- The text of a constraint is written out only for the columns it is about.
create or replace function erasure_places() returns table (place text, texts text[], jsons text[], signatures text[], twin boolean, has_twin boolean, has_id boolean)
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
        where k.conrelid = t.base and k.contype = 'c' and case when b.attnum = any (k.conkey) then pg_get_constraintdef(k.oid) ~ '= ANY|~' else false end)
  )
  select f.relname::text,
    coalesce(array_agg(f.attname::text) filter (where f.atttypid = 'text'::regtype and f.attname not like '%approved\_name'), '{}'),
    coalesce(array_agg(f.attname::text) filter (where f.atttypid = 'jsonb'::regtype), '{}'),
    coalesce(array_agg(f.attname::text) filter (where f.attname like '%approved\_name'), '{}'),
    f.twin, exists (select 1 from pg_class h where h.relname = f.relname || '_history' and h.relnamespace = (select relnamespace from pg_class where oid = f.oid)),
    exists (select 1 from pg_attribute i where i.attrelid = f.oid and i.attname = 'id' and i.atttypid = 'uuid'::regtype)
  from fields f group by f.oid, f.relname, f.twin
$$;
