-- Search inside lists. Like search_records these see one organisation, the one of the transaction; @@ is not leakproof, so
-- under row-level security its index would be lost.

-- Every record of a register that holds the words, in no order; `most` null means all.
create function search_matches(wanted_register text, query text, most integer)
returns setof uuid
language sql stable security definer set search_path = pg_catalog, public
as $$
  select d.record_id from search_documents d
  where d.organization_id = current_setting('app.tenant')::uuid and d.register = wanted_register and d.fts @@ to_tsquery('simple', query) limit most
$$;

-- Which of the given records hold the words. OFFSET 0 keeps the words out of the search for the records: each is fetched by
-- its key and then read, and the index of words, which may name every record there is, is not asked.
create function search_among(wanted_register text, query text, ids uuid[])
returns setof uuid
language sql stable security definer set search_path = pg_catalog, public
as $$
  select d.record_id
  from unnest(ids) wanted(id), lateral (
    select s.record_id, s.fts from search_documents s
    where s.organization_id = current_setting('app.tenant')::uuid and s.register = wanted_register and s.record_id = wanted.id offset 0) d
  where d.fts @@ to_tsquery('simple', query)
$$;

-- The palette. Ranking reads every match, so a word that thousands hold is ranked among its first two thousand.
create or replace function search_records(wanted_register text, query text, most integer)
returns table (register text, record_id uuid, identifier text, title text, rank real)
language sql stable security definer set search_path = pg_catalog, public
as $$
  select d.register, d.record_id, d.identifier, d.title, ts_rank(d.fts, to_tsquery('simple', query))
  from (
    select s.* from search_documents s
    where s.organization_id = current_setting('app.tenant')::uuid and s.fts @@ to_tsquery('simple', query) and not s.archived
      and (wanted_register is null or s.register = wanted_register)
    limit 2000) d
  order by 5 desc, d.identifier limit most
$$;

revoke all on function search_matches(text, text, integer) from public;
revoke all on function search_among(text, text, uuid[]) from public;
grant execute on function search_matches(text, text, integer), search_among(text, text, uuid[]) to aimwell_app;
