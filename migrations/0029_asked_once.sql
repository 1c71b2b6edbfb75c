set role tieout_owner;
--> statement-breakpoint
-- What exceptions point to is asked once for the statement that opens a night's 114,000 or changes one: team and owner once for each
-- pair of them, and the events by the head of the chain, which has no gaps and loses nothing. The keys asked once per row: 0.77 s of a
-- night of a million orders, and again at its commit. A promise is made by the trigger that the exception's row fires, of that row: 0.87 s.
alter table tieout.promise drop constraint promise_exception_fk, drop constraint promise_policy_fk;
--> statement-breakpoint
alter table tieout.exception
  drop constraint exception_team_fk, drop constraint exception_owner_fk, drop constraint exception_last_seq_fk;
--> statement-breakpoint
create function tieout.exceptions_point() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
declare
  lacks text;
begin
  select case
      when not exists (select from tieout.team t where t.workspace_id = n.workspace_id and t.team_id = n.team_id) then 'team'
      when n.owner_id is not null and not exists (
        select from tieout.person p where p.workspace_id = n.workspace_id and p.person_id = n.owner_id) then 'person'
      when n.first_seq < 1 or not exists (
        select from tieout.audit_head h where h.workspace_id = n.workspace_id and h.seq >= n.last_seq) then 'event'
    end as lacking
    into lacks
    from (
      select b.workspace_id, b.team_id, b.owner_id, min(b.last_seq) as first_seq, max(b.last_seq) as last_seq
      from became b
      group by b.workspace_id, b.team_id, b.owner_id
    ) as n
    order by lacking
    limit 1;
  if lacks is not null then
    raise exception 'an exception points to a % that is not there', lacks using errcode = '23503';
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger exception_new_point after insert on tieout.exception
  referencing new table as became for each statement execute function tieout.exceptions_point();
--> statement-breakpoint
create trigger exception_changed_point after update on tieout.exception
  referencing new table as became for each statement execute function tieout.exceptions_point();
--> statement-breakpoint
revoke all on function tieout.exceptions_point() from public;
--> statement-breakpoint
grant execute on function tieout.exceptions_point() to tieout_app;
--> statement-breakpoint
reset role;
