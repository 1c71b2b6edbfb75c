import { newId } from '../new-id.ts';
import type { Tx } from '../tx.ts';

/** The threads of these exceptions' cards will show these events; nothing for one that has no card of its own. */
export async function insertEventLines(
  tx: Tx,
  workspaceId: string,
  events: readonly { readonly exceptionId: string; readonly seq: bigint }[],
): Promise<void> {
  if (events.length === 0) return;
  await tx`
    insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, exception_id, payload, created_at)
    select c.workspace_id, n.outbox_id, 'reply', 'reply:' || c.exception_id || ':' || n.seq, c.address, c.exception_id,
           jsonb_build_object('seq', n.seq), clock_timestamp()
    from unnest(${events.map(() => newId())}::uuid[], ${events.map(({ exceptionId }) => exceptionId)}::uuid[],
                ${events.map(({ seq }) => seq.toString())}::text[]) as n (outbox_id, exception_id, seq)
    join outbox c on c.workspace_id = ${workspaceId} and c.dedupe_key = 'card:' || n.exception_id
    on conflict on constraint outbox_dedupe_key_unique do nothing`;
}
