-- Intake: deliveries that wait for a person, what was seen in each, rows that were corrected, and records a source took back.
-- Every new column has a constant default or is nullable: no rewrite, a short lock.
set role tieout_owner;
--> statement-breakpoint
alter table tieout.delivery
  drop constraint delivery_status_check,
  drop constraint delivery_problem_check,
  drop constraint delivery_control_total_check,
  -- Grows with everything that happens to the delivery; what a button of its message must know.
  add column version integer not null default 1,
  -- Its place among the feed's deliveries: when these bytes came first. Null in rows of earlier releases: received_at.
  add column ordered_at timestamptz,
  -- Rows read and not taken, because the delivery waits or was rejected.
  add column rows_held integer not null default 0,
  add column records_removed integer not null default 0,
  -- How its bytes were read, so that they can be read again.
  add column manner jsonb,
  -- Its columns with their kinds and blanks, from a sample of its rows.
  add column observed jsonb,
  -- What of it differs from the contract or from the deliveries before.
  add column findings jsonb not null default '[]',
  add column stream_version bigint,
  add column decided_by uuid,
  add column decided_at timestamptz,
  add column reason_code text,
  add column note text;
--> statement-breakpoint
alter table tieout.delivery
  add constraint delivery_status_check check (status in ('accepted', 'quarantined', 'held', 'released', 'rejected')),
  add constraint delivery_problem_check check (status not in ('accepted', 'quarantined') or (status = 'quarantined') = (problem is not null)),
  add constraint delivery_control_total_check check (rows_read = rows_new + rows_changed + rows_unchanged + rows_quarantined + rows_skipped + rows_held),
  add constraint delivery_held_check check (rows_held = 0 or status in ('held', 'released', 'rejected')),
  add constraint delivery_decision_check check ((decided_at is null) = (reason_code is null) and (status not in ('released', 'rejected') or decided_at is not null)),
  add constraint delivery_version_check check (version >= 1),
  add constraint delivery_decider_fk foreign key (workspace_id, decided_by) references tieout.person (workspace_id, person_id);
--> statement-breakpoint
create index delivery_recent_idx on tieout.delivery (workspace_id, feed_id, received_at desc);
--> statement-breakpoint
create index delivery_undecided_idx on tieout.delivery (workspace_id, feed_id) where status in ('held', 'released');
--> statement-breakpoint
-- A delivery only ever moves on, one version at a time, and what it was delivered as stays.
create function tieout.delivery_guard() returns trigger language plpgsql as $$
begin
  if new.version <> old.version + 1 then
    raise exception 'delivery %: version % cannot follow %', old.delivery_id, new.version, old.version using errcode = 'TIE01';
  end if;
  if (new.feed_id, new.checksum, new.name, new.bytes, new.received_at) is distinct from
     (old.feed_id, old.checksum, old.name, old.bytes, old.received_at) then
    raise exception 'delivery %: what was delivered cannot be changed', old.delivery_id using errcode = 'TIE01';
  end if;
  if not (old.status = new.status
          or old.status in ('held', 'quarantined') and new.status in ('released', 'rejected')
          or old.status = 'rejected' and new.status = 'released'
          or old.status = 'released' and new.status in ('accepted', 'quarantined', 'held')) then
    raise exception 'delivery %: % cannot become %', old.delivery_id, old.status, new.status using errcode = 'TIE01';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger delivery_guard before update on tieout.delivery for each row execute function tieout.delivery_guard();
--> statement-breakpoint
-- While a person's "Hold" stands, deliveries with a breaking change are held, whatever the contract's policy.
alter table tieout.feed add column holds_drift boolean not null default false;
--> statement-breakpoint
-- A record that its source took back: it takes no part in matching, and stays with all its versions.
alter table tieout.record add column is_removed boolean not null default false;
--> statement-breakpoint
alter table tieout.record_version add column is_removed boolean not null default false;
--> statement-breakpoint
-- The key and revision of a row that was kept out, where they could be read: a later delivery of that key corrects it, unless it is older.
alter table tieout.quarantined_row
  add column source_ref text collate "C",
  add column revision text collate "C";
--> statement-breakpoint
create index quarantined_row_source_ref_idx on tieout.quarantined_row (workspace_id, source_ref) where source_ref is not null;
--> statement-breakpoint
-- A quarantined row that needs nobody any more. The row itself is never changed.
create table tieout.settled_row (
  workspace_id uuid not null,
  delivery_id uuid not null,
  line integer not null,
  how text not null,
  settled_at timestamptz not null default now(),
  constraint settled_row_pk primary key (workspace_id, delivery_id, line),
  constraint settled_row_row_fk foreign key (workspace_id, delivery_id, line)
    references tieout.quarantined_row (workspace_id, delivery_id, line),
  constraint settled_row_how_check check (how in ('replayed', 'redelivered', 'superseded'))
);
--> statement-breakpoint
-- The bytes of a delivery that is not taken yet, packed, in parts; gone once it is.
create table tieout.kept_part (
  workspace_id uuid not null,
  delivery_id uuid not null,
  part integer not null,
  bytes bytea not null,
  constraint kept_part_pk primary key (workspace_id, delivery_id, part),
  constraint kept_part_delivery_fk foreign key (workspace_id, delivery_id) references tieout.delivery (workspace_id, delivery_id)
);
--> statement-breakpoint
-- While a delivery of the feed waits: keys that later deliveries brought without a change. They are newer than what waits.
create table tieout.seen_row (
  workspace_id uuid not null,
  feed_id uuid not null,
  source_ref text collate "C" not null,
  ordered_at timestamptz not null,
  constraint seen_row_pk primary key (workspace_id, feed_id, source_ref),
  constraint seen_row_feed_fk foreign key (workspace_id, feed_id) references tieout.feed (workspace_id, feed_id)
);
--> statement-breakpoint
-- What a source took back before it brought it: an older revision that comes later does not stand.
create table tieout.removed_key (
  workspace_id uuid not null,
  feed_id uuid not null,
  source_ref text collate "C" not null,
  revision text collate "C" not null,
  constraint removed_key_pk primary key (workspace_id, feed_id, source_ref),
  constraint removed_key_feed_fk foreign key (workspace_id, feed_id) references tieout.feed (workspace_id, feed_id)
);
--> statement-breakpoint
do $$
declare
  table_name text;
begin
  foreach table_name in array array['settled_row', 'kept_part', 'seen_row', 'removed_key'] loop
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
grant delete on tieout.kept_part, tieout.seen_row to tieout_app;
--> statement-breakpoint
grant update on tieout.seen_row, tieout.removed_key to tieout_app;
--> statement-breakpoint
reset role;
