set role tieout_owner;
--> statement-breakpoint
-- As before, but which of the exceptions have a hold is looked up once: a run that opens more than 150,000 does so in parts, and to the planner, which
-- knows nothing yet of what the parts before it placed, reading all open holds for each exception looked as good as an index: of
-- 200,000 the 50,000 of the second part took 216 s, now 5 (2026-12-01).
create or replace function tieout.hold_exceptions(p_workspace_id uuid, p_exception_ids uuid[]) returns void language plpgsql
set search_path = pg_catalog, tieout, pg_temp as $$
declare
  placed timestamptz := clock_timestamp();
begin
  with already as materialized (
    select h.exception_id from tieout.hold h
    where h.workspace_id = p_workspace_id and h.exception_id = any(p_exception_ids) and h.state = 'open'
  ), wanted as materialized (
    select row_number() over (order by e.number) as nth, tieout.uuid_v7() as hold_id, k.kind, e.exception_id, e.client, e.order_ref,
      e.payee, a.minor, a.currency, e.reason, placed + p.expire_ms * interval '1 millisecond' as expires_at,
      coalesce(
        (select (v.body::json -> 'actor')::text from tieout.audit_event v
         where v.workspace_id = e.workspace_id and v.seq = e.last_seq),
        '{"kind": "program", "name": "database"}') as actor
    from tieout.exception e
    cross join lateral tieout.held_kind(e.severity, e.hold_kind) as k (kind)
    cross join lateral tieout.held_amount(e.at_stake_minor, e.currency) as a
    left join tieout.hold_policy p on p.workspace_id = e.workspace_id and p.kind = k.kind
    where e.workspace_id = p_workspace_id and e.exception_id = any(p_exception_ids) and e.closed_at is null
      and k.kind is not null
      and e.exception_id not in (select h.exception_id from already h)
  ), actors as materialized (
    select w.actor, tieout.canonical(jsonb_strip_nulls(w.actor::jsonb)) as said from wanted w group by w.actor
  ), appended as materialized (
    select (tieout.audit_append(p_workspace_id, array_agg(
      tieout.hold_text('hold.placed', c.said, w.reason, null, w.hold_id, 1, 'open', null, w.kind, w.exception_id, w.client,
        w.order_ref, w.payee, w.minor, w.currency, w.expires_at)
      order by w.nth)))[1] as first
    from wanted w
    join actors c on c.actor = w.actor
    having count(*) > 0
  )
  insert into tieout.hold (workspace_id, hold_id, number, kind, exception_id, client, order_ref, payee, amount_minor, currency, reason,
      placed_at, expires_at, last_seq)
    select p_workspace_id, w.hold_id, s.seq, w.kind, w.exception_id, w.client, w.order_ref, w.payee, w.minor, w.currency, w.reason,
      placed, w.expires_at, s.seq
    from wanted w
    cross join appended a
    cross join lateral (select a.first + w.nth - 1 as seq) as s;
end
$$;
--> statement-breakpoint
reset role;
