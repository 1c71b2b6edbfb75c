import type { ProposalState } from './adjust.ts';
import type { OfferState } from './hand-over.ts';
import type { Status } from './lifecycle.ts';
import type { StoredMoney } from './message.ts';
import type { AmountRefusal } from './money.ts';
import type { PersonAction } from './permission.ts';
import type { RuleChangeState, Seat } from './rule-change.ts';

/** Why a press changed nothing. Expected, returned, told to the person; never thrown. */
export type Refusal =
  | { readonly code: 'not_found' }
  | {
      readonly code: 'already_claimed';
      readonly ownerName: string;
      readonly since: Date;
      readonly isYou: boolean;
    }
  | {
      readonly code: 'already_closed';
      readonly status: Status;
      readonly byName: string | undefined;
      readonly at: Date;
    }
  | { readonly code: 'wrong_status'; readonly action: PersonAction; readonly status: Status }
  | { readonly code: 'stale_card'; readonly status: Status; readonly ownerName: string | undefined }
  | { readonly code: 'not_permitted'; readonly action: PersonAction; readonly whoMay: string }
  | { readonly code: 'unknown_code'; readonly given: string; readonly known: readonly string[] }
  | { readonly code: 'note_required'; readonly label: string }
  | { readonly code: 'note_too_long'; readonly limit: number }
  | { readonly code: 'amount_required'; readonly label: string }
  | {
      readonly code: 'amount_unreadable';
      readonly problem: AmountRefusal['code'];
      readonly detail: string;
    }
  | { readonly code: 'other_currency'; readonly given: string; readonly currency: string }
  | { readonly code: 'amount_not_positive' }
  | { readonly code: 'amount_above'; readonly most: StoredMoney; readonly adjusted: StoredMoney }
  | { readonly code: 'reason_code_required'; readonly label: string }
  | { readonly code: 'unknown_reason_code'; readonly given: string; readonly known: readonly string[] }
  | { readonly code: 'period_unreadable'; readonly given: string }
  | { readonly code: 'period_ahead'; readonly period: string; readonly latest: string }
  | { readonly code: 'no_open_period'; readonly period: string }
  | { readonly code: 'own_proposal' }
  | { readonly code: 'proposal_over'; readonly how: Exclude<ProposalState, 'open'> }
  | { readonly code: 'nobody_to_approve' }
  | { readonly code: 'hold_unknown'; readonly given: string }
  | { readonly code: 'hold_over'; readonly label: string }
  | { readonly code: 'already_asked'; readonly byName: string; readonly until: Date }
  | { readonly code: 'entry_unknown'; readonly given: string }
  | { readonly code: 'entry_reversed'; readonly label: string; readonly isReversal: boolean }
  | { readonly code: 'not_in_bulk'; readonly label: string }
  | { readonly code: 'not_by_matching'; readonly label: string }
  | { readonly code: 'evidence_required'; readonly label: string }
  | { readonly code: 'evidence_unreadable'; readonly given: string }
  | { readonly code: 'reason_required' }
  | { readonly code: 'already_theirs'; readonly ownerName: string }
  | { readonly code: 'already_offered'; readonly toName: string; readonly until: Date }
  | { readonly code: 'offer_not_yours'; readonly toName: string }
  | { readonly code: 'offer_over'; readonly how: Exclude<OfferState, 'open'> }
  | { readonly code: 'until_required' }
  | { readonly code: 'until_not_ahead'; readonly today: string }
  | { readonly code: 'until_too_far'; readonly latest: string }
  | { readonly code: 'unknown_target'; readonly given: string }
  | { readonly code: 'inactive_person' }
  | { readonly code: 'record_unknown'; readonly given: string }
  | { readonly code: 'unpairable'; readonly given: string; readonly why: Unpairable }
  | {
      readonly code: 'matched_by_hand';
      readonly given: string;
      readonly byName: string;
      readonly number: number;
    }
  | { readonly code: 'kept_apart'; readonly given: string; readonly byName: string; readonly at: Date }
  | { readonly code: 'not_kept_apart'; readonly given: string }
  | { readonly code: 'not_matched' }
  /** Of documents that would each be kept apart from each of the other side. */
  | { readonly code: 'too_many_apart'; readonly pairs: number; readonly most: number }
  | { readonly code: 'run_under_way' }
  | { readonly code: 'not_on_agenda' }
  | { readonly code: 'rules_gone'; readonly reconciliation: string }
  | RuleRefusal;

/** Why a change of a rule was not proposed, or not decided so. */
export type RuleRefusal =
  | { readonly code: 'rules_not_governed' }
  | { readonly code: 'rule_unknown'; readonly reconciliation: string }
  | { readonly code: 'rule_unchanged'; readonly reconciliation: string; readonly version: number }
  | {
      readonly code: 'rule_change_pending';
      readonly reconciliation: string;
      readonly byName: string;
      readonly until: Date;
    }
  | { readonly code: 'too_few_approvers' }
  | { readonly code: 'rule_change_unknown' }
  | {
      readonly code: 'rule_change_over';
      readonly how: Exclude<RuleChangeState, 'pending'>;
      /** Undefined when the clock ended it. */
      readonly byName: string | undefined;
      readonly at: Date;
    }
  | { readonly code: 'rule_change_outdated'; readonly reconciliation: string }
  | { readonly code: 'own_rule_change' }
  | { readonly code: 'already_seated'; readonly seat: Seat }
  | { readonly code: 'seat_taken'; readonly seat: Seat; readonly byName: string; readonly at: Date }
  | { readonly code: 'seat_not_yours'; readonly seat: Seat }
  | { readonly code: 'seat_unknown'; readonly given: string };

/** Why a record cannot be matched with those of an exception. */
export type Unpairable =
  | 'several'
  | 'same_side'
  | 'both_sides'
  | 'repeats'
  | 'together'
  | 'later'
  | 'left_out';

export type RefusalCode = Refusal['code'];
