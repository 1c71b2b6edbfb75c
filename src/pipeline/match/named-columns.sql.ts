import { SIDES, type Side } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import type { SideFeeds } from './side-feeds.sql.ts';

/** A column of a record that holds what one of its fields holds. */
export type NamedColumn = 'client' | 'order_ref';

/** By side, the fields that stand in a column of their own as well. */
export type NamedColumns = Readonly<Record<Side, ReadonlyMap<string, NamedColumn>>>;

/**
 * The fields that a feed's contract names `client` and `order_ref`: the records have them as columns, where they are read without
 * reading JSON. Only where all versions of the contract that were ever recorded name the same field: a record keeps the
 * columns that the contract of its day gave it.
 */
export async function namedColumns(
  tx: Tx,
  { workspaceId, feeds }: { workspaceId: string; feeds: SideFeeds },
): Promise<NamedColumns> {
  const rows = await tx<{ feed: string; client: string | null; order_ref: string | null }[]>`
    select c.feed_id as feed,
           case when count(c.body ->> 'client') = count(*) and min(c.body ->> 'client') = max(c.body ->> 'client')
                then min(c.body ->> 'client') end as client,
           case when count(c.body ->> 'order_ref') = count(*) and min(c.body ->> 'order_ref') = max(c.body ->> 'order_ref')
                then min(c.body ->> 'order_ref') end as order_ref
    from contract_version c
    where c.workspace_id = ${workspaceId} and c.feed_id in (${feeds.expected}::uuid, ${feeds.actual}::uuid)
    group by c.feed_id`;
  const of = (side: Side): ReadonlyMap<string, NamedColumn> => {
    const row = rows.find(({ feed }) => feed === feeds[side]);
    const columns = new Map<string, NamedColumn>();
    if (row?.client) columns.set(row.client, 'client');
    if (row?.order_ref) columns.set(row.order_ref, 'order_ref');
    return columns;
  };
  return Object.fromEntries(SIDES.map((side) => [side, of(side)])) as Record<
    Side,
    ReadonlyMap<string, NamedColumn>
  >;
}
