import type { Tx } from '../tx.ts';

/** Tells listening senders, once this transaction commits, that something waits. They would find it within a second. */
export async function wakeSender(tx: Tx, workspaceId: string): Promise<void> {
  await tx`select pg_notify('tieout_outbox', ${workspaceId})`;
}
