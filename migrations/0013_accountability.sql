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
reset role;
