import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';

/** Offers of one person to another, one per exception, at the version that each offer makes. */
export async function insertOffers(
  tx: Tx,
  offers: {
    workspaceId: string;
    fromId: string;
    toId: string;
    note: string;
    now: Date;
    expiresAt: Date;
    made: readonly { exceptionId: string; version: number }[];
  },
): Promise<void> {
  if (offers.made.length === 0) return;
  await tx`
    insert into hand_over (workspace_id, hand_over_id, exception_id, exception_version, from_id, to_id, note, offered_at,
      expires_at)
    select ${offers.workspaceId}, m.hand_over_id, m.exception_id, m.version, ${offers.fromId}, ${offers.toId},
      ${offers.note}, ${offers.now.toISOString()}, ${offers.expiresAt.toISOString()}
    from unnest(${offers.made.map(newId)}::uuid[], ${offers.made.map(({ exceptionId }) => exceptionId)}::uuid[],
                ${offers.made.map(({ version }) => version)}::integer[]) as m (hand_over_id, exception_id, version)`;
}
