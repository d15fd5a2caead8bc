-- A token may be made for one purpose alone, narrower than its role: `evidence` brings evidence and reads nothing.
alter table api_tokens add column only_for text check (only_for in ('evidence'));

-- Entry point with an isolation test: one token by its hash (docs/decisions/0006), now with what it is for.
drop function token_lookup(text);
create function token_lookup(wanted_hash text)
returns table (organization_id uuid, token_id uuid, person_id uuid, role text, only_for text, expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public set app.tenant = '00000000-0000-0000-0000-000000000000'
as $$
  select t.organization_id, t.id, t.person_id, t.role, t.only_for, t.expires_at, t.revoked_at, t.last_used_at from api_tokens t where t.token_hash = wanted_hash
$$;
revoke all on function token_lookup(text) from public;
grant execute on function token_lookup(text) to aimwell_app;
