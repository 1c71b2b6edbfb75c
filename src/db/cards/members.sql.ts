import type { MemberLine } from '../../core/card.ts';
import type { Side } from '../../core/spec.ts';
import type { Tx } from '../tx.ts';

/** Both sides of an exception as they stand on the record: each document with its amount, day, file and line. */
export async function readMembers(tx: Tx, workspaceId: string, exceptionId: string): Promise<MemberLine[]> {
  const rows = await tx<Row[]>`
    select m.side, f.key as feed, r.source_ref, r.amount_minor, r.currency, to_char(r.occurred_on, 'YYYY-MM-DD') as occurred_on,
           d.name as delivery, r.line, r.fields
    from exception_member m
    join record r on r.workspace_id = m.workspace_id and r.record_id = m.record_id
    join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
    join delivery d on d.workspace_id = r.workspace_id and d.delivery_id = r.delivery_id
    where m.workspace_id = ${workspaceId} and m.exception_id = ${exceptionId}
    order by m.side desc, r.occurred_on, r.source_ref collate "C"`;
  return rows.map((row) => ({
    side: row.side,
    feed: row.feed,
    sourceRef: row.source_ref,
    amount: { minor: row.amount_minor, currency: row.currency },
    occurredOn: row.occurred_on,
    delivery: row.delivery,
    line: row.line,
    fields: row.fields,
  }));
}

type Row = {
  side: Side;
  feed: string;
  source_ref: string;
  amount_minor: bigint;
  currency: string;
  occurred_on: string;
  delivery: string;
  line: number;
  fields: Record<string, string>;
};
