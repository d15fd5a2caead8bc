-- A command may be bound to several processes: one that guards it, and others that come to it on their way.
alter table process_gates drop constraint process_gates_pkey;
alter table process_gates add primary key (organization_id, register, command, map_key);
