import { exceptionLabel } from '../../core/ids.ts';
import type { Status } from '../../core/lifecycle.ts';
import { moneyOf } from '../../core/message.ts';
import { holdersOf, type PersonAction } from '../../core/permission.ts';
import type { Refusal, RefusalCode } from '../../core/refusal.ts';
import { codeLabel } from './code-words.ts';
import { inert, unescaped } from './escape.ts';
import { plainDay, plainly, richly, type Writer } from './instants.ts';
import { moneyFor, type Reader } from './reader.ts';
import { RULE_REFUSALS } from './rule-refusals.ts';

type Words = {
  readonly [Code in RefusalCode]: (refusal: Extract<Refusal, { code: Code }>, writer: Writer) => string;
};

const name = (text: string): string => inert(text, 200);
const statusIn = ({ words }: Reader, status: Status): string => words.status[status].toLowerCase();
const nameOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : name(text);

/** What waits has an owner already: the way on is to take it up again. */
function stepAfter({ words }: Reader, { action, status }: { action: PersonAction; status: Status }): string {
  const { steps } = words.refusals;
  if (status === 'waiting' && action === 'resolve') return steps.resolveWaiting;
  return hasStep(action, steps) ? steps[action] : steps.otherwise;
}

const hasStep = <Steps extends object>(action: PropertyKey, steps: Steps): action is keyof Steps =>
  Object.hasOwn(steps, action);

const whoMay = ({ words }: Reader, action: PersonAction): string =>
  holdersOf(action)
    .map((holder) => words.refusals.holders[holder])
    .join(` ${words.refusals.or} `);

/** How each refusal fills the sentence of the catalogue. */
export const REFUSALS = {
  not_found: (_, { words }) => words.refusals.sentences.not_found(),
  already_claimed: ({ ownerName, since, isYou }, { words, instant }) =>
    words.refusals.sentences.already_claimed({ isYou, owner: name(ownerName), since: instant(since) }),
  already_closed: ({ status, byName, at }, writer) =>
    writer.words.refusals.sentences.already_closed({
      status: statusIn(writer, status),
      by: nameOf(byName),
      at: writer.instant(at),
    }),
  wrong_status: ({ action, status }, writer) =>
    writer.words.refusals.sentences.wrong_status({
      action: writer.words.refusals.actions[action],
      status: statusIn(writer, status),
      step: stepAfter(writer, { action, status }),
    }),
  stale_card: ({ status, ownerName }, writer) =>
    writer.words.refusals.sentences.stale_card({
      status: statusIn(writer, status),
      owner: nameOf(ownerName),
    }),
  not_permitted: ({ action }, writer) =>
    writer.words.refusals.sentences.not_permitted({
      action: writer.words.refusals.actions[action],
      who: whoMay(writer, action),
    }),
  unknown_code: ({ given, known }, { words }) =>
    words.refusals.sentences.unknown_code({
      given: inert(given, 100),
      known: known.slice(0, 20).map(name).join(', '),
    }),
  note_required: ({ label }, reader) =>
    reader.words.refusals.sentences.note_required({ code: name(codeLabel(label, reader)) }),
  note_too_long: ({ limit }, { words }) => words.refusals.sentences.note_too_long({ limit }),
  amount_required: ({ label }, reader) =>
    reader.words.refusals.sentences.amount_required({ code: name(codeLabel(label, reader)) }),
  amount_unreadable: ({ problem }, { words }) =>
    words.refusals.sentences.amount_unreadable({ why: words.refusals.amounts[problem] }),
  other_currency: ({ given, currency }, { words }) =>
    words.refusals.sentences.other_currency({ given: inert(given, 20), currency: inert(currency, 20) }),
  amount_not_positive: (_, { words }) => words.refusals.sentences.amount_not_positive(),
  amount_above: ({ most, adjusted }, writer) =>
    writer.words.refusals.sentences.amount_above({
      most: moneyFor(moneyOf(most), writer),
      adjusted: moneyFor(moneyOf(adjusted), writer),
      hasAdjusted: adjusted.minor !== '0',
    }),
  reason_code_required: ({ label }, reader) =>
    reader.words.refusals.sentences.reason_code_required({ code: name(codeLabel(label, reader)) }),
  unknown_reason_code: ({ given, known }, { words }) =>
    words.refusals.sentences.unknown_reason_code({
      given: inert(given, 100),
      known: known.slice(0, 20).map(name).join(', '),
    }),
  period_unreadable: ({ given }, { words }) =>
    words.refusals.sentences.period_unreadable({ given: inert(given, 50) }),
  period_ahead: ({ period, latest }, { words }) =>
    words.refusals.sentences.period_ahead({ period: inert(period, 20), latest: inert(latest, 20) }),
  no_open_period: ({ period }, { words }) =>
    words.refusals.sentences.no_open_period({ period: inert(period, 20) }),
  own_proposal: (_, { words }) => words.refusals.sentences.own_proposal(),
  proposal_over: ({ how }, { words }) =>
    words.refusals.sentences.proposal_over({ how: words.refusals.proposalOver[how] }),
  nobody_to_approve: (_, { words }) => words.refusals.sentences.nobody_to_approve(),
  hold_unknown: ({ given }, { words }) => words.refusals.sentences.hold_unknown({ given: inert(given, 100) }),
  hold_over: ({ label }, { words }) => words.refusals.sentences.hold_over({ label: inert(label, 50) }),
  already_asked: ({ byName, until }, { words, instant }) =>
    words.refusals.sentences.already_asked({ name: name(byName), until: instant(until) }),
  entry_unknown: ({ given }, { words }) =>
    words.refusals.sentences.entry_unknown({ given: inert(given, 100) }),
  entry_reversed: ({ label, isReversal }, { words }) =>
    words.refusals.sentences.entry_reversed({ label: inert(label, 50), isReversal }),
  not_in_bulk: ({ label }, reader) =>
    reader.words.refusals.sentences.not_in_bulk({ code: name(codeLabel(label, reader)) }),
  not_by_matching: ({ label }, reader) =>
    reader.words.refusals.sentences.not_by_matching({ code: name(codeLabel(label, reader)) }),
  evidence_required: ({ label }, reader) =>
    reader.words.refusals.sentences.evidence_required({ code: name(codeLabel(label, reader)) }),
  evidence_unreadable: ({ given }, { words }) =>
    words.refusals.sentences.evidence_unreadable({ given: inert(given, 100) }),
  not_on_agenda: (_, { words }) => words.refusals.sentences.not_on_agenda(),
  reason_required: (_, { words }) => words.refusals.sentences.reason_required(),
  already_theirs: ({ ownerName }, { words }) =>
    words.refusals.sentences.already_theirs({ owner: name(ownerName) }),
  already_offered: ({ toName, until }, { words, instant }) =>
    words.refusals.sentences.already_offered({ name: name(toName), until: instant(until) }),
  offer_not_yours: ({ toName }, { words }) =>
    words.refusals.sentences.offer_not_yours({ name: name(toName) }),
  offer_over: ({ how }, { words }) =>
    words.refusals.sentences.offer_over({ how: words.refusals.offerOver[how] }),
  until_required: (_, { words }) => words.refusals.sentences.until_required(),
  until_not_ahead: ({ today }, writer) =>
    writer.words.refusals.sentences.until_not_ahead({ today: plainDay(today, writer) }),
  until_too_far: ({ latest }, writer) =>
    writer.words.refusals.sentences.until_too_far({ latest: plainDay(latest, writer) }),
  unknown_target: ({ given }, { words }) =>
    words.refusals.sentences.unknown_target({ given: inert(given, 100) }),
  inactive_person: (_, { words }) => words.refusals.sentences.inactive_person(),
  record_unknown: ({ given }, { words }) =>
    words.refusals.sentences.record_unknown({ given: inert(given, 200) }),
  unpairable: ({ given, why }, { words: { refusals } }) =>
    refusals.sentences.unpairable({ why: refusals.unpairable[why](inert(given, 200)) }),
  matched_by_hand: ({ given, byName, number }, { words }) =>
    words.refusals.sentences.matched_by_hand({
      given: inert(given, 200),
      name: name(byName),
      label: exceptionLabel(number),
    }),
  kept_apart: ({ given, byName, at }, { words, instant }) =>
    words.refusals.sentences.kept_apart({ given: inert(given, 200), name: name(byName), at: instant(at) }),
  not_kept_apart: ({ given }, { words }) =>
    words.refusals.sentences.not_kept_apart({ given: inert(given, 200) }),
  not_matched: (_, { words }) => words.refusals.sentences.not_matched(),
  too_many_apart: ({ pairs, most }, { words }) => words.refusals.sentences.too_many_apart({ pairs, most }),
  run_under_way: (_, { words }) => words.refusals.sentences.run_under_way(),
  rules_gone: ({ reconciliation }, { words }) =>
    words.refusals.sentences.rules_gone({ reconciliation: inert(reconciliation, 200) }),
  ...RULE_REFUSALS,
} satisfies Words;

