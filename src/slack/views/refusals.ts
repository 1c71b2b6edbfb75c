import type { OfferState } from '../../core/hand-over.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { PersonAction } from '../../core/permission.ts';
import type { Refusal, RefusalCode } from '../../core/refusal.ts';
import { inert } from './escape.ts';
import { localInstant, plainDay } from './instants.ts';
import { STATUS_WORDS } from './words.ts';

type Words = { readonly [Code in RefusalCode]: (refusal: Extract<Refusal, { code: Code }>) => string };

const VERBS = {
  claim: 'claim this',
  unclaim: 'give this back',
  hand_over: 'hand this over',
  wait: 'put this on hold',
  resume: 'resume this',
  resolve: 'resolve this',
  escalate: 'escalate this',
  approve: 'approve this',
  reject: 'reject this',
  reopen: 'reopen this',
  details: 'see this',
} as const satisfies Record<PersonAction, string>;

const WRONG_STATUS_STEPS: Readonly<Partial<Record<PersonAction, string>>> = {
  resolve: 'Claim it first, then resolve it.',
  unclaim: 'Only something that is claimed can be given back.',
  hand_over: 'Claim it first, then hand it over.',
  wait: 'Claim it first, then put it on hold.',
  resume: 'Only something that waits can be resumed.',
  reopen: 'Only something that is resolved or cleared can be reopened.',
};

/** What waits has an owner already: the way on is to take it up again. */
const wrongStatusStep = (action: PersonAction, now: Status): string =>
  (now === 'waiting' && action === 'resolve' ? 'Resume it first, then resolve it.' : undefined) ??
  WRONG_STATUS_STEPS[action] ??
  'Look at the card as it is now and choose again.';

const OFFER_OVER = {
  accepted: 'This offer was accepted already.',
  declined: 'This offer was declined already.',
  lapsed: 'The time to answer this offer is over.',
  withdrawn: 'This offer stands no longer: it was given back, closed or taken over meanwhile.',
} as const satisfies Record<Exclude<OfferState, 'open'>, string>;

const name = (text: string): string => inert(text, 200);
const status = (value: keyof typeof STATUS_WORDS): string => STATUS_WORDS[value].toLowerCase();

/** What a refusal says to the person, ending in what to do next. Escaped mrkdwn. */
export const REFUSALS = {
  not_found: () =>
    'This exception does not exist here any more. Nothing changed; use the newest card of the channel.',
  already_claimed: ({ ownerName, since, isYou }) =>
    isYou
      ? `You already claimed this, ${localInstant(since)}. Press Resolve when it is settled, or Give back.`
      : `${name(ownerName)} already claimed this, ${localInstant(since)}. Talk to ${name(ownerName)}, or press Escalate if it is stuck.`,
  already_closed: ({ status: closed, byName, at }) =>
    `This is already ${status(closed)}${byName === undefined ? '' : ` by ${name(byName)}`}, ${localInstant(at)}. If that is wrong, press Reopen.`,
  wrong_status: ({ action, status: now }) =>
    `You cannot ${VERBS[action]} now: it is ${status(now)}. ${wrongStatusStep(action, now)}`,
  stale_card: ({ status: now, ownerName }) =>
    `This card was out of date, so nothing changed: it is ${status(now)} now${ownerName === undefined ? '' : `, with ${name(ownerName)}`}. Look at the refreshed card and press again if you still want to.`,
  not_permitted: ({ action, whoMay }) =>
    `You may not ${VERBS[action]}; ${name(whoMay)} may. Ask one of them, or ask an admin to add you to the team.`,
  unknown_code: ({ given, known }) =>
    `"${inert(given, 100)}" is not a resolution code here. Choose one of: ${known.slice(0, 20).map(name).join(', ')}.`,
  note_required: ({ resolutionCode }) =>
    `${name(resolutionCode)} needs a note. Write what was agreed, and with whom.`,
  note_too_long: ({ limit }) => `The note is too long. Keep it within ${limit} characters.`,
  amount_required: ({ resolutionCode }) => `${name(resolutionCode)} needs an amount. Enter it like 1234.50.`,
  amount_unreadable: ({ detail }) =>
    `The amount cannot be read: ${inert(detail, 300)}. Enter it like 1234.50.`,
  reason_required: () => 'Say why, so that whoever reads it can act.',
  already_theirs: ({ ownerName }) => `${name(ownerName)} has it already. Choose somebody else.`,
  already_offered: ({ toName, until }) =>
    `This is offered to ${name(toName)} already, who can answer until ${localInstant(until)}. Wait for the answer; Give back ends the offer.`,
  offer_not_yours: ({ toName }) =>
    `This is offered to ${name(toName)}, so only they can answer. Ask its owner to offer it to you.`,
  offer_over: ({ how }) =>
    `${OFFER_OVER[how]} Nothing changed; look at the card, or talk to whoever offered it.`,
  until_required: () => 'Choose the day until which it waits.',
  until_not_ahead: ({ today }) =>
    `The day must lie ahead: today is ${plainDay(today)}. Choose tomorrow or later, or press Resolve.`,
  until_too_far: ({ latest }) =>
    `Nothing waits that long. Choose a day until ${plainDay(latest)}, and put it on hold again then.`,
  unknown_target: ({ given }) =>
    `"${inert(given, 100)}" is not a team or person here. Choose one from the list.`,
  inactive_person: () =>
    'Your account here is switched off, so nothing changed. Ask an admin to switch it on in the configuration.',
} satisfies Words;

/** The sentence for any refusal. */
export function refusalWords(refusal: Refusal): string {
  const words = REFUSALS[refusal.code] as (refusal: Refusal) => string;
  return words(refusal);
}

/** The modal's block that a refusal speaks about; undefined when it is about no field. */
export const REFUSED_FIELD: Readonly<Partial<Record<RefusalCode, string>>> = {
  unknown_code: 'code',
  note_required: 'note',
  note_too_long: 'note',
  amount_required: 'amount',
  amount_unreadable: 'amount',
  reason_required: 'reason',
  until_required: 'until',
  until_not_ahead: 'until',
  until_too_far: 'until',
  already_theirs: 'person',
  unknown_target: 'target',
  // Stays open with what was typed, which would be gone if other words replaced the form.
  stale_card: 'note',
};
