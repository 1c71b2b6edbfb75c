import { describe, expect, it } from 'vitest';
import type { ActFacts } from '../../../src/core/act.ts';
import { checkAnswer, checkOffer, handedOver, type Offer } from '../../../src/core/hand-over.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const LATER = new Date('2026-11-22T12:00:00Z');
const DUE = new Date('2026-11-24T08:00:00Z');
const ANA = { personId: 'ana', name: 'Ana Ruiz' };
const BEN = { personId: 'ben', name: 'Ben Okafor' };

const OFFER: Offer = {
  handOverId: 'h',
  from: ANA,
  to: BEN,
  note: 'On leave',
  expiresAt: LATER,
  state: 'open',
};

/** Ana owns it; Ben presses. */
const FACTS: ActFacts = {
  status: 'claimed',
  version: 3,
  level: 1,
  type: 'missing_invoice',
  currency: 'USD',
  owner: ANA,
  claimedAt: new Date('2026-11-21T08:00:00Z'),
  closedAt: undefined,
  closedByName: undefined,
  openedAt: new Date('2026-11-20T08:00:00Z'),
  dueAt: DUE,
  sla: '2bd',
  waitUntilOn: undefined,
  duePausedAt: undefined,
  person: { personId: 'ben', isActive: true, isOwner: false, isTeamMember: true, roles: [] },
};

describe('an offer', () => {
  it('can be made while none stands', () => {
    expect(checkOffer(FACTS, { to: BEN, open: undefined, now: NOW })).toBeUndefined();
  });

  it('can be made when the time of the last one is over', () => {
    expect(checkOffer(FACTS, { to: BEN, open: { ...OFFER, expiresAt: NOW }, now: NOW })).toBeUndefined();
  });

  it('is refused while another stands, with to whom and until when', () => {
    expect(checkOffer(FACTS, { to: BEN, open: OFFER, now: NOW })).toEqual({
      code: 'already_offered',
      toName: 'Ben Okafor',
      until: LATER,
    });
  });

  it('to its owner is refused', () => {
    expect(checkOffer(FACTS, { to: ANA, open: undefined, now: NOW })).toEqual({
      code: 'already_theirs',
      ownerName: 'Ana Ruiz',
    });
  });
});

describe('an answer', () => {
  it.each(['claimed', 'waiting'] as const)('by the offered person goes through while it is %s', (status) => {
    expect(checkAnswer({ ...FACTS, status }, { offer: OFFER, now: NOW })).toBeUndefined();
  });

  it('by somebody who is no longer active is refused before anything else', () => {
    const facts = { ...FACTS, person: { ...FACTS.person, isActive: false } };

    expect(checkAnswer(facts, { offer: undefined, now: NOW })).toEqual({ code: 'inactive_person' });
  });

  it('to no offer is refused', () => {
    expect(checkAnswer(FACTS, { offer: undefined, now: NOW })).toEqual({ code: 'not_found' });
  });

  it('to an offer of somebody else is refused, naming them', () => {
    const offer = { ...OFFER, to: { personId: 'olga', name: 'Olga Novak' } };

    expect(checkAnswer(FACTS, { offer, now: NOW })).toEqual({
      code: 'offer_not_yours',
      toName: 'Olga Novak',
    });
  });

  it.each(['accepted', 'declined', 'lapsed', 'withdrawn'] as const)(
    'to one that was %s is refused',
    (state) => {
      expect(checkAnswer(FACTS, { offer: { ...OFFER, state }, now: NOW })).toEqual({
        code: 'offer_over',
        how: state,
      });
    },
  );

  it('at the moment its time is over is refused', () => {
    expect(checkAnswer(FACTS, { offer: OFFER, now: LATER })).toEqual({ code: 'offer_over', how: 'lapsed' });
  });

  it('while somebody decides on the exception is refused by its status', () => {
    expect(checkAnswer({ ...FACTS, status: 'awaiting_approval' }, { offer: OFFER, now: NOW })).toEqual({
      code: 'wrong_status',
      action: 'hand_over',
      status: 'awaiting_approval',
    });
  });
});

it('an accepted offer changes the owner and since when, and nothing else', () => {
  expect(handedOver(FACTS, NOW)).toMatchObject({
    status: 'claimed',
    ownerId: 'ben',
    claimedAt: NOW,
    level: 1,
    dueAt: DUE,
  });
});
