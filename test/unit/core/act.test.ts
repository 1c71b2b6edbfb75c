import { describe, expect, it } from 'vitest';
import {
  type ActFacts,
  checkPress,
  claimed,
  escalated,
  keepable,
  readNote,
  resolved,
  unclaimed,
} from '../../../src/core/act.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const SINCE = new Date('2026-11-21T08:00:00Z');

const BEN = { personId: 'ben', isActive: true, isOwner: false, isTeamMember: true, roles: [] };
const ANA = { personId: 'ana', name: 'Ana Ruiz' };
const OPEN: ActFacts = {
  status: 'open',
  version: 3,
  level: 1,
  type: 'missing_invoice',
  currency: 'USD',
  owner: undefined,
  claimedAt: undefined,
  closedAt: undefined,
  closedByName: undefined,
  person: BEN,
};
const ANAS: ActFacts = { ...OPEN, status: 'claimed', owner: ANA, claimedAt: SINCE };
const OWN: ActFacts = {
  ...OPEN,
  status: 'claimed',
  owner: { personId: 'ben', name: 'Ben' },
  claimedAt: SINCE,
  person: { ...BEN, isOwner: true },
};
const RESOLVED: ActFacts = { ...ANAS, status: 'resolved', closedAt: NOW, closedByName: 'Ana Ruiz' };

describe('a press', () => {
  it('goes through when person, status and version fit', () => {
    expect(checkPress(OPEN, { action: 'claim', version: 3 })).toBeUndefined();
    expect(checkPress(OWN, { action: 'resolve', version: 3 })).toBeUndefined();
    expect(checkPress(ANAS, { action: 'escalate', version: 3 })).toBeUndefined();
  });

  it('of an inactive person is refused before anything else', () => {
    const facts = { ...RESOLVED, person: { ...BEN, isActive: false, isTeamMember: false } };

    expect(checkPress(facts, { action: 'claim', version: 1 })).toEqual({ code: 'inactive_person' });
  });

  it('of an outsider is refused with who may, not with who owns it', () => {
    const facts = { ...ANAS, person: { ...BEN, isTeamMember: false } };

    expect(checkPress(facts, { action: 'claim', version: 3 })).toMatchObject({ code: 'not_permitted' });
  });

  it.each(['claim', 'unclaim', 'resolve', 'wait'] as const)(
    'of a member who lost the race (%s) names the owner',
    (action) => {
      expect(checkPress(ANAS, { action, version: 2 })).toEqual({
        code: 'already_claimed',
        ownerName: 'Ana Ruiz',
        since: SINCE,
        isYou: false,
      });
    },
  );

  it('that owning it would not allow is refused by permission, not by the owner', () => {
    expect(checkPress(ANAS, { action: 'approve', version: 3 })).toMatchObject({ code: 'not_permitted' });
    expect(checkPress(OWN, { action: 'approve', version: 3 })).toMatchObject({ code: 'not_permitted' });
  });

  it('on what one owns already says so', () => {
    expect(checkPress(OWN, { action: 'claim', version: 3 })).toMatchObject({
      code: 'already_claimed',
      isYou: true,
    });
  });

  it.each(['claim', 'escalate'] as const)(
    'on a closed exception (%s) says how and when it was closed',
    (action) => {
      expect(checkPress(RESOLVED, { action, version: 3 })).toEqual({
        code: 'already_closed',
        status: 'resolved',
        byName: 'Ana Ruiz',
        at: NOW,
      });
    },
  );

  it('that the status does not take is refused by it', () => {
    const lead = { ...OPEN, person: { ...BEN, roles: ['ops_lead'] as const } };

    expect(checkPress(lead, { action: 'resolve', version: 3 })).toEqual({
      code: 'wrong_status',
      action: 'resolve',
      status: 'open',
    });
  });

  it.each([2, 4])('that saw version %s where 3 stands is stale', (version) => {
    expect(checkPress(OPEN, { action: 'claim', version })).toEqual({
      code: 'stale_card',
      status: 'open',
      ownerName: undefined,
    });
  });
});

describe('the state a press leads to', () => {
  it('makes the presser the owner on a claim', () => {
    expect(claimed(OPEN, NOW)).toMatchObject({ status: 'claimed', ownerId: 'ben', claimedAt: NOW, level: 1 });
  });

  it('has no owner after giving back', () => {
    expect(unclaimed(OWN)).toMatchObject({ status: 'open', ownerId: null, claimedAt: null, level: 1 });
  });

  it('keeps the owner when resolved', () => {
    expect(resolved(ANAS, { code: 'accepted', minor: undefined, now: NOW })).toEqual({
      status: 'resolved',
      ownerId: 'ana',
      claimedAt: SINCE,
      closedAt: NOW,
      level: 1,
      resolutionCode: 'accepted',
      resolutionMinor: null,
    });
  });

  it('changes nothing but the level when escalated', () => {
    expect(escalated(ANAS)).toMatchObject({ status: 'claimed', ownerId: 'ana', claimedAt: SINCE, level: 2 });
  });
});

describe('a note', () => {
  it.each([
    ['', undefined],
    [' \n\u00a0', undefined],
    [' kept\nas typed ', 'kept\nas typed'],
    ['half \uD83D here', 'half \uFFFD here'],
    ['whole 😀 here', 'whole 😀 here'],
    ['a\u0000b', 'a\uFFFDb'],
  ])('%j is kept as %j', (text, note) => {
    expect(readNote(text)).toEqual({ ok: true, value: note });
  });

  it('is refused beyond what a modal takes, counted after trimming', () => {
    expect(readNote(` ${'x'.repeat(3000)} `)).toMatchObject({ ok: true });
    expect(readNote('x'.repeat(3001))).toEqual({
      ok: false,
      refusal: { code: 'note_too_long', limit: 3000 },
    });
  });
});

it('replaces what Postgres cannot hold and nothing else', () => {
  expect(keepable('\uDC00 a\u0000 \u202e 😀\uD83D')).toBe('\uFFFD a\uFFFD \u202e 😀\uFFFD');
});
