import type { MemberLine } from '../../core/card.ts';
import type { Side } from '../../core/spec.ts';
import type { Tx } from '../tx.ts';

/** Both sides of each exception as they stand on the record: every document with its amount, day, file and line. */
export async function readMembers(
  tx: Tx,
  workspaceId: string,
  exceptionIds: readonly string[],
): Promise<Map<string, MemberLine[]>> {
  const rows = await tx<Row[]>`
    select m.exception_id, m.side, f.key as feed, r.source_ref, r.amount_minor, r.currency, to_char(r.occurred_on, 'YYYY-MM-DD') as occurred_on,
           d.name as delivery, r.line, r.fields::json
    from exception_member m
    join record r on r.workspace_id = m.workspace_id and r.record_id = m.record_id
    join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
    join delivery d on d.workspace_id = r.workspace_id and d.delivery_id = r.delivery_id
    where m.workspace_id = ${workspaceId} and m.exception_id = any(${exceptionIds as string[]}::uuid[])
    order by m.side desc, r.occurred_on, r.source_ref collate "C"`;
  const members = new Map<string, MemberLine[]>(exceptionIds.map((id) => [id, []]));
  for (const row of rows) members.get(row.exception_id)?.push(toLine(row));
  return members;
}

const toLine = (row: Row): MemberLine => ({
  side: row.side,
  feed: row.feed,
  sourceRef: row.source_ref,
  amount:
    row.amount_minor === null || row.currency === null
      ? undefined
      : { minor: row.amount_minor, currency: row.currency },
  occurredOn: row.occurred_on,
  delivery: row.delivery,
  line: row.line,
  fields: row.fields,
});

type Row = {
  exception_id: string;
  side: Side;
  feed: string;
  source_ref: string;
  amount_minor: bigint | null;
  currency: string | null;
  occurred_on: string;
  delivery: string;
  line: number;
  fields: Record<string, string>;
};
