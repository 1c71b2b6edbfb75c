import type { MatchRecord } from '../../core/match.ts';
import type { Side } from '../../core/spec.ts';
import { freeRecords } from '../../db/free-records.sql.ts';
import type { Tx } from '../../db/tx.ts';

/** Every record of the pool that nothing has taken yet, by the fields it is to be found by, taken in as they come. */
export async function remainder(tx: Tx, firstPass: string | undefined): Promise<MatchRecord[]> {
  const { rows: free, isFree } = freeRecords(tx, firstPass);
  const records: MatchRecord[] = [];
  // Column by column: as one JSON value per record the same costs both sides more than twice as much.
  const query = tx<Row[]>`
    select p.record_id, p.side, p.feed, p.source_ref, p.version, encode(p.content_hash, 'hex') as content_hash,
           p.amount_minor, p.currency, p.occurred_on,
           p.client, p.order_ref, coalesce(p.names, p.fields) as fields
    from ${free}
    where ${isFree}`;
  await query.forEach((row) => {
    records.push(toRecord(row));
  });
  return records;
}

type Row = {
  record_id: string;
  side: Side;
  feed: string;
  source_ref: string;
  version: number;
  content_hash: string;
  amount_minor: bigint | null;
  currency: string | null;
  occurred_on: string;
  client: string | null;
  order_ref: string | null;
  fields: Record<string, string>;
};

const toRecord = (row: Row): MatchRecord => ({
  recordId: row.record_id,
  side: row.side,
  feed: row.feed,
  sourceRef: row.source_ref,
  version: row.version,
  contentHash: row.content_hash,
  amountMinor: row.amount_minor ?? undefined,
  currency: row.currency ?? undefined,
  occurredOn: row.occurred_on,
  client: row.client ?? undefined,
  orderRef: row.order_ref ?? undefined,
  fields: row.fields,
});
