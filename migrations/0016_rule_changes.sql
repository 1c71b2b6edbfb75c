-- Rules change by proposal and three approvals: which version of a reconciliation runs use, what is proposed, who agreed.
-- The one new column is nullable: no rewrite, a short lock.
set role tieout_owner;
--> statement-breakpoint
-- The version that runs use. Null only until its first version is recorded.
alter table tieout.reconciliation add column active_version integer;
--> statement-breakpoint
-- The file as it was written, comments and all: what its approvers had before them. Null in rows of earlier releases.
alter table tieout.spec_version add column file_text text;
--> statement-breakpoint
-- Its owner changes rows of every workspace here, which the policies keep even from the owner.
alter table tieout.reconciliation no force row level security;
--> statement-breakpoint
alter table tieout.run no force row level security;
--> statement-breakpoint
alter table tieout.spec_version no force row level security;
--> statement-breakpoint
-- So far every version was used as soon as it was recorded: what ran last, else the newest.
update tieout.reconciliation r
set active_version = coalesce(
  (select u.spec_version from tieout.run u
   where u.workspace_id = r.workspace_id and u.reconciliation_id = r.reconciliation_id and u.mode = 'active'
   order by u.started_at desc, u.run_id desc limit 1),
  (select max(v.version) from tieout.spec_version v
   where v.workspace_id = r.workspace_id and v.reconciliation_id = r.reconciliation_id));
--> statement-breakpoint
alter table tieout.reconciliation force row level security;
--> statement-breakpoint
alter table tieout.run force row level security;
--> statement-breakpoint
alter table tieout.spec_version force row level security;
--> statement-breakpoint
alter table tieout.reconciliation add constraint reconciliation_active_version_fk
  foreign key (workspace_id, reconciliation_id, active_version)
  references tieout.spec_version (workspace_id, reconciliation_id, version);
--> statement-breakpoint
-- A proposed change of one reconciliation. What it says never changes; it is decided once.
create table tieout.rule_change (
  workspace_id uuid not null,
  change_id uuid not null,
  reconciliation_id uuid not null,
  -- The version that was active when it was proposed, and the one that it would make active.
  from_version integer not null,
  to_version integer not null,
  state text not null default 'pending',
  proposed_by uuid not null,
  reason text not null,
  -- What would change, in sentences and by place: what its approvers read.
  difference jsonb not null,
  proposed_at timestamptz not null,
  expires_at timestamptz not null,
  made_seq bigint not null,
  -- Null when the clock did.
  decided_by uuid,
  decided_at timestamptz,
  decided_seq bigint,
  decision_note text,
  constraint rule_change_pk primary key (workspace_id, change_id),
  constraint rule_change_made_seq_unique unique (workspace_id, made_seq),
  constraint rule_change_from_fk foreign key (workspace_id, reconciliation_id, from_version)
    references tieout.spec_version (workspace_id, reconciliation_id, version),
  constraint rule_change_to_fk foreign key (workspace_id, reconciliation_id, to_version)
    references tieout.spec_version (workspace_id, reconciliation_id, version),
  constraint rule_change_proposed_by_fk foreign key (workspace_id, proposed_by)
    references tieout.person (workspace_id, person_id),
  constraint rule_change_decided_by_fk foreign key (workspace_id, decided_by)
    references tieout.person (workspace_id, person_id),
  constraint rule_change_made_seq_fk foreign key (workspace_id, made_seq) references tieout.audit_event (workspace_id, seq),
  constraint rule_change_decided_seq_fk foreign key (workspace_id, decided_seq)
    references tieout.audit_event (workspace_id, seq),
  constraint rule_change_state_check check (state in ('pending', 'activated', 'rejected', 'withdrawn', 'expired')),
  constraint rule_change_versions_check check (from_version <> to_version),
  constraint rule_change_decided_check check ((state = 'pending') = (decided_at is null)
    and (state = 'pending') = (decided_seq is null)),
  constraint rule_change_decider_check check ((state in ('pending', 'expired')) = (decided_by is null)),
  constraint rule_change_four_eyes_check check (state not in ('activated', 'rejected') or decided_by <> proposed_by),
  constraint rule_change_withdrawn_check check (state <> 'withdrawn' or decided_by = proposed_by),
  constraint rule_change_in_time_check check (state <> 'activated' or decided_at < expires_at),
  constraint rule_change_expires_check check (expires_at > proposed_at)
);
--> statement-breakpoint
create unique index rule_change_pending_unique on tieout.rule_change (workspace_id, reconciliation_id)
  where state = 'pending';
--> statement-breakpoint
create index rule_change_expires_idx on tieout.rule_change (workspace_id, expires_at) where state = 'pending';
--> statement-breakpoint
-- One agreement to one change. Each seat is taken once, and nobody has two of them.
create table tieout.rule_approval (
  workspace_id uuid not null,
  change_id uuid not null,
  seat text not null,
  person_id uuid not null,
  note text,
  approved_at timestamptz not null,
  seq bigint not null,
  constraint rule_approval_pk primary key (workspace_id, change_id, seat),
  constraint rule_approval_person_unique unique (workspace_id, change_id, person_id),
  constraint rule_approval_change_fk foreign key (workspace_id, change_id)
    references tieout.rule_change (workspace_id, change_id),
  constraint rule_approval_person_fk foreign key (workspace_id, person_id)
    references tieout.person (workspace_id, person_id),
  constraint rule_approval_seq_fk foreign key (workspace_id, seq) references tieout.audit_event (workspace_id, seq),
  constraint rule_approval_seat_check check (seat in ('data_owner', 'ops_lead', 'governance'))
);
--> statement-breakpoint
-- Agreed to while it can be, by somebody who has the role of the seat, and never by whoever proposed it.
create function tieout.rule_approval_guard() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
declare
  change tieout.rule_change;
