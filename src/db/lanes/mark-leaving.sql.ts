import type { Tx } from '../tx.ts';

/** The condition, over `outbox o`, that a card shows something that people can still act on. */
const showsLive = (tx: Tx) => tx`
  case o.kind
    when 'card' then exists (
      select from exception e
      where e.workspace_id = o.workspace_id and e.exception_id = o.exception_id and e.status not in ('resolved', 'cleared')
    )
    when 'group' then exists (
      select from flood_member m
      join exception e on e.workspace_id = m.workspace_id and e.exception_id = m.exception_id
      where m.workspace_id = o.workspace_id and m.group_id = (o.payload ->> 'group_id')::uuid
        and e.status not in ('resolved', 'cleared')
    )
    else false
  end
`;

export type Leaving = {
  readonly workspaceId: string;
  readonly address: string;
  /** Only those that stand in this channel. */
  readonly from?: string;
  /** Only those that stand anywhere else than in this channel. */
  readonly to?: string;
};

/** The lane's cards of live exceptions, and those that have a change to show, leave where they stand. Returns how many. */
export async function markLeaving(tx: Tx, leaving: Leaving): Promise<number> {
  const { from, to } = leaving;
  const rows = await tx`
    update outbox o set
      is_leaving = true,
      status = case when o.status in ('sent', 'dead') then 'pending' else o.status end,
      attempts = case when o.status in ('sent', 'dead') then 0 else o.attempts end,
      next_attempt_at = case when o.status in ('sent', 'dead') then now() else o.next_attempt_at end
    where o.workspace_id = ${leaving.workspaceId} and o.address = ${leaving.address}
      and o.kind in ('card', 'group') and o.ts is not null and not o.is_leaving
      and o.channel_id = coalesce(${from ?? null}, o.channel_id) and o.channel_id is distinct from ${to ?? null}
      and (o.status <> 'sent' or ${showsLive(tx)})
    returning o.outbox_id
  `;
  return rows.length;
}

/** This one card leaves where it stands. */
export async function markCardLeaving(
  tx: Tx,
  card: { workspaceId: string; outboxId: string; channelId: string },
): Promise<void> {
  await tx`
    update outbox set
      is_leaving = true,
      status = case when status in ('sent', 'dead') then 'pending' else status end,
      next_attempt_at = now()
    where workspace_id = ${card.workspaceId} and outbox_id = ${card.outboxId} and channel_id = ${card.channelId}
  `;
}