/** The sentence for any refusal in the reader's language, ending in what to do next. Escaped mrkdwn. */
export const refusalWords = (refusal: Refusal, reader: Reader): string => said(refusal, richly(reader));

/** The same sentence at a field of a form. What stands there is plain text: a date token would show as it is written. */
export const fieldRefusalWords = (refusal: Refusal, reader: Reader): string => said(refusal, plainly(reader));

/** The same sentence for a terminal: nothing in it is escaped, instants are text. */
export const plainRefusal = (refusal: Refusal, reader: Reader): string =>
  unescaped(said(refusal, plainly(reader)));

function said(refusal: Refusal, writer: Writer): string {
  const words = REFUSALS[refusal.code] as (refusal: Refusal, writer: Writer) => string;
  return words(refusal, writer);
}

/** The modal's block that a refusal speaks about; undefined when it is about no field. */
export const REFUSED_FIELD: Readonly<Partial<Record<RefusalCode, string>>> = {
  unknown_code: 'code',
  note_required: 'note',
  note_too_long: 'note',
  amount_required: 'amount',
  amount_unreadable: 'amount',
  other_currency: 'amount',
  amount_not_positive: 'amount',
  amount_above: 'amount',
  reason_code_required: 'reason',
  unknown_reason_code: 'reason',
  period_unreadable: 'period',
  period_ahead: 'period',
  no_open_period: 'period',
  not_in_bulk: 'code',
  not_by_matching: 'code',
  evidence_required: 'evidence',
  evidence_unreadable: 'evidence',
  reason_required: 'reason',
  too_many_apart: 'reason',
  until_required: 'until',
  until_not_ahead: 'until',
  until_too_far: 'until',
  already_theirs: 'person',
  unknown_target: 'target',
  seat_taken: 'seat',
  seat_not_yours: 'seat',
  seat_unknown: 'seat',
  record_unknown: 'with',
  unpairable: 'with',
  matched_by_hand: 'with',
  kept_apart: 'with',
  // Stays open, to be sent again in a minute.
  run_under_way: 'note',
  // Stays open with what was typed, which would be gone if other words replaced the form.
  stale_card: 'note',
};
