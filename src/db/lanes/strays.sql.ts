import type { Tx } from '../tx.ts';

export type SeenMessage = { readonly outboxId: string; readonly ts: string };

/** `isCopy`: the record knows it in the same channel, and the earlier one is kept; otherwise it stands elsewhere. */
export type Stray = { readonly ts: string; readonly isCopy: boolean };

/**
 * Which of the messages seen in a channel or a thread are ours and stand somewhere else by the record, while nobody is working on
 * them: left by a post that came late, perhaps to a place which was given up meanwhile.
 */
export async function straysAmong(
  tx: Tx,
  seen: { workspaceId: string; channelId: string; messages: readonly SeenMessage[] },
): Promise<Stray[]> {
  if (seen.messages.length === 0) return [];
  const rows = await tx<{ ts: string; is_copy: boolean }[]>`
    select s.ts, o.kind <> 'reply' and o.channel_id = ${seen.channelId} as is_copy
    from jsonb_to_recordset(${JSON.stringify(seen.messages)}::text::jsonb) as s ("outboxId" text, ts text)
    join outbox o on o.workspace_id = ${seen.workspaceId} and o.outbox_id::text = s."outboxId"
    where o.kind in ('card', 'group', 'reply') and o.lease_token is null and o.status in ('sent', 'pending')
      and o.ts is not null and (o.channel_id, o.ts) is distinct from (${seen.channelId}, s.ts)
      and not exists (
        select from remnant r
        where r.workspace_id = o.workspace_id and r.outbox_id = o.outbox_id and r.channel_id = ${seen.channelId}
          and r.ts = s.ts
      )
  `;
  return rows.map((row) => ({ ts: row.ts, isCopy: row.is_copy }));
}
