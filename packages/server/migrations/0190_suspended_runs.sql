-- A run that somebody holds up: nothing moves in it. What machines and other runs bring meanwhile is kept in order;
-- null where nothing is kept.
alter table process_instances drop constraint process_instances_status_check;
alter table process_instances add constraint process_instances_status_check
  check (status in ('active', 'suspended', 'completed', 'terminated', 'failed'));
alter table process_instances add column held jsonb;
