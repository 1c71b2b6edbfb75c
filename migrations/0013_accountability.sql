-- Who owns what, who stands in for whom, and what the triage meeting decides. New columns are nullable or have a constant
-- default: no rewrite, a short lock.
set role tieout_owner;
--> statement-breakpoint
-- The ownership matrix that live exceptions were routed by last; another one routes them anew.
alter table tieout.workspace add column routing_sha256 text;
--> statement-breakpoint
-- Who stands in for somebody who is away; a team's deputy for its lead, when the lead names nobody.
alter table tieout.person add column deputy_id uuid;
--> statement-breakpoint
alter table tieout.person add constraint person_deputy_fk foreign key (workspace_id, deputy_id)
  references tieout.person (workspace_id, person_id);
--> statement-breakpoint
alter table tieout.team add column deputy_id uuid, add column usergroup text;
--> statement-breakpoint
alter table tieout.team add constraint team_deputy_fk foreign key (workspace_id, deputy_id)
  references tieout.person (workspace_id, person_id);
--> statement-breakpoint
-- Days on which a person is away, first and last, with the instants at which they begin and end in the workspace's zone.
create table tieout.absence (
  workspace_id uuid not null,
  person_id uuid not null,
  from_on date not null,
  until_on date not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  constraint absence_pk primary key (workspace_id, person_id, from_on),
  constraint absence_person_fk foreign key (workspace_id, person_id) references tieout.person (workspace_id, person_id),
  constraint absence_check check (from_on <= until_on and from_at < until_at)
);
--> statement-breakpoint
alter table tieout.absence enable row level security;
--> statement-breakpoint
alter table tieout.absence force row level security;
--> statement-breakpoint
create policy absence_tenant on tieout.absence
  using (workspace_id = nullif(current_setting('tieout.workspace_id', true), '')::uuid);
