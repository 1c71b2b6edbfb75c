import type { Tx } from '../tx.ts';

export type ThreadLine = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  /** The event that the line tells. */
  readonly seq: bigint;
};

/** A line for the thread of the exception's card, in its lane. The same event twice is one line. */
export async function insertLine(tx: Tx, outboxId: string, line: ThreadLine): Promise<void> {
  await tx`
    insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, exception_id, payload)
    select c.workspace_id, ${outboxId}::uuid, 'reply', 'reply:' || c.exception_id || ':' || ${line.seq.toString()}::text,
           c.address, c.exception_id, jsonb_build_object('seq', ${line.seq.toString()}::text)
    from outbox c
    where c.workspace_id = ${line.workspaceId} and c.dedupe_key = 'card:' || ${line.exceptionId}::text
    on conflict on constraint outbox_dedupe_key_unique do nothing`;
}
