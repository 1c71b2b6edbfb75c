import type { ProposalState } from '../../../core/adjust.ts';
import type { OfferState } from '../../../core/hand-over.ts';
import type { AmountRefusal } from '../../../core/money.ts';
import type { Holder, PersonAction } from '../../../core/permission.ts';
import type { RefusalCode, RuleRefusal, Unpairable } from '../../../core/refusal.ts';

/** What somebody wanted to do, after "You cannot" and "You may not". */
const actions = {
  claim: 'claim this',
  unclaim: 'give this back',
  hand_over: 'hand this over',
  wait: 'let this wait',
  resume: 'resume this',
  resolve: 'resolve this',
  escalate: 'escalate this',
  approve: 'approve this',
  reject: 'reject this',
  reopen: 'reopen this',
  release: 'release this payment',
  hold: 'put a payment on hold',
  reverse: 'take an entry back',
  edit: 'edit a record',
  match: 'match this by hand',
  unmatch: 'take this apart',
  never: 'keep documents of this apart',
  lift: 'let these be paired again',
  assign: 'assign it',
  rule_change: 'ask for a rule change',
  rule_propose: 'propose a rule change',
  rule_approve: 'approve a rule change',
  rule_reject: 'reject a rule change',
  details: 'see this',
} satisfies Record<PersonAction, string>;

/** What to do instead, when the status does not allow it. */
const steps = {
  resolve: 'Claim it first, then resolve it.',
  resolveWaiting: 'Resume it first, then resolve it.',
  unclaim: 'Only something that is claimed can be given back.',
  hand_over: 'Claim it first, then hand it over.',
  wait: 'Claim it first, then let it wait.',
  resume: 'Only something that waits can be resumed.',
  reopen: 'Only something that is resolved or cleared can be reopened.',
  match: 'Claim it first, then match it by hand.',
  unmatch: 'Claim it first, then take it apart.',
  never: 'Claim it first, then say what never belongs together.',
  lift: 'Claim it first, then let them be paired again.',
  otherwise: 'Look at the card as it is now and choose again.',
};

const offerOver = {
  accepted: 'This offer was accepted already.',
  declined: 'This offer was declined already.',
  lapsed: 'The time to answer this offer is over.',
  withdrawn: 'This offer stands no longer: it was given back, closed or taken over meanwhile.',
} satisfies Record<Exclude<OfferState, 'open'>, string>;

/** What became of a proposal. */
const proposalOver = {
  approved: 'This was approved already.',
  rejected: 'This was rejected already.',
  withdrawn: 'This was withdrawn by whoever proposed it.',
  lapsed: 'The time to decide this is over.',
} satisfies Record<Exclude<ProposalState, 'open'>, string>;

/** Why an amount cannot be read. */
const amounts = {
  amount_empty: 'it is empty',
  amount_malformed: 'it is no number with a point before the cents',
  amount_too_precise: 'it has more decimals than the currency',
  amount_out_of_range: 'it is beyond what an amount can be',
} satisfies Record<AmountRefusal['code'], string>;

/** Why a document cannot be matched with an exception's. */
const unpairable = {
  several: (given: string) =>
    `“${given}” names several documents. Name one of them as its source writes it, or choose it from the list.`,
  same_side: (given: string) =>
    `“${given}” is on the same side as this exception’s document. Choose a document of the other side.`,
  both_sides: () => 'You chose documents of both sides. Choose those of one side only.',
  repeats: () =>
    'This exception is about documents that repeat each other. Match each of them from the exception of the document that has no partner.',
  together: (given: string) =>
    `“${given}” is matched with it already. Choose another document, or press Unmatch.`,
  later: (given: string) =>
    `“${given}” is dated later than the last run looked. Wait for the next run, then match it.`,
  left_out: (given: string) =>
    `The rules of this reconciliation leave “${given}” out. Choose another document, or have the rules changed.`,
} satisfies Record<Unpairable, (given: string) => string>;

