import type { Tx } from '../tx.ts';

/**
 * What a card's row becomes when a newer version is wanted; for use after `on conflict … do update`.
 *
 * A card that is being sent stays so: who sends it sees the higher wanted revision when recording the outcome.
 */
export const wantAgain = (tx: Tx) => tx`
  set
    wanted_revision = greatest(outbox.wanted_revision, excluded.wanted_revision),
    status = case when outbox.status in ('sent', 'dead') then 'pending' else outbox.status end,
    attempts = case when outbox.status in ('sent', 'dead') then 0 else outbox.attempts end,
    next_attempt_at = case when outbox.status in ('sent', 'dead') then now() else outbox.next_attempt_at end
  where outbox.wanted_revision < excluded.wanted_revision or outbox.status = 'dead'
`;
