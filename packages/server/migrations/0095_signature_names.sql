-- The name under a signature as the directory said it then, and what exactly was approved: people change their names, a record its wording.
alter table scope_statements add column approved_name text check (length(approved_name) <= 300);
alter table scope_statements_history add column approved_name text;
alter table risk_criteria add column approved_name text check (length(approved_name) <= 300);
alter table risk_criteria_history add column approved_name text;
alter table treatment_plans add column approved_name text check (length(approved_name) <= 300);
alter table treatment_plans_history add column approved_name text;
alter table soa_versions add column approved_name text check (length(approved_name) <= 300);
alter table soa_versions_history add column approved_name text;
alter table risks
  add column acceptance_approved_name text check (length(acceptance_approved_name) <= 300),
  add column acceptance_approved_statement text check (length(acceptance_approved_statement) <= 20000),
  add column acceptance_approved_hash text check (length(acceptance_approved_hash) <= 300);
alter table risks_history
  add column acceptance_approved_name text,
  add column acceptance_approved_statement text,
  add column acceptance_approved_hash text;
