-- What every write appends is written by one statement (platform/trail/append.ts), in a transaction that has the organisation set, and no role
-- of the product can delete it: these foreign keys could only ever agree. They were asked on each write, and sixteen writers of one
-- organisation waited for each other at its one row. That nothing is missing is what verification finds (verify-entries.ts).
alter table trail_entries drop constraint trail_entries_organization_id_fkey;
alter table trail_payloads drop constraint trail_payloads_organization_id_entry_id_fkey;
alter table trail_leaves drop constraint trail_leaves_organization_id_fkey;
