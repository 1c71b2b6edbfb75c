import type { KeptOut } from '../../core/intake/delivery-facts.ts';
import type { Tx } from '../../db/tx.ts';

type Row = {
  readonly reason: string;
  readonly rows: number;
  readonly first: number;
  readonly detail: string;
};

/**
 * The rows of a delivery that break its contract, by reason, the most frequent first; undefined when there are none. Rows that only lost to
 * another one are none of these: nothing is to be done about them.
 */
export async function readKeptOut(
  tx: Tx,
  { workspaceId, deliveryId }: { workspaceId: string; deliveryId: string },
): Promise<KeptOut | undefined> {
  const found = await tx<Row[]>`
    select o.reason, o.rows, o.first, f.detail
    from (
      select q.reason, count(*)::integer as rows, min(q.line) as first
      from quarantined_row q
      where q.workspace_id = ${workspaceId} and q.delivery_id = ${deliveryId} and q.line > 0
        and q.reason not in ('older_revision', 'superseded', 'older_delivery')
        and (q.reason <> 'duplicate_key' or q.source_ref is null)
      group by q.reason
    ) o
    join quarantined_row f on f.workspace_id = ${workspaceId} and f.delivery_id = ${deliveryId} and f.line = o.first
    order by o.rows desc, o.first`;
  const [first] = [...found].sort((one, other) => one.first - other.first);
  if (first === undefined) return undefined;
  return {
    rows: found.reduce((sum, { rows }) => sum + rows, 0),
    reasons: found.map(({ reason, rows }) => ({ reason, rows })),
    first: { line: first.first, reason: first.reason, detail: first.detail },
  };
}
