set role tieout_owner;
--> statement-breakpoint
-- An event belongs to a workspace because its chain does: only audit_append writes events, and it appends to a head that
-- exists. Asked once for the head instead of once for every event of a run that appends tens of thousands.
alter table tieout.audit_head
  add constraint audit_head_workspace_fk foreign key (workspace_id) references tieout.workspace (workspace_id);
--> statement-breakpoint
alter table tieout.audit_event drop constraint audit_event_workspace_fk;
--> statement-breakpoint
-- The same text as before, calling itself for what has members alone: of a hold's event it was asked for every value.
create or replace function tieout.canonical(p_value jsonb) returns text language plpgsql immutable parallel safe
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  case jsonb_typeof(p_value)
    when 'object' then
      return '{' || coalesce((
        select string_agg(to_json(key)::text || ':' || case jsonb_typeof(value)
            when 'string' then to_json(value #>> '{}')::text
            when 'object' then tieout.canonical(value)
            when 'array' then tieout.canonical(value)
            else value::text
          end, ',' order by key collate "C")
        from jsonb_each(p_value)), '') || '}';
    when 'array' then
      return '[' || coalesce((
        select string_agg(tieout.canonical(value), ',' order by nth)
        from jsonb_array_elements(p_value) with ordinality as e (value, nth)), '') || ']';
    when 'string' then return to_json(p_value #>> '{}')::text;
    else return p_value::text;
  end case;
end
$$;
--> statement-breakpoint
-- No plan asks what values these columns have; gathering them is most of what counting anew after a run costs.
alter table tieout.audit_event
  alter column at set statistics 0, alter column body set statistics 0,
  alter column prev set statistics 0, alter column hash set statistics 0;
--> statement-breakpoint
alter table tieout.match alter column explained set statistics 0;
--> statement-breakpoint
alter table tieout.rejected_candidate alter column explained set statistics 0;
--> statement-breakpoint
alter table tieout.exception
  alter column findings set statistics 0, alter column routed_by set statistics 0;
--> statement-breakpoint
reset role;