begin
  select c.* into change from tieout.rule_change c
    where c.workspace_id = new.workspace_id and c.change_id = new.change_id for update;
  if change.state is distinct from 'pending' or new.approved_at >= change.expires_at then
    raise exception 'rule change % can be approved no more', new.change_id using errcode = 'TIE06';
  end if;
  if change.proposed_by = new.person_id then
    raise exception 'rule change % is approved by whoever proposed it', new.change_id using errcode = 'TIE06';
  end if;
  if not exists (
    select from tieout.person p
    join tieout.role_grant g on g.workspace_id = p.workspace_id and g.person_id = p.person_id
    where p.workspace_id = new.workspace_id and p.person_id = new.person_id and p.is_active and g.role = new.seat) then
    raise exception 'rule change % is approved by somebody who is no %', new.change_id, new.seat using errcode = 'TIE06';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger rule_approval_guard before insert on tieout.rule_approval
  for each row execute function tieout.rule_approval_guard();
--> statement-breakpoint
-- A change begins pending, says the same for ever, is decided once, and becomes the rule by three approvals alone.
create function tieout.rule_change_guard() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'pending' then
      raise exception 'a rule change begins pending' using errcode = 'TIE06';
    end if;
    return new;
  end if;
  if old.state <> 'pending' then
    raise exception 'rule change % was decided; it does not change any more', old.change_id using errcode = 'TIE06';
  end if;
  if (new.workspace_id, new.change_id, new.reconciliation_id, new.from_version, new.to_version, new.proposed_by, new.reason,
      new.difference, new.proposed_at, new.expires_at, new.made_seq)
     is distinct from
     (old.workspace_id, old.change_id, old.reconciliation_id, old.from_version, old.to_version, old.proposed_by, old.reason,
      old.difference, old.proposed_at, old.expires_at, old.made_seq) then
    raise exception 'what rule change % says does not change', old.change_id using errcode = 'TIE06';
  end if;
  if new.state = 'activated' and 3 <> (
    select count(*) from tieout.rule_approval a
    where a.workspace_id = new.workspace_id and a.change_id = new.change_id) then
    raise exception 'rule change % is activated without three approvals', old.change_id using errcode = 'TIE06';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger rule_change_guard before insert or update on tieout.rule_change
  for each row execute function tieout.rule_change_guard();
--> statement-breakpoint
-- What was activated is what runs use, once the transaction that activated it commits.
create function tieout.rule_change_is_done() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  if new.state = 'activated' and old.state <> 'activated' and not exists (
    select from tieout.reconciliation r
    where r.workspace_id = new.workspace_id and r.reconciliation_id = new.reconciliation_id
      and r.active_version = new.to_version) then
    raise exception 'rule change % was activated and runs do not use it', new.change_id using errcode = 'TIE06';
  end if;
  return null;
end
$$;
--> statement-breakpoint
create constraint trigger rule_change_is_done after update on tieout.rule_change deferrable initially deferred
  for each row execute function tieout.rule_change_is_done();
--> statement-breakpoint
-- The message that asks for the approvals shows how the change stands: again with each of them, and when it is over.
create function tieout.rule_change_shown() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  update tieout.outbox o set
    wanted_revision = o.wanted_revision + 1,
    status = case when o.status in ('sent', 'dead') then 'pending' else o.status end,
    attempts = case when o.status in ('sent', 'dead') then 0 else o.attempts end,
    next_attempt_at = case when o.status in ('sent', 'dead') then now() else o.next_attempt_at end
  where o.workspace_id = new.workspace_id and o.dedupe_key = 'rule:' || new.change_id;
  return null;
end
$$;
--> statement-breakpoint
create trigger rule_approval_shown after insert on tieout.rule_approval
  for each row execute function tieout.rule_change_shown();
--> statement-breakpoint
create trigger rule_change_shown after update on tieout.rule_change
  for each row execute function tieout.rule_change_shown();
--> statement-breakpoint
create function tieout.rules_stay() returns trigger language plpgsql as $$
begin
  raise exception '% is kept for ever: % is refused', tg_table_name, lower(tg_op) using errcode = 'TIE06';
end
$$;
--> statement-breakpoint
create trigger rule_change_stays before delete or truncate on tieout.rule_change
  for each statement execute function tieout.rules_stay();
--> statement-breakpoint
create trigger rule_approval_stays before update or delete or truncate on tieout.rule_approval
  for each statement execute function tieout.rules_stay();
--> statement-breakpoint
-- What a version says is what was approved: it is never written over.
create trigger spec_version_stays before update or delete or truncate on tieout.spec_version
  for each statement execute function tieout.rules_stay();
--> statement-breakpoint
-- ALWAYS: they also fire when session_replication_role is set to replica.
alter table tieout.rule_change enable always trigger rule_change_guard;
--> statement-breakpoint
alter table tieout.rule_change enable always trigger rule_change_is_done;
--> statement-breakpoint
alter table tieout.rule_change enable always trigger rule_change_stays;
--> statement-breakpoint
alter table tieout.rule_approval enable always trigger rule_approval_guard;
--> statement-breakpoint
alter table tieout.rule_approval enable always trigger rule_approval_stays;
--> statement-breakpoint
alter table tieout.spec_version enable always trigger spec_version_stays;
--> statement-breakpoint
do $$
declare
  table_name text;
begin
  foreach table_name in array array['rule_change', 'rule_approval'] loop
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
grant update on tieout.rule_change to tieout_app;
--> statement-breakpoint
reset role;