--> statement-breakpoint
-- The configuration takes absences away as it adds them.
grant select, insert, update, delete on tieout.absence to tieout_app;
--> statement-breakpoint
-- Who is there for this person at that time: themselves, else their deputy, else the given one (a team's), and so on as long
-- as those are away too. When nobody is there it is the person all the same. src/core/absence.ts says the same.
create function tieout.stand_in(p_workspace_id uuid, p_person_id uuid, p_deputy_id uuid, p_at timestamptz) returns uuid
language plpgsql stable as $$
declare
  here uuid := p_person_id;
  seen uuid[] := '{}';
  is_here boolean;
  named uuid;
begin
  while here is not null loop
    select p.is_active and p.left_at is null and not exists (
        select from tieout.absence a
        where a.workspace_id = p_workspace_id and a.person_id = here and a.from_at <= p_at and p_at < a.until_at),
      p.deputy_id
      into is_here, named from tieout.person p where p.workspace_id = p_workspace_id and p.person_id = here;
    if is_here then
      return here;
    end if;
    seen := seen || here;
    here := case when named <> all(seen) then named when p_deputy_id <> all(seen) then p_deputy_id end;
  end loop;
  return p_person_id;
end
$$;
--> statement-breakpoint
revoke all on function tieout.stand_in(uuid, uuid, uuid, timestamptz) from public;
--> statement-breakpoint
grant execute on function tieout.stand_in(uuid, uuid, uuid, timestamptz) to tieout_app;
--> statement-breakpoint
-- A triage meeting with its agenda: what no policy has a step left for.
create table tieout.triage_meeting (
  workspace_id uuid not null,
  meeting_id uuid not null,
  meets_at timestamptz not null,
  posted_at timestamptz not null,
  team_key text not null,
  -- What did not fit, and waits for the next meeting.
  left_over integer not null default 0,
  constraint triage_meeting_pk primary key (workspace_id, meeting_id),
  constraint triage_meeting_meets_at_unique unique (workspace_id, meets_at),
  constraint triage_meeting_left_over_check check (left_over >= 0),
  constraint triage_meeting_workspace_fk foreign key (workspace_id) references tieout.workspace (workspace_id)
);
--> statement-breakpoint
create table tieout.triage_item (
  workspace_id uuid not null,
  meeting_id uuid not null,
  exception_id uuid not null,
  place integer not null,
  page integer not null,
  proposed text not null,
  -- Null while it is on the table.
  outcome text,
  decided_at timestamptz,
  decided_by uuid,
  assigned_to uuid,
  note text,
  resolution_code text,
  constraint triage_item_pk primary key (workspace_id, meeting_id, exception_id),
  constraint triage_item_meeting_fk foreign key (workspace_id, meeting_id) references tieout.triage_meeting (workspace_id, meeting_id),
  constraint triage_item_exception_fk foreign key (workspace_id, exception_id) references tieout.exception (workspace_id, exception_id),
  constraint triage_item_decider_fk foreign key (workspace_id, decided_by) references tieout.person (workspace_id, person_id),
  constraint triage_item_assigned_fk foreign key (workspace_id, assigned_to) references tieout.person (workspace_id, person_id),
  constraint triage_item_proposed_check check (proposed in ('assign', 'write_off', 'accept', 'rule_change')),
  constraint triage_item_outcome_check check (outcome in ('assign', 'rule_change', 'resolved', 'cleared', 'carried')),
  constraint triage_item_decided_check check ((outcome is null) = (decided_at is null)),
  constraint triage_item_assigned_check check ((outcome is not distinct from 'assign') = (assigned_to is not null))
);
--> statement-breakpoint
create unique index triage_item_open_unique on tieout.triage_item (workspace_id, exception_id) where outcome is null;
--> statement-breakpoint
do $$
declare
  table_name text;
begin
  foreach table_name in array array['triage_meeting', 'triage_item'] loop
    execute format('alter table tieout.%I enable row level security', table_name);
    execute format('alter table tieout.%I force row level security', table_name);
    execute format(
      'create policy %I on tieout.%I using (workspace_id = nullif(current_setting(''tieout.workspace_id'', true), '''')::uuid)',
      table_name || '_tenant', table_name);
    execute format('grant select, insert on tieout.%I to tieout_app', table_name);
  end loop;
end
$$;
--> statement-breakpoint
grant update (outcome, decided_at, decided_by, assigned_to, note, resolution_code) on tieout.triage_item to tieout_app;
--> statement-breakpoint
-- What was decided stays decided.
create function tieout.triage_item_guard() returns trigger language plpgsql as $$
begin
  if old.outcome is not null then
    raise exception 'triage of exception %: it was decided already (%)', old.exception_id, old.outcome using errcode = 'TIE01';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger triage_item_guard before update on tieout.triage_item for each row execute function tieout.triage_item_guard();
--> statement-breakpoint
-- The pages of an agenda that these exceptions stand on show them as they are now.
create function tieout.show_triage(p_workspace_id uuid, p_keys text[]) returns void language sql
set search_path = pg_catalog, tieout, pg_temp as $$
  update tieout.outbox o set
    wanted_revision = o.wanted_revision + 1,
    status = case when o.status in ('sent', 'dead') then 'pending' else o.status end,
    attempts = case when o.status in ('sent', 'dead') then 0 else o.attempts end,
    next_attempt_at = case when o.status in ('sent', 'dead') then now() else o.next_attempt_at end
  where o.workspace_id = p_workspace_id and o.dedupe_key = any(p_keys)
$$;
--> statement-breakpoint
-- An exception on an agenda that is closed, by whomever, is decided; one that changes hands is shown with whoever has it.
create function tieout.triage_followed() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
declare
  v_workspace_id uuid;
  v_keys text[];
begin
  select n.workspace_id, array_agg(distinct 'triage:' || i.meeting_id || ':' || i.page)
    into v_workspace_id, v_keys
    from after n
    join tieout.triage_item i on i.workspace_id = n.workspace_id and i.exception_id = n.exception_id and i.outcome is null
    group by n.workspace_id;
  if v_keys is null then
    return null;
  end if;
  update tieout.triage_item i set
      outcome = n.status, decided_at = n.closed_at, resolution_code = n.resolution_code,
      decided_by = (
        select (a.body::jsonb #>> '{actor,id}')::uuid from tieout.audit_event a
        where a.workspace_id = n.workspace_id and a.seq = n.last_seq and a.body::jsonb #>> '{actor,kind}' = 'person')
    from after n
    where n.status in ('resolved', 'cleared') and i.workspace_id = n.workspace_id and i.exception_id = n.exception_id
      and i.outcome is null;
  perform tieout.show_triage(v_workspace_id, v_keys);
  return null;
end
$$;
--> statement-breakpoint
create trigger triage_followed after update on tieout.exception
  referencing new table as after for each statement execute function tieout.triage_followed();
--> statement-breakpoint
create function tieout.triage_decided() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
declare
  v_workspace_id uuid;
  v_keys text[];
begin
  select n.workspace_id, array_agg(distinct 'triage:' || n.meeting_id || ':' || n.page)
    into v_workspace_id, v_keys from after n group by n.workspace_id;
  if v_keys is not null then
    perform tieout.show_triage(v_workspace_id, v_keys);
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger triage_decided after update on tieout.triage_item
  referencing new table as after for each statement execute function tieout.triage_decided();
--> statement-breakpoint
revoke all on function tieout.show_triage(uuid, text[]), tieout.triage_followed(), tieout.triage_decided(),
  tieout.triage_item_guard() from public;
--> statement-breakpoint
grant execute on function tieout.show_triage(uuid, text[]), tieout.triage_followed(), tieout.triage_decided(),
  tieout.triage_item_guard() to tieout_app;
--> statement-breakpoint
reset role;
