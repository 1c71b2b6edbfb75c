import type { Tx } from '../../db/tx.ts';

export type Replayed = {
  /** One message; undefined for all that the rest allows. */
  readonly messageId?: string | undefined;
  readonly since?: Date | undefined;
  readonly endpoint?: string | undefined;
  readonly deadOnly?: boolean;
};

/** Has messages sent again that were sent or given up, under their old ids and from their first attempt. Returns how many. */
export async function wantAgain(
  tx: Tx,
  { workspaceId, replayed, now }: { workspaceId: string; replayed: Replayed; now: Date },
): Promise<number> {
  const { messageId, since, endpoint, deadOnly } = replayed;
  const rows = await tx`
    update webhook_message m
    set state = 'pending', attempts = 0, next_at = ${now.toISOString()}::timestamptz
    from webhook_endpoint w
    where m.workspace_id = ${workspaceId} and w.workspace_id = m.workspace_id and w.endpoint_id = m.endpoint_id
      and m.state = any(${deadOnly ? ['dead'] : ['dead', 'sent']}::text[])
      and m.message_id = coalesce(${messageId ?? null}::uuid, m.message_id)
      and m.created_at >= coalesce(${since?.toISOString() ?? null}::timestamptz, m.created_at)
      and w.key = coalesce(${endpoint ?? null}, w.key)
    returning m.message_id`;
  return rows.length;
}
