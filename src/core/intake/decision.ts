import type { Role } from '../organisation.ts';

/** What a person can do about a delivery that waits. `hold`: it goes on waiting, and so do others with such a change until somebody accepts it. */
export const DECISIONS = ['release', 'reject', 'hold'] as const;
export type Decision = (typeof DECISIONS)[number];

export const DELIVERY_STATUSES = ['accepted', 'quarantined', 'held', 'released', 'rejected'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Why somebody decided so; `other` needs a note. */
export const REASON_CODES = {
  release: ['expected_change', 'source_confirmed', 'seasonal', 'catching_up', 'other'],
  reject: ['source_error', 'wrong_file', 'incomplete', 'delivered_twice', 'other'],
  hold: ['asking_source', 'mending_contract', 'other'],
} as const satisfies Record<Decision, readonly string[]>;

export type DecisionCode = (typeof REASON_CODES)[Decision][number];

export const LONGEST_NOTE = 2_000;

/** Where somebody stands towards a feed. */
export type FeedStanding = {
  /** They own its data, or belong to the team that does. */
  readonly isOwner: boolean;
  readonly roles: readonly Role[];
};

/** Who else than the data owner may decide. */
const DECIDERS: readonly Role[] = ['ops_lead', 'admin'];

export const mayDecide = ({ isOwner, roles }: FeedStanding): boolean =>
  isOwner || roles.some((role) => DECIDERS.includes(role));

/** Why a decision changed nothing. Returned, told to the person. */
export type DecisionRefusal =
  | { readonly code: 'delivery_unknown' }
  | {
      readonly code: 'not_waiting';
      readonly status: DeliveryStatus;
      readonly byName: string | undefined;
      readonly at: Date | undefined;
    }
  | { readonly code: 'may_not_decide' }
  | { readonly code: 'reason_unknown'; readonly given: string; readonly known: readonly string[] }
  | { readonly code: 'note_missing' }
  | { readonly code: 'note_long'; readonly limit: number }
  | { readonly code: 'bytes_gone' }
  | { readonly code: 'others_came' };

/** What of a decision can be judged without looking at the delivery. */
export function checkDecision(
  decision: Decision,
  { code, note }: { readonly code: string; readonly note: string | undefined },
): DecisionRefusal | undefined {
  const known: readonly string[] = REASON_CODES[decision];
  if (!known.includes(code)) return { code: 'reason_unknown', given: code, known };
  if (code === 'other' && (note ?? '').trim() === '') return { code: 'note_missing' };
  return (note ?? '').length > LONGEST_NOTE ? { code: 'note_long', limit: LONGEST_NOTE } : undefined;
}