/** Who may do something. */
const holders = {
  owner: 'its owner',
  team: 'a member of its team',
  account_manager: 'an account manager',
  ops_lead: 'an ops lead',
  finance: 'finance',
  admin: 'an admin',
  approver: 'an approver',
  auditor: 'an auditor',
  data_owner: 'a data owner',
  governance: 'a governance reviewer',
} satisfies Record<Holder, string>;

/** What a refusal says, by its code; names and words that are passed in are escaped and in the reader's language already. */
const sentences = {
  not_found: () =>
    'This exception does not exist here any more. Nothing changed; use the newest card of the channel.',
  already_claimed: (to: { isYou: boolean; owner: string; since: string }) =>
    to.isYou
      ? `You already claimed this, ${to.since}. Press Resolve when it is settled, or Give back.`
      : `${to.owner} already claimed this, ${to.since}. Talk to ${to.owner}, or press Escalate if it is stuck.`,
  already_closed: (to: { status: string; by: string | undefined; at: string }) =>
    `This is already ${to.status}${to.by === undefined ? '' : ` by ${to.by}`}, ${to.at}. If that is wrong, press Reopen.`,
  wrong_status: (to: { action: string; status: string; step: string }) =>
    `You cannot ${to.action} now: it is ${to.status}. ${to.step}`,
  stale_card: (to: { status: string; owner: string | undefined }) =>
    `This card was out of date, so nothing changed: it is ${to.status} now${to.owner === undefined ? '' : `, with ${to.owner}`}. Look at the refreshed card and press again if you still want to.`,
  not_permitted: (to: { action: string; who: string }) =>
    `You may not ${to.action}; ${to.who} may. Ask one of them, or ask an admin to add you to the team.`,
  unknown_code: (to: { given: string; known: string }) =>
    `"${to.given}" is not a resolution code here. Choose one of: ${to.known}.`,
  note_required: (to: { code: string }) => `${to.code} needs a note. Write what was agreed, and with whom.`,
  note_too_long: (to: { limit: number }) => `The note is too long. Keep it within ${to.limit} characters.`,
  amount_required: (to: { code: string }) => `${to.code} needs an amount. Enter it like 1234.50.`,
  amount_unreadable: (to: { why: string }) => `The amount cannot be read: ${to.why}. Enter it like 1234.50.`,
  evidence_required: (to: { code: string }) =>
    `${to.code} needs evidence. Paste the web address of the document that shows it.`,
  evidence_unreadable: (to: { given: string }) =>
    `"${to.given}" is not a web address that can be kept. Paste one that begins with https:// and holds no password.`,
  not_on_agenda: () =>
    'This is not on the agenda of a triage meeting any more, so nothing changed. Look at its card.',
  reason_required: () => 'Say why, so that whoever reads it can act.',
  already_theirs: (to: { owner: string }) => `${to.owner} has it already. Choose somebody else.`,
  already_offered: (to: { name: string; until: string }) =>
    `This is offered to ${to.name} already, who can answer until ${to.until}. Wait for the answer; Give back ends the offer.`,
  offer_not_yours: (to: { name: string }) =>
    `This is offered to ${to.name}, so only they can answer. Ask its owner to offer it to you.`,
  offer_over: (to: { how: string }) =>
    `${to.how} Nothing changed; look at the card, or talk to whoever offered it.`,
  until_required: () => 'Choose the day until which it waits.',
  until_not_ahead: (to: { today: string }) =>
    `The day must lie ahead: today is ${to.today}. Choose tomorrow or later, or press Resolve.`,
  until_too_far: (to: { latest: string }) =>
    `Nothing waits that long. Choose a day until ${to.latest}, and let it wait again then.`,
  unknown_target: (to: { given: string }) =>
    `"${to.given}" is not a team or person here. Choose one from the list.`,
  other_currency: (to: { given: string; currency: string }) =>
    `This is in ${to.currency}, and the amount says ${to.given}. Amounts are never converted: enter it in ${to.currency}.`,
  amount_not_positive: () => 'Enter how much is booked, as an amount above zero.',
  amount_above: (to: { most: string; adjusted: string; hasAdjusted: boolean }) =>
    `That is more than is at stake. Enter ${to.most} at most${to.hasAdjusted ? `: ${to.adjusted} is booked for it already` : ''}.`,
  reason_code_required: (to: { code: string }) =>
    `${to.code} needs a reason code. Choose one; it goes into the ledger.`,
  unknown_reason_code: (to: { given: string; known: string }) =>
    `"${to.given}" is not a reason code for this. ${to.known === '' ? 'Write one like billing_error, in small letters.' : `Choose one of: ${to.known}.`}`,
  period_unreadable: (to: { given: string }) =>
    `"${to.given}" is not a month. Choose one, written like 2026-10.`,
  period_ahead: (to: { period: string; latest: string }) =>
    `${to.period} lies ahead. Choose ${to.latest} or an earlier month.`,
  no_open_period: (to: { period: string }) =>
    `No month from ${to.period} until now is open for entries. Ask finance to open one, then do it again.`,
  own_proposal: () => 'You proposed this yourself, so somebody else must approve it. Reject withdraws it.',
  proposal_over: (to: { how: string }) => `${to.how} Nothing changed; look at the card as it is now.`,
  nobody_to_approve: () =>
    'Somebody else must approve this, and nobody else here may. Ask an admin to give somebody the role finance or ops_lead.',
  hold_unknown: (to: { given: string }) =>
    `There is no hold "${to.given}" here. Nothing changed; look at the list of holds.`,
  hold_over: (to: { label: string }) =>
    `${to.label} does not hold anything any more, so there is nothing to release. Look at the list of holds.`,
  already_asked: (to: { name: string; until: string }) =>
    `${to.name} asked for this already, and somebody can decide until ${to.until}. Wait for it, or ask them to withdraw it.`,
  entry_unknown: (to: { given: string }) =>
    `There is no entry "${to.given}" here. Nothing changed; look at the list of adjustments.`,
  entry_reversed: (to: { label: string; isReversal: boolean }) =>
    to.isReversal
      ? `${to.label} is a reversal itself. Book a new adjustment instead.`
      : `${to.label} was reversed already. An entry is taken back once.`,
  not_in_bulk: (to: { code: string }) =>
    `${to.code} books an entry with an amount of its own. Resolve each of them by itself.`,
  not_by_matching: (to: { code: string }) =>
    `${to.code} books an entry for the ledger, and matching books nothing. Choose another code, or match first and resolve what is left with this one.`,
  inactive_person: () =>
    'Your account here is switched off, so nothing changed. Ask an admin to switch it on in the configuration.',
  record_unknown: (to: { given: string }) =>
    to.given === ''
      ? 'Choose at least one document.'
      : `Neither side of this reconciliation has a document “${to.given}”. Check the reference; it is compared letter by letter.`,
  unpairable: (to: { why: string }) => to.why,
  matched_by_hand: (to: { given: string; name: string; label: string }) =>
    `${to.name} matched “${to.given}” by hand, in ${to.label}. Have it taken apart there first, or choose another document.`,
  kept_apart: (to: { given: string; name: string; at: string }) =>
    `${to.name} said, ${to.at}, that “${to.given}” never belongs here. Lift that first, or choose another document.`,
  not_kept_apart: (to: { given: string }) => `Nobody keeps “${to.given}” apart from this. Nothing changed.`,
  not_matched: () =>
    'The documents of this exception are matched with nothing, so there is nothing to take apart.',
  too_many_apart: (to: { pairs: number; most: number }) =>
    `That would keep ${to.pairs} pairs of documents apart, and ${to.most} at once is the most, so nothing changed. Match by hand what belongs together, or choose, with “Never together”, some of those that do not.`,
  run_under_way: () =>
    'This reconciliation is being run at this moment, so nothing changed. Press again in a minute.',
  rules_gone: (to: { reconciliation: string }) =>
    `The rules of ${to.reconciliation} are not in the configuration any more, so nothing can be matched. Ask an admin.`,
} satisfies Record<Exclude<RefusalCode, RuleRefusal['code']>, unknown>;

export const refusals = {
  or: 'or',
  actions,
  steps,
  offerOver,
  proposalOver,
  amounts,
  unpairable,
  holders,
  sentences,
};
