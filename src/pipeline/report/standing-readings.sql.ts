import type { Tx } from '../../db/tx.ts';

/** One number about how a workspace stands, by the name it has among metrics. */
export type StandingReading = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/**
 * What an operator watches of one workspace as of now, each number by an index: nothing is counted that only grows. No money and
 * nobody's name: whoever may scrape need not be allowed to see the record.
 */
export async function standingReadings(tx: Tx, workspaceId: string): Promise<StandingReading[]> {
  const rows = await tx<StandingReading[]>`
    with live as (
      select e.status, count(*) as count,
             count(*) filter (where e.due_at < coalesce(e.due_paused_at, now())) as overdue
      from exception e
      where e.workspace_id = ${workspaceId} and e.status not in ('resolved', 'cleared')
      group by e.status
    ), waiting as (
      select o.status, count(*) as count, min(o.created_at) as oldest
      from outbox o
      where o.workspace_id = ${workspaceId} and o.status in ('pending', 'sending')
      group by o.status
    ), latest as (
      select r.key, newest.status, newest.started_at, newest.finished_at, done.finished_at as done_at
      from reconciliation r
      cross join lateral (
        select u.status, u.started_at, u.finished_at from run u
        where u.workspace_id = r.workspace_id and u.reconciliation_id = r.reconciliation_id and u.mode = 'active'
          and u.plan_hash is distinct from '' -- one that found another under way is none
        order by u.started_at desc limit 1
      ) as newest
      left join lateral (
        select u.finished_at from run u
        where u.workspace_id = r.workspace_id and u.reconciliation_id = r.reconciliation_id and u.mode = 'active'
          and u.status in ('applied', 'unchanged') and u.plan_hash <> ''
        order by u.started_at desc limit 1
      ) as done on true
      where r.workspace_id = ${workspaceId}
    ), fed as (
      select f.key, newest.received_at,
             (select count(*) from delivery d where d.workspace_id = f.workspace_id and d.feed_id = f.feed_id
                and d.status in ('held', 'released')) as undecided,
             exists (select from source_state s where s.workspace_id = f.workspace_id and s.feed_id = f.feed_id
                and s.problem is not null) as is_failing
      from feed f
      left join lateral (
        select d.received_at from delivery d
        where d.workspace_id = f.workspace_id and d.feed_id = f.feed_id
        order by d.received_at desc limit 1
      ) as newest on true
      where f.workspace_id = ${workspaceId}
    ), told (name, labels, value) as (
      select 'tieout_exceptions', jsonb_build_object('status', status), count::double precision from live
      union all
      select 'tieout_exceptions_overdue', '{}', coalesce(sum(overdue), 0) from live
      union all
      select 'tieout_holds_open', '{}', count(*) from hold h where h.workspace_id = ${workspaceId} and h.state = 'open'
      union all
      select 'tieout_outbox_waiting', '{}', coalesce(sum(count), 0) from waiting
      union all
      select 'tieout_outbox_oldest_timestamp_seconds', '{}', extract(epoch from min(oldest)) from waiting
      union all
      select 'tieout_outbox_dead', '{}', count(*)
      from outbox o where o.workspace_id = ${workspaceId} and o.status = 'dead'
      union all
      select 'tieout_webhook_messages', jsonb_build_object('state', state), count(*)
      from webhook_message w where w.workspace_id = ${workspaceId} and w.state in ('pending', 'dead')
      group by state
      union all
      select 'tieout_run_failed', jsonb_build_object('reconciliation', key), (status = 'failed')::integer from latest
      union all
      select 'tieout_run_seconds', jsonb_build_object('reconciliation', key), extract(epoch from finished_at - started_at)
      from latest
      union all
      select 'tieout_run_done_timestamp_seconds', jsonb_build_object('reconciliation', key), extract(epoch from done_at)
      from latest
      union all
      select 'tieout_delivery_timestamp_seconds', jsonb_build_object('feed', key), extract(epoch from received_at) from fed
      union all
      select 'tieout_deliveries_undecided', jsonb_build_object('feed', key), undecided from fed
      union all
      select 'tieout_source_failing', jsonb_build_object('feed', key), is_failing::integer from fed
      union all
      select 'tieout_audit_events', '{}', coalesce(max(h.seq), 0) from audit_head h where h.workspace_id = ${workspaceId}
      union all
      select 'tieout_audit_anchored_events', '{}', coalesce(max(a.seq), 0)
      from audit_anchor a where a.workspace_id = ${workspaceId}
    )
    select told.name, told.labels || jsonb_build_object('workspace', w.name) as labels, told.value::double precision as value
    from told
    join workspace w on w.workspace_id = ${workspaceId}
    where told.value is not null
    order by told.name, told.labels`;
  return [...rows];
}
