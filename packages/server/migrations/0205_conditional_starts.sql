-- A process may begin when a condition over a record comes true: of which register, so that a write finds those that ask it.
alter table process_starts drop constraint process_starts_kind_check;
alter table process_starts add column register text;
alter table process_starts add constraint process_starts_kind_check check (kind in ('message', 'signal', 'timer', 'conditional'));
alter table process_starts add constraint process_starts_register_check check ((kind = 'conditional') = (register is not null));
create index process_starts_register on process_starts (organization_id, register) where register is not null;
