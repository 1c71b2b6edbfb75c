import type { RecordContent } from '../../core/edit.ts';
import type { Tx } from '../../db/tx.ts';

export type LockedRecord = RecordContent & { readonly recordId: string; readonly version: number };

/** The record as it is, which nobody else changes until the transaction ends; undefined when the source has none, or took it back. */
export async function lockRecord(
  tx: Tx,
  { workspaceId, feed, sourceRef }: { workspaceId: string; feed: string; sourceRef: string },
): Promise<LockedRecord | undefined> {
  const [row] = await tx<Row[]>`
    select r.record_id, r.version, r.amount_minor, r.currency, to_char(r.occurred_on, 'YYYY-MM-DD') as occurred_on,
           r.client, r.order_ref, r.fields::json
    from record r
    join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
    where r.workspace_id = ${workspaceId} and f.key = ${feed} and r.source_ref = ${sourceRef} and not r.is_removed
    for update of r`;
  return (
    row && {
      recordId: row.record_id,
      version: row.version,
      amountMinor: row.amount_minor ?? undefined,
      currency: row.currency ?? undefined,
      occurredOn: row.occurred_on,
      client: row.client ?? undefined,
      orderRef: row.order_ref ?? undefined,
      fields: row.fields,
    }
  );
}

type Row = {
  record_id: string;
  version: number;
  amount_minor: bigint | null;
  currency: string | null;
  occurred_on: string;
  client: string | null;
  order_ref: string | null;
  fields: Record<string, string>;
};
