import type { Tx } from '../../db/tx.ts';

export type DeliveryOrder = {
  /** When these bytes came first, or now. */
  readonly orderedAt: Date;
  /** Of that day, in the feed's zone; 1 is Monday. */
  readonly weekday: number;
  /** Whether another delivery of the feed came after them. */
  readonly isPast: boolean;
  readonly isReread: boolean;
  /** No delivery of the feed is on record. */
  readonly isFirst: boolean;
};

type Row = {
  readonly first: Date | null;
  readonly last: Date | null;
  readonly now: Date;
  readonly taken: boolean | null;
  readonly weekday: number;
};

/** Where bytes stand among the feed's deliveries, of which there are none where the checksum is not known yet; asked once the feed is locked, so that nobody comes between. */
export async function orderOf(
  tx: Tx,
  about: { workspaceId: string; feedId: string; checksum: string | undefined; zone: string },
): Promise<DeliveryOrder> {
  const { workspaceId, feedId, checksum = '', zone } = about;
  const [row] = await tx<Row[]>`
    select min(coalesce(d.ordered_at, d.received_at)) filter (where d.checksum = ${checksum}) as first,
           bool_or(d.status = 'accepted') filter (where d.checksum = ${checksum}) as taken,
           max(coalesce(d.ordered_at, d.received_at)) filter (where d.checksum <> ${checksum}) as last,
           clock_timestamp() as now,
           extract(isodow from coalesce(
             min(coalesce(d.ordered_at, d.received_at)) filter (where d.checksum = ${checksum}), clock_timestamp()
           ) at time zone ${zone})::integer as weekday
    from delivery d
    where d.workspace_id = ${workspaceId} and d.feed_id = ${feedId}`;
  if (row === undefined) throw new Error('an aggregate gave no row');
  const orderedAt = row.first ?? row.now;
  const isPast = row.first !== null && row.last !== null && row.last > row.first;
  const isFirst = row.first === null && row.last === null;
  return { orderedAt, weekday: row.weekday, isPast, isReread: row.taken ?? false, isFirst };
}
