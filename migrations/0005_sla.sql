set role tieout_owner;
--> statement-breakpoint
-- An SLA policy as it once was: what was promised under it can always be read again.
create table tieout.sla_policy (
  workspace_id uuid not null,
  version text not null,
  key text not null,
  body json not null,
  recorded_at timestamptz not null default now(),
  constraint sla_policy_pk primary key (workspace_id, version),
  constraint sla_policy_workspace_fk foreign key (workspace_id) references tieout.workspace (workspace_id)
);
--> statement-breakpoint
-- What was promised for an exception when it was opened, and how far its steps are carried out. Reopened, it is promised
-- anew and the old promise stays. Without a policy it is still to be planned.
create table tieout.promise (
  workspace_id uuid not null,
  exception_id uuid not null,
  promised_at timestamptz not null,
  is_current boolean not null default true,
  policy_version text,
  claim_by_at timestamptz,
  due_at timestamptz not null,
  steps jsonb not null default '[]',
  next_step integer not null default 0,
  next_at timestamptz,
  finished_at timestamptz,
  stale_told_at timestamptz,
  constraint promise_pk primary key (workspace_id, exception_id, promised_at),
  constraint promise_next_check check (next_at is null or (is_current and policy_version is not null and finished_at is null)),
  constraint promise_exception_fk foreign key (workspace_id, exception_id)
    references tieout.exception (workspace_id, exception_id),
  constraint promise_policy_fk foreign key (workspace_id, policy_version)
    references tieout.sla_policy (workspace_id, version)
);
--> statement-breakpoint
create unique index promise_current_unique on tieout.promise (workspace_id, exception_id) where is_current;
--> statement-breakpoint
create index promise_unplanned_idx on tieout.promise (workspace_id, promised_at, exception_id) where is_current and policy_version is null;
--> statement-breakpoint
create index promise_next_idx on tieout.promise (workspace_id, next_at) where next_at is not null;
--> statement-breakpoint
create index exception_claimed_idx on tieout.exception (workspace_id, claimed_at) where status = 'claimed';
--> statement-breakpoint
-- Whoever opens an exception promises something: no way of opening one can forget it. Statement by statement, so that a
-- run that opens thirty thousand pays for one insert.
create function tieout.promise_opened() returns trigger language plpgsql as $$
begin
  insert into tieout.promise (workspace_id, exception_id, promised_at, due_at)
    select n.workspace_id, n.exception_id, n.opened_at, n.due_at from opened n
    where n.status not in ('resolved', 'cleared');
  return null;
end
$$;
--> statement-breakpoint
create trigger promise_opened after insert on tieout.exception
  referencing new table as opened for each statement execute function tieout.promise_opened();
--> statement-breakpoint
create function tieout.promise_reopened() returns trigger language plpgsql as $$
begin
  if not exists (
    select from after n join before o on o.workspace_id = n.workspace_id and o.exception_id = n.exception_id
    where n.opened_at <> o.opened_at) then
    return null;
  end if;
  update tieout.promise p set is_current = false, next_at = null
    from after n join before o on o.workspace_id = n.workspace_id and o.exception_id = n.exception_id
    where n.opened_at <> o.opened_at and p.workspace_id = n.workspace_id and p.exception_id = n.exception_id
      and p.is_current;
  insert into tieout.promise (workspace_id, exception_id, promised_at, due_at)
    select n.workspace_id, n.exception_id, n.opened_at, n.due_at
    from after n join before o on o.workspace_id = n.workspace_id and o.exception_id = n.exception_id
    where n.opened_at <> o.opened_at;
  return null;
end
$$;
--> statement-breakpoint
create trigger promise_reopened after update on tieout.exception
  referencing old table as before new table as after for each statement execute function tieout.promise_reopened();
--> statement-breakpoint
-- What is live already was promised, too. The owner looks past row-level security for this one statement.
alter table tieout.exception no force row level security;
--> statement-breakpoint
insert into tieout.promise (workspace_id, exception_id, promised_at, due_at)
  select e.workspace_id, e.exception_id, e.opened_at, e.due_at from tieout.exception e
  where e.status not in ('resolved', 'cleared');
--> statement-breakpoint
alter table tieout.exception force row level security;
--> statement-breakpoint
do $$
declare
  table_name text;
begin
  foreach table_name in array array['sla_policy', 'promise'] loop
    execute format('alter table tieout.%I enable row level security', table_name);
    execute format('alter table tieout.%I force row level security', table_name);
    execute format(
      'create policy %I on tieout.%I using (workspace_id = nullif(current_setting(''tieout.workspace_id'', true), '''')::uuid)',
      table_name || '_tenant', table_name);
    execute format('grant select, insert, update on tieout.%I to tieout_app', table_name);
  end loop;
end
$$;
--> statement-breakpoint
revoke update on tieout.sla_policy from tieout_app;
--> statement-breakpoint
revoke all on function tieout.promise_opened(), tieout.promise_reopened() from public;
--> statement-breakpoint
grant execute on function tieout.promise_opened(), tieout.promise_reopened() to tieout_app;
--> statement-breakpoint
reset role;
