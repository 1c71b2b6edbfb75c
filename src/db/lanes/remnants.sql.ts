import type { Tx } from '../tx.ts';

/** What stands where a card stood; `isCard`: still with its buttons, because it could not be changed. */
export type Remnant = {
  readonly outboxId: string;
  readonly channelId: string;
  readonly ts: string;
  readonly isCard: boolean;
};

/** Messages of this channel that are no cards any more by our record, although they may look like one. */
export async function remnantsIn(tx: Tx, workspaceId: string, channelId: string): Promise<Set<string>> {
  const rows = await tx<{ ts: string }[]>`
    select ts from remnant where workspace_id = ${workspaceId} and channel_id = ${channelId} and is_card
  `;
  return new Set(rows.map(({ ts }) => ts));
}

/** So many are tried again in one pass. */
const MOST = 20;

/** Remnants of a lane that still look like cards, oldest first, with the channel where their card stands now. */
export async function cardsLeftBehind(
  tx: Tx,
  workspaceId: string,
  address: string,
): Promise<(Remnant & { nowIn: string })[]> {
  const rows = await tx<{ outbox_id: string; channel_id: string; ts: string; now_in: string }[]>`
    select r.outbox_id, r.channel_id, r.ts, o.channel_id as now_in
    from remnant r
    join outbox o on o.workspace_id = r.workspace_id and o.outbox_id = r.outbox_id
    where r.workspace_id = ${workspaceId} and r.is_card and o.address = ${address} and o.channel_id is not null
      and not o.is_leaving
    order by r.left_at, r.outbox_id
    limit ${MOST}
  `;
  return rows.map((row) => ({
    outboxId: row.outbox_id,
    channelId: row.channel_id,
    ts: row.ts,
    isCard: true,
    nowIn: row.now_in,
  }));
}

/** The remnant is a pointer now, or, with `isGone`, nothing at all. */
export async function settleRemnant(
  tx: Tx,
  settled: { workspaceId: string; remnant: Remnant; isGone: boolean },
): Promise<void> {
  const { workspaceId, remnant, isGone } = settled;
  if (isGone) {
    await tx`
      delete from remnant
      where workspace_id = ${workspaceId} and outbox_id = ${remnant.outboxId} and channel_id = ${remnant.channelId}
        and ts = ${remnant.ts}
    `;
    return;
  }
  await tx`
    update remnant set is_card = false
    where workspace_id = ${workspaceId} and outbox_id = ${remnant.outboxId} and channel_id = ${remnant.channelId}
      and ts = ${remnant.ts}
  `;
}
