import type pg from 'pg';

/** What is wrong with the rows of runs: each line says what was lost, doubled or left over. Asks nothing of the code that wrote them. */
export const unsoundRows = async (owner: pg.Client): Promise<string[]> => {
  const { rows } = await owner.query<{ wrong: string }>(`
    select 'open task without a token: ' || t.id as wrong from process_tasks t where t.state = 'open' and not exists (
      select 1 from process_tokens k where k.instance_id = t.instance_id and k.id = t.token and k.node = t.node and k.wait = 'task')
    union all select 'token without its one open task: ' || k.instance_id || ' ' || k.id from process_tokens k where k.wait = 'task' and 1 <> (
      select count(*) from process_tasks t where t.instance_id = k.instance_id and t.token = k.id and t.state = 'open')
    union all select 'wait of a token that is gone: ' || s.instance_id || ' ' || s.id from process_subscriptions s where s.token is not null and not exists (
      select 1 from process_tokens k where k.instance_id = s.instance_id and k.id = s.token)
    union all select 'token in a scope that is gone: ' || k.instance_id || ' ' || k.id from process_tokens k where not exists (
      select 1 from process_scopes s where s.instance_id = k.instance_id and s.id = k.scope)
    union all select 'ended run with something left: ' || i.id from process_instances i where i.status not in ('active', 'suspended') and (
      exists (select 1 from process_tokens k where k.instance_id = i.id) or exists (select 1 from process_subscriptions s where s.instance_id = i.id))
    union all select 'run in progress without a token: ' || i.id from process_instances i where i.status in ('active', 'suspended') and not exists (
      select 1 from process_tokens k where k.instance_id = i.id)
    union all select 'history with a gap: ' || i.id from process_instances i where i.lines <> (select count(*) from process_happenings l where l.instance_id = i.id)
      or i.lines <> coalesce((select max(l.line) from process_happenings l where l.instance_id = i.id), 0)
    union all select 'line without its entry: ' || l.instance_id || ' ' || l.line from process_happenings l where not exists (select 1 from trail_entries e where e.id = l.entry_id)
    union all select 'done task without exactly one line: ' || t.id from process_tasks t where t.state = 'done' and 1 <> (
      select count(*) from process_happenings l where l.instance_id = t.instance_id and l.token = t.token and l.what = 'completed')`);
  return rows.map(({ wrong }) => wrong);
};
