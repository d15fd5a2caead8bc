-- The palette. Ranking reads what it ranks. A word that thousands of records hold is looked for in the latest of each register, where
-- it is met soon: the index of words would first gather all of them. Any other word is asked of the index.
create or replace function search_records(wanted_register text, query text, most integer)
returns table (register text, record_id uuid, identifier text, title text, rank real)
language plpgsql stable security definer set search_path = pg_catalog, public
as $$
#variable_conflict use_column
declare
  organisation constant uuid := current_setting('app.tenant')::uuid;
  words constant tsquery := to_tsquery('simple', query);
  thousands boolean;
begin
  -- By the latest twenty of each register that has more than two hundred, and how many it has ever had.
  select coalesce(sum(latest.share * c.last), 0) > 4000 into thousands
  from counters c, lateral (
    select avg((s.fts @@ words and not s.archived)::integer) as share from (
      select d.fts, d.archived from search_documents d
      where d.organization_id = organisation and d.register = c.register order by d.record_id desc limit 20) s) latest
  where c.organization_id = organisation and c.last > 200 and (wanted_register is null or c.register = wanted_register);
  if thousands then
    return query
      select d.register, d.record_id, d.identifier, d.title, ts_rank(d.fts, words)
      from counters c, lateral (
        select latest.* from (
          select s.* from search_documents s where s.organization_id = organisation and s.register = c.register order by s.record_id desc limit 1000) latest
        where latest.fts @@ words and not latest.archived limit 500) d
      where c.organization_id = organisation and (wanted_register is null or c.register = wanted_register)
      order by 5 desc, d.identifier limit most;
  else
    return query
      select d.register, d.record_id, d.identifier, d.title, ts_rank(d.fts, words)
      from (
        select s.* from search_documents s
        where s.organization_id = organisation and s.fts @@ words and not s.archived and (wanted_register is null or s.register = wanted_register)
        limit 2000) d
      order by 5 desc, d.identifier limit most;
  end if;
end
$$;
