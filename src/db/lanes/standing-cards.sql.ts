import type { Tx } from '../tx.ts';

/** A card of something live that stands in a channel, and nobody is working on. */
export type StandingCard = {
  readonly outboxId: string;
  readonly exceptionId: string | undefined;
  readonly channelId: string;
  readonly ts: string;
};

/** So many cards of one lane are compared in one pass, the newest first; older ones are told of by their next change. */
const MOST = 5_000;

/** The lane's cards of live exceptions with the places where they stand, newest first. */
export async function standingCards(tx: Tx, workspaceId: string, address: string): Promise<StandingCard[]> {
  const rows = await tx<{ outbox_id: string; exception_id: string | null; channel_id: string; ts: string }[]>`
    with live as (
      -- From what is live, which is few, to its cards: the outbox keeps every card there ever was.
      select 'card:' || e.exception_id as card_key
      from exception e
      where e.workspace_id = ${workspaceId} and e.status not in ('resolved', 'cleared')
      union
      select 'group:' || m.group_id
      from exception e
      join flood_member m on m.workspace_id = e.workspace_id and m.exception_id = e.exception_id
      where e.workspace_id = ${workspaceId} and e.status not in ('resolved', 'cleared')
    )
    select o.outbox_id, o.exception_id, o.channel_id, o.ts
    from live
    join outbox o on o.workspace_id = ${workspaceId} and o.dedupe_key = live.card_key
    where o.address = ${address} and o.ts is not null and not o.is_leaving and o.status = 'sent'
    order by o.ts desc
    limit ${MOST}
  `;
  return rows.map((row) => ({
    outboxId: row.outbox_id,
    exceptionId: row.exception_id ?? undefined,
    channelId: row.channel_id,
    ts: row.ts,
  }));
}
