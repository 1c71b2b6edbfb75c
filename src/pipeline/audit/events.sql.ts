import type { ChainedEvent } from '../../core/chain.ts';
import type { Tx } from '../../db/tx.ts';

/** The whole trail in order, five thousand events at a time. */
export async function* eventsInOrder(tx: Tx, workspaceId: string): AsyncGenerator<ChainedEvent[]> {
  const query = tx<Row[]>`
    select seq, at, action, entity, entity_id, body, prev, hash
    from audit_event
    where workspace_id = ${workspaceId}
    order by seq`;
  for await (const rows of query.cursor(5000)) {
    yield rows.map(({ entity_id, ...row }) => ({ ...row, entityId: entity_id }));
  }
}

type Row = {
  seq: bigint;
  at: string;
  action: string;
  entity: string;
  entity_id: string;
  body: string;
  prev: string;
  hash: string;
};
