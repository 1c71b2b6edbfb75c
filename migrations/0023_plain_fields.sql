set role tieout_owner;
--> statement-breakpoint
-- Fields are looked up by name and nothing else. As jsonb, a tree was made of every text first: of the 5.2 s of processor that
-- a million rows cost the database to take in, that was 0.8 s (2026-11-30). Both tables are written anew.
alter table tieout.record_intake alter column fields type json using fields::text::json;
--> statement-breakpoint
alter table tieout.record_version alter column fields type json using fields::text::json;
--> statement-breakpoint
-- A default that is not immutable is worked out for every row: 0.45 s of a million. Of this one COPY makes a constant as it
-- begins, since it is called immutable, which within one statement it is. A plan that is kept would keep the workspace with
-- it, so whatever is no COPY is refused.
create function tieout.copying_workspace() returns uuid language sql immutable
  return nullif(pg_catalog.current_setting('tieout.workspace_id', true), '')::uuid;
--> statement-breakpoint
alter table only tieout.record_intake alter column workspace_id set default tieout.copying_workspace();
--> statement-breakpoint
create function tieout.refuse_all_but_copy() returns trigger language plpgsql as $$
begin
  if pg_catalog.current_query() !~* '^\s*copy\s' then
    raise exception 'record_intake takes a COPY only: insert into record instead' using errcode = '0A000';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger record_intake_copy_only before insert on tieout.record_intake
  for each statement execute function tieout.refuse_all_but_copy();
--> statement-breakpoint
reset role;
