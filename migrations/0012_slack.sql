set role tieout_owner;
--> statement-breakpoint
-- A line's attempt was made in one thread; its card may stand elsewhere by the time somebody looks for it.
alter table tieout.outbox add column tried_thread_ts text;
--> statement-breakpoint
-- Until then a call whose outcome nobody learnt may still take effect in Slack.
alter table tieout.outbox add column settles_at timestamptz;
--> statement-breakpoint
-- An offer that ends changes the message that made it: it has no buttons any more.
create function tieout.offers_shown() returns trigger language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
begin
  with ended as (
    select n.workspace_id, n.exception_id, n.exception_version, n.to_id
    from ended_after n
    join ended_before b on b.workspace_id = n.workspace_id and b.hand_over_id = n.hand_over_id
    where b.state = 'open' and n.state <> 'open'
  ), shown as (
    select o.workspace_id, o.outbox_id
    from ended e
    join tieout.outbox o on o.workspace_id = e.workspace_id and o.exception_id = e.exception_id and o.kind = 'notice'
      and o.payload ->> 'notice' = 'offered' and o.payload #>> '{exception,version}' = e.exception_version::text
    union
    select o.workspace_id, o.outbox_id
    from (select e.workspace_id, e.to_id, array_agg(e.exception_id) as exception_ids from ended e group by 1, 2) m
    join tieout.bulk k on k.workspace_id = m.workspace_id and k.action = 'hand_over' and k.exception_ids && m.exception_ids
    join tieout.outbox o on o.workspace_id = k.workspace_id and o.dedupe_key = 'bulk:' || k.bulk_id || ':' || m.to_id
      and o.payload #>> '{bulk,what}' = 'offered'
  )
  update tieout.outbox o set
    wanted_revision = o.wanted_revision + 1,
    status = case when o.status = 'sent' then 'pending' else o.status end,
    attempts = case when o.status = 'sent' then 0 else o.attempts end,
    next_attempt_at = case when o.status = 'sent' then now() else o.next_attempt_at end
  from shown s
  where o.workspace_id = s.workspace_id and o.outbox_id = s.outbox_id;
  return null;
end
$$;
--> statement-breakpoint
create trigger offers_shown after update on tieout.hand_over
  referencing old table as ended_before new table as ended_after
  for each statement execute function tieout.offers_shown();
--> statement-breakpoint
reset role;
