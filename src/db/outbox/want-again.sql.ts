import type { Tx } from '../tx.ts';

/**
 * What a card's row becomes when a newer version is wanted; for use after `on conflict … do update`.
 *
 * A card that is being sent stays so: who sends it sees the higher wanted revision when recording the outcome. One whose
 * exception belongs to another team by now leaves for that team's channel.
 */
export const wantAgain = (tx: Tx) => tx`
  set
    address = excluded.address,
    is_leaving = outbox.is_leaving or outbox.address <> excluded.address and outbox.ts is not null,
    wanted_revision = greatest(outbox.wanted_revision, excluded.wanted_revision),
    status = case when outbox.status in ('sent', 'dead') then 'pending' else outbox.status end,
    attempts = case when outbox.status in ('sent', 'dead') then 0 else outbox.attempts end,
    next_attempt_at = case when outbox.status in ('sent', 'dead') then now() else outbox.next_attempt_at end
  where outbox.wanted_revision < excluded.wanted_revision or outbox.status = 'dead'
`;
