set role tieout_owner;
--> statement-breakpoint
-- How far a feed was pulled, and what went wrong last. The cursor moves in the transaction of the delivery, from the version
-- that was read: of two pulls at once one moves it, and the other keeps nothing.
create table tieout.source_state (
  workspace_id uuid not null,
  feed_id uuid not null,
  version bigint not null default 1,
  cursor text,
  position jsonb,
  last_content text,
  last_identity text,
  pulled_at timestamptz,
  failures integer not null default 0,
  problem_code text,
  problem text,
  failed_at timestamptz,
  retry_at timestamptz,
  refresh_token_sealed text,
  refresh_token_seed text,
  constraint source_state_pk primary key (workspace_id, feed_id),
  constraint source_state_feed_fk foreign key (workspace_id, feed_id) references tieout.feed (workspace_id, feed_id),
  constraint source_state_problem_check check ((problem is null) = (problem_code is null) and (problem is null) = (failed_at is null)),
  constraint source_state_token_check check ((refresh_token_sealed is null) = (refresh_token_seed is null))
);
--> statement-breakpoint
-- What was pushed to a feed, as it came. It is answered when it is stored here, and becomes records in batches.
create table tieout.webhook_event (
  workspace_id uuid not null,
  feed_id uuid not null,
  event_id text not null,
  body_sha256 text not null,
  body bytea not null,
  event_type text,
  status text not null,
  received_at timestamptz not null default clock_timestamp(),
  delivery_id uuid,
  constraint webhook_event_pk primary key (workspace_id, feed_id, event_id),
  constraint webhook_event_feed_fk foreign key (workspace_id, feed_id) references tieout.feed (workspace_id, feed_id),
  constraint webhook_event_delivery_fk foreign key (workspace_id, delivery_id)
    references tieout.delivery (workspace_id, delivery_id),
  constraint webhook_event_status_check check (status in ('stored', 'taken', 'parked')),
  constraint webhook_event_taken_check check (status = 'taken' or delivery_id is null)
);
--> statement-breakpoint
create index webhook_event_stored_idx on tieout.webhook_event (workspace_id, feed_id, received_at, event_id)
  where status = 'stored';
--> statement-breakpoint
alter table tieout.source_state enable row level security;
--> statement-breakpoint
alter table tieout.source_state force row level security;
--> statement-breakpoint
create policy source_state_tenant on tieout.source_state
  using (workspace_id = nullif(current_setting('tieout.workspace_id', true), '')::uuid);
--> statement-breakpoint
alter table tieout.webhook_event enable row level security;
--> statement-breakpoint
alter table tieout.webhook_event force row level security;
--> statement-breakpoint
create policy webhook_event_tenant on tieout.webhook_event
  using (workspace_id = nullif(current_setting('tieout.workspace_id', true), '')::uuid);
--> statement-breakpoint
grant select, insert, update on tieout.source_state, tieout.webhook_event to tieout_app;
--> statement-breakpoint
-- Events that became records long ago need not be kept.
grant delete on tieout.webhook_event to tieout_app;
--> statement-breakpoint
-- Stores events that were pushed, of any number of requests, and commits by itself. Returns which of them (by position, from 1) were
-- received before under the same name with another content; the same again is nothing. A twin under way is waited for.
create function tieout.receive_events(p_workspace_id uuid, p_feed_ids uuid[], p_ids text[], p_hashes text[], p_bodies bytea[],
  p_types text[], p_statuses text[])
returns integer[] language plpgsql as $$
declare
  stored integer;
begin
  perform tieout.enter_workspace(p_workspace_id);
  insert into tieout.webhook_event (workspace_id, feed_id, event_id, body_sha256, body, event_type, status)
    select p_workspace_id, n.* from unnest(p_feed_ids, p_ids, p_hashes, p_bodies, p_types, p_statuses) as n
    on conflict do nothing;
  get diagnostics stored = row_count;
  if stored = cardinality(p_ids) then
    return '{}';
  end if;
  return array(
    select n.position::integer
    from unnest(p_feed_ids, p_ids, p_hashes) with ordinality as n (feed_id, event_id, body_sha256, position)
    join tieout.webhook_event e
      on e.workspace_id = p_workspace_id and e.feed_id = n.feed_id and e.event_id = n.event_id
    where e.body_sha256 <> n.body_sha256
  );
end
$$;
--> statement-breakpoint
revoke all on function tieout.receive_events(uuid, uuid[], text[], text[], bytea[], text[], text[]) from public;
--> statement-breakpoint
grant execute on function tieout.receive_events(uuid, uuid[], text[], text[], bytea[], text[], text[]) to tieout_app;
--> statement-breakpoint
reset role;
