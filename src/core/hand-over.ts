import type { ActFacts, ExceptionNow, NextState } from './act.ts';
import { unchanged } from './act.ts';
import { allows } from './lifecycle.ts';
import type { Refusal } from './refusal.ts';

export const OFFER_STATES = ['open', 'accepted', 'declined', 'lapsed', 'withdrawn'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/** So many accepted hand-overs since it was opened, and the ops lead hears of it. */
export const PING_PONG = 3;

/** How the offers stand that one message made. */
export type OfferCounts = Readonly<Record<OfferState, number>>;

/** How they ended, once none stands any more. */
export type EndedOffer = { readonly counts: OfferCounts; readonly endedAt: Date };

type Named = { readonly personId: string; readonly name: string };

/** An offer to take an exception over, as it stands. */
export type Offer = {
  readonly handOverId: string;
  readonly from: Named;
  readonly to: Named;
  readonly note: string;
  readonly expiresAt: Date;
  readonly state: OfferState;
};

/** Whether it can be offered to that person now; `open` is the offer that stands already. */
export function checkOffer(
  facts: ExceptionNow,
  { to, open, now }: { to: Named; open: Offer | undefined; now: Date },
): Refusal | undefined {
  if (to.personId === facts.owner?.personId) return { code: 'already_theirs', ownerName: to.name };
  if (!open || open.expiresAt <= now) return undefined;
  return { code: 'already_offered', toName: open.to.name, until: open.expiresAt };
}

/**
 * Whether the person may answer this offer now.
 *
 * Refuses, in this order: a person who is no longer active, an offer to somebody else, one that was answered or ended, one
 * whose time is over, and an exception in a status in which it is not handed over.
 */
export function checkAnswer(
  facts: ActFacts,
  { offer, now }: { offer: Offer | undefined; now: Date },
): Refusal | undefined {
  const { personId, isActive } = facts.person;
  if (!isActive) return { code: 'inactive_person' };
  if (!offer) return { code: 'not_found' };
  if (offer.to.personId !== personId) return { code: 'offer_not_yours', toName: offer.to.name };
  if (offer.state !== 'open') return { code: 'offer_over', how: offer.state };
  if (offer.expiresAt <= now) return { code: 'offer_over', how: 'lapsed' };
  return allows(facts.status, 'hand_over')
    ? undefined
    : { code: 'wrong_status', action: 'hand_over', status: facts.status };
}

/** The state of an accepted offer: the presser owns it from now on; status and due stay as they are. */
export const handedOver = (facts: ActFacts, now: Date): NextState => ({
  ...unchanged(facts),
  ownerId: facts.person.personId,
  claimedAt: now,
});
