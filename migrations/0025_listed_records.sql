set role tieout_owner;
--> statement-breakpoint
-- A small delivery had all records and all members of matches read, to find the few without a match or at another version
-- than theirs. What a run left without a match is listed, and what deliveries change since; both without foreign keys, being
-- written set by set (ADR 30).
create table tieout.unpaired_record (
  workspace_id uuid not null,
  reconciliation_id uuid not null,
  record_id uuid not null,
  constraint unpaired_record_pk primary key (workspace_id, reconciliation_id, record_id)
);
--> statement-breakpoint
create table tieout.changed_record (
  workspace_id uuid not null,
  delivery_id uuid not null,
  record_id uuid not null,
  constraint changed_record_pk primary key (workspace_id, delivery_id, record_id)
);
--> statement-breakpoint
do $$
declare
  table_name text;
begin
  foreach table_name in array array['unpaired_record', 'changed_record'] loop
    execute format('alter table tieout.%I enable row level security', table_name);
    execute format('alter table tieout.%I force row level security', table_name);
    execute format(
      'create policy %I on tieout.%I using (workspace_id = (select nullif(current_setting(''tieout.workspace_id'', true), '''')::uuid))',
      table_name || '_tenant', table_name);
    execute format('grant select, insert on tieout.%I to tieout_app', table_name);
  end loop;
end $$;
--> statement-breakpoint
grant delete on tieout.unpaired_record to tieout_app;
--> statement-breakpoint
reset role;
