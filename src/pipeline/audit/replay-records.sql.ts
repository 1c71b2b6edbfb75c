import type { Tx } from '../../db/tx.ts';

export type RecordDifference = { readonly where: string; readonly what: string };

/**
 * Feeds of which there are more or fewer versions of records than the trail says were written, or whose amounts come to another
 * sum: an amount that was changed, a record that was put there or taken away. Told by feed and currency, as the trail has sums;
 * two changes that cancel each other out are not seen. Nothing is compared of a feed whose deliveries the trail never spoke of.
 */
export async function replayRecords(tx: Tx, workspaceId: string): Promise<RecordDifference[]> {
  return await tx<RecordDifference[]>`
    with said as (
      select b ->> 'feed' as feed, action <> 'record.edited' as is_delivery,
             case when action = 'record.edited' then 1
                  else (b ->> 'rows_new')::bigint + (b ->> 'rows_changed')::bigint end as versions,
             -- A delivery without unchanged rows wrote all that its control totals count.
             coalesce(b -> 'amounts_written', case when b ->> 'rows_unchanged' = '0' then b -> 'amounts' end) as written
      from (select a.action, a.body::jsonb -> 'data' as b
            from audit_event a
            where a.workspace_id = ${workspaceId}
              and a.action in ('delivery.accepted', 'delivery.replayed', 'record.edited')) as read
    ), told as (
      select feed, sum(versions)::bigint as versions, bool_and(written is not null) as has_amounts
      from said group by feed having bool_or(is_delivery)
    ), version as (
      select r.feed_id, r.amount_minor, r.currency, r.is_removed from record r where r.workspace_id = ${workspaceId}
      union all
      select r.feed_id, v.amount_minor, v.currency, v.is_removed
      from record_version v
      join record r on r.workspace_id = v.workspace_id and r.record_id = v.record_id
      where v.workspace_id = ${workspaceId}
    ), kept as (
      select f.key as feed, v.currency, count(*) as versions,
             sum(v.amount_minor) filter (where not v.is_removed) as minor
      from version v
      join feed f on f.workspace_id = ${workspaceId} and f.feed_id = v.feed_id
      group by f.key, v.currency
    ), of_currency as (
      select s.feed, w.key as currency, sum(w.value::numeric) as minor
      from said s
      join told t on t.feed = s.feed and t.has_amounts
      cross join lateral jsonb_each_text(s.written) as w
      group by s.feed, w.key
    )
    select 'records of ' || t.feed as where,
           format('the trail says %s were written, edits among them, and there are %s', t.versions, coalesce(k.versions, 0)) as what
    from told t
    left join (select feed, sum(versions) as versions from kept group by feed) as k on k.feed = t.feed
    where t.versions <> coalesce(k.versions, 0)
    union all
    select 'records of ' || t.feed,
           format('the trail says that the amounts of all that was written come to %s minor units of %s, the rows to %s',
                  coalesce(o.minor, 0), coalesce(o.currency, k.currency), coalesce(k.minor, 0))
    from told t
    join (select feed, currency, minor from kept where currency is not null) as k
      full join of_currency o on o.feed = k.feed and o.currency = k.currency
      on t.feed = coalesce(o.feed, k.feed)
    where t.has_amounts and coalesce(o.minor, 0) <> coalesce(k.minor, 0)
    order by 1, 2
    limit 100`;
}
