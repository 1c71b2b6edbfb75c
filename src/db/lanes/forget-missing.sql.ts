import type { Tx } from '../tx.ts';

/** These messages are gone from Slack: their cards will be posted anew. Returns those that nobody is working on. */
export async function forgetMissing(
  tx: Tx,
  gone: { workspaceId: string; channelId: string; tss: readonly string[] },
): Promise<{ outboxId: string; exceptionId: string | undefined; ts: string }[]> {
  const rows = await tx<{ outbox_id: string; exception_id: string | null; ts: string }[]>`
    with missing as (
      select o.workspace_id, o.outbox_id, o.exception_id, o.ts
      from outbox o
      where o.workspace_id = ${gone.workspaceId} and o.channel_id = ${gone.channelId}
        and o.ts = any(${gone.tss as string[]}::text[]) and o.kind in ('card', 'group') and o.lease_token is null
      for update
    )
    update outbox o set
      channel_id = null,
      ts = null,
      first_attempt_at = null,
      is_leaving = false,
      attempts = 1,
      status = 'pending',
      next_attempt_at = now(),
      last_error = 'message_not_found'
    from missing m
    where o.workspace_id = m.workspace_id and o.outbox_id = m.outbox_id
    returning m.outbox_id, m.exception_id, m.ts
  `;
  return rows.map((row) => ({
    outboxId: row.outbox_id,
    exceptionId: row.exception_id ?? undefined,
    ts: row.ts,
  }));
}
