import { STATUSES } from '../../src/core/lifecycle.ts';
import { storedMoney } from '../../src/core/message.ts';
import { PERSON_ACTIONS } from '../../src/core/permission.ts';
import type { Refusal, RefusalCode } from '../../src/core/refusal.ts';
import { SEATS } from '../../src/core/rule-change.ts';
import type { Fill } from './hostile-fill.ts';

const DAY = '2026-12-01';

/** Every refusal there is, with hostile texts in it. */
export const REFUSALS_IN = {
  not_found: () => ({ code: 'not_found' }),
  already_claimed: (fill) => ({
    code: 'already_claimed',
    ownerName: fill.text(),
    since: fill.instant(),
    isYou: fill.yes(),
  }),
  already_closed: (fill) => ({
    code: 'already_closed',
    status: fill.pick(['resolved', 'cleared']),
    byName: fill.maybe(),
    at: fill.instant(),
  }),
  wrong_status: (fill) => ({
    code: 'wrong_status',
    action: fill.pick(PERSON_ACTIONS),
    status: fill.pick(STATUSES),
  }),
  stale_card: (fill) => ({ code: 'stale_card', status: fill.pick(STATUSES), ownerName: fill.maybe() }),
  not_permitted: (fill) => ({
    code: 'not_permitted',
    action: fill.pick(PERSON_ACTIONS),
    whoMay: fill.text(),
  }),
  unknown_code: (fill) => ({ code: 'unknown_code', given: fill.text(), known: fill.many(30, fill.text) }),
  note_required: (fill) => ({ code: 'note_required', label: fill.text() }),
  note_too_long: () => ({ code: 'note_too_long', limit: 3_000 }),
  amount_required: (fill) => ({ code: 'amount_required', label: fill.text() }),
  amount_unreadable: (fill) => ({
    code: 'amount_unreadable',
    problem: fill.pick(['amount_empty', 'amount_malformed', 'amount_too_precise', 'amount_out_of_range']),
    detail: fill.text(),
  }),
  other_currency: (fill) => ({ code: 'other_currency', given: fill.text(), currency: 'USD' }),
  amount_not_positive: () => ({ code: 'amount_not_positive' }),
  amount_above: (fill) => ({
    code: 'amount_above',
    most: storedMoney(fill.money()),
    adjusted: storedMoney(fill.money()),
  }),
  reason_code_required: (fill) => ({ code: 'reason_code_required', label: fill.text() }),
  unknown_reason_code: (fill) => ({
    code: 'unknown_reason_code',
    given: fill.text(),
    known: fill.many(30, fill.text),
  }),
  period_unreadable: (fill) => ({ code: 'period_unreadable', given: fill.text() }),
  period_ahead: (fill) => ({ code: 'period_ahead', period: fill.text(), latest: '2026-11' }),
  no_open_period: (fill) => ({ code: 'no_open_period', period: fill.text() }),
  own_proposal: () => ({ code: 'own_proposal' }),
  proposal_over: (fill) => ({
    code: 'proposal_over',
    how: fill.pick(['approved', 'rejected', 'withdrawn', 'lapsed']),
  }),
  nobody_to_approve: () => ({ code: 'nobody_to_approve' }),
  hold_unknown: (fill) => ({ code: 'hold_unknown', given: fill.text() }),
  hold_over: () => ({ code: 'hold_over', label: 'H-12' }),
  already_asked: (fill) => ({ code: 'already_asked', byName: fill.text(), until: fill.instant() }),
  entry_unknown: (fill) => ({ code: 'entry_unknown', given: fill.text() }),
  entry_reversed: (fill) => ({ code: 'entry_reversed', label: 'A-12', isReversal: fill.yes() }),
  not_in_bulk: (fill) => ({ code: 'not_in_bulk', label: fill.text() }),
  not_by_matching: (fill) => ({ code: 'not_by_matching', label: fill.text() }),
  evidence_required: (fill) => ({ code: 'evidence_required', label: fill.text() }),
  evidence_unreadable: (fill) => ({ code: 'evidence_unreadable', given: fill.text() }),
  not_on_agenda: () => ({ code: 'not_on_agenda' }),
  reason_required: () => ({ code: 'reason_required' }),
  already_theirs: (fill) => ({ code: 'already_theirs', ownerName: fill.text() }),
  already_offered: (fill) => ({ code: 'already_offered', toName: fill.text(), until: fill.instant() }),
  offer_not_yours: (fill) => ({ code: 'offer_not_yours', toName: fill.text() }),
  offer_over: (fill) => ({
    code: 'offer_over',
    how: fill.pick(['accepted', 'declined', 'lapsed', 'withdrawn']),
  }),
  until_required: () => ({ code: 'until_required' }),
  until_not_ahead: () => ({ code: 'until_not_ahead', today: DAY }),
  until_too_far: () => ({ code: 'until_too_far', latest: DAY }),
  unknown_target: (fill) => ({ code: 'unknown_target', given: fill.text() }),
  inactive_person: () => ({ code: 'inactive_person' }),
  record_unknown: (fill) => ({ code: 'record_unknown', given: fill.text() }),
  unpairable: (fill) => ({
    code: 'unpairable',
    given: fill.text(),
    why: fill.pick(['several', 'same_side', 'both_sides', 'repeats', 'together', 'later', 'left_out']),
  }),
  matched_by_hand: (fill) => ({
    code: 'matched_by_hand',
    given: fill.text(),
    byName: fill.text(),
    number: 1042,
  }),
  kept_apart: (fill) => ({
    code: 'kept_apart',
    given: fill.text(),
    byName: fill.text(),
    at: fill.instant(),
  }),
  not_kept_apart: (fill) => ({ code: 'not_kept_apart', given: fill.text() }),
  not_matched: () => ({ code: 'not_matched' }),
  too_many_apart: () => ({ code: 'too_many_apart', pairs: 1_000_000, most: 40_000 }),
  run_under_way: () => ({ code: 'run_under_way' }),
  rules_gone: (fill) => ({ code: 'rules_gone', reconciliation: fill.text() }),
  rules_not_governed: () => ({ code: 'rules_not_governed' }),
  rule_unknown: (fill) => ({ code: 'rule_unknown', reconciliation: fill.text() }),
  rule_unchanged: (fill) => ({ code: 'rule_unchanged', reconciliation: fill.text(), version: 7 }),
  rule_change_pending: (fill) => ({
    code: 'rule_change_pending',
    reconciliation: fill.text(),
    byName: fill.text(),
    until: fill.instant(),
  }),
  too_few_approvers: () => ({ code: 'too_few_approvers' }),
  rule_change_unknown: () => ({ code: 'rule_change_unknown' }),
  rule_change_over: (fill) => ({
    code: 'rule_change_over',
    how: fill.pick(['activated', 'rejected', 'withdrawn', 'expired']),
    byName: fill.maybe(),
    at: fill.instant(),
  }),
  rule_change_outdated: (fill) => ({ code: 'rule_change_outdated', reconciliation: fill.text() }),
  own_rule_change: () => ({ code: 'own_rule_change' }),
  already_seated: (fill) => ({ code: 'already_seated', seat: fill.pick(SEATS) }),
  seat_taken: (fill) => ({
    code: 'seat_taken',
    seat: fill.pick(SEATS),
    byName: fill.text(),
    at: fill.instant(),
  }),
  seat_not_yours: (fill) => ({ code: 'seat_not_yours', seat: fill.pick(SEATS) }),
  seat_unknown: (fill) => ({ code: 'seat_unknown', given: fill.text() }),
} as const satisfies { [Code in RefusalCode]: (fill: Fill) => Extract<Refusal, { code: Code }> };

export const REFUSAL_CODES = Object.keys(REFUSALS_IN) as RefusalCode[];

export const refusalIn = (fill: Fill): Refusal => REFUSALS_IN[fill.pick(REFUSAL_CODES)](fill);
