import type { Tx } from '../tx.ts';

/**
 * The message stands at `ts` of the channel it is in from now on; false, and nothing changed, while a sender works on it or
 * when it is not in that channel. A card that shows less there than it should is pending again.
 */
export async function pointAt(
  tx: Tx,
  kept: { workspaceId: string; outboxId: string; channelId: string; ts: string; revision: number },
): Promise<boolean> {
  const rows = await tx`
    update outbox set
      ts = ${kept.ts},
      sent_revision = case when ts = ${kept.ts} then sent_revision else ${kept.revision}::integer end,
      status = case
        when kind in ('card', 'group') and status = 'sent' and ts <> ${kept.ts} and wanted_revision > ${kept.revision}::integer then 'pending'
        else status
      end
    where workspace_id = ${kept.workspaceId} and outbox_id::text = ${kept.outboxId}
      and channel_id = ${kept.channelId} and lease_token is null and ts is not null
    returning outbox_id
  `;
  return rows.length === 1;
}
