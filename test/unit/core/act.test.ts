import { describe, expect, it } from 'vitest';
import {
  type ActFacts,
  checkPress,
  claimed,
  escalated,
  keepable,
  readNote,
  reopened,
  resolved,
  resumed,
  unclaimed,
  waiting,
} from '../../../src/core/act.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const SINCE = new Date('2026-11-21T08:00:00Z');
const OPENED = new Date('2026-11-20T08:00:00Z');
const DUE = new Date('2026-11-24T08:00:00Z');
const CALENDAR = { zone: 'UTC', workdays: [1, 2, 3, 4, 5], holidays: [] };

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
  openedAt: OPENED,
  dueAt: DUE,
  sla: '2bd',
  waitUntilOn: undefined,
  duePausedAt: undefined,
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

  it.each(['resolve', 'hand_over', 'wait', 'match'] as const)(
    'of a member who does not own what nobody owns (%s) says to claim it first, in a form that was opened before it was given back too',
    (action) => {
      expect(checkPress(OPEN, { action, version: 2 })).toEqual({
        code: 'wrong_status',
        action,
        status: 'open',
      });
    },
  );

  it.each(['resolve', 'hand_over', 'wait'] as const)(
    'of a member who owned what somebody closed meanwhile (%s) says who closed it',
    (action) => {
      const facts = { ...RESOLVED, owner: undefined };
      expect(checkPress(facts, { action, version: 3 })).toMatchObject({
        code: 'already_closed',
        byName: 'Ana Ruiz',
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
    expect(unclaimed(OWN, NOW)).toMatchObject({ status: 'open', ownerId: null, claimedAt: null, level: 1 });
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
      openedAt: OPENED,
      dueAt: DUE,
      waitUntilOn: null,
      duePausedAt: null,
    });
  });

  it('waits with its owner until the day, and its time goes on or stands still', () => {
    const on = { until: '2026-12-01', now: NOW };

    expect(waiting(OWN, { ...on, pausesSla: false })).toMatchObject({
      status: 'waiting',
      ownerId: 'ben',
      claimedAt: SINCE,
      waitUntilOn: '2026-12-01',
      duePausedAt: null,
      dueAt: DUE,
    });
    expect(waiting(OWN, { ...on, pausesSla: true })).toMatchObject({ duePausedAt: NOW, dueAt: DUE });
  });

  it.each([
    ['when the time went on', undefined, DUE],
    ['later by as long as it stood still', SINCE, new Date('2026-11-25T08:00:00Z')],
  ] as const)('is due after a wait %s', (_when, duePausedAt, dueAt) => {
    const facts: ActFacts = { ...OWN, status: 'waiting', waitUntilOn: '2026-12-01', duePausedAt };
    const over = { waitUntilOn: null, duePausedAt: null, dueAt };

    expect(resumed(facts, NOW)).toMatchObject({ ...over, status: 'claimed', ownerId: 'ben' });
    expect(unclaimed(facts, NOW)).toMatchObject({ ...over, status: 'open', ownerId: null });
  });

  it('is open, nobody’s and promised anew from now when reopened, at the level it had', () => {
    expect(reopened(RESOLVED, { now: NOW, calendar: CALENDAR })).toEqual({
      status: 'open',
      ownerId: null,
      claimedAt: null,
      closedAt: null,
      level: 1,
      resolutionCode: null,
      resolutionMinor: null,
      openedAt: NOW,
      // 22 November 2026 is a Sunday: Monday and Tuesday are worked.
      dueAt: new Date('2026-11-24T08:00:00Z'),
      waitUntilOn: null,
      duePausedAt: null,
    });
  });

  it('cannot be promised by what is no promise', () => {
    const facts = { ...RESOLVED, sla: 'soon' };

    expect(() => reopened(facts, { now: NOW, calendar: CALENDAR })).toThrow('"soon"');
  });

  it('changes nothing but the level when escalated', () => {
    expect(escalated(ANAS)).toMatchObject({ status: 'claimed', ownerId: 'ana', claimedAt: SINCE, level: 2 });
  });
});

describe('a note', () => {
  it.each([
    ['', undefined],
    [' \n\u00a0', undefined],
    ['\u200b \u2060\u3164\u202e', undefined],
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
