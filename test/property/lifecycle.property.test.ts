import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ActFacts,
  checkPress,
  claimed,
  escalated,
  type NextState,
  reopened,
  resolved,
  resumed,
  unclaimed,
  waiting,
} from '../../src/core/act.ts';
import { hasOwner, isLive, nextStatus, STATUSES, TRANSITION_ACTIONS } from '../../src/core/lifecycle.ts';
import { ROLES } from '../../src/core/organisation.ts';
import { PERSON_ACTIONS } from '../../src/core/permission.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const PEOPLE = ['ana', 'ben', 'olga'] as const;
const TEAM: readonly string[] = ['ana', 'ben'];

const CALENDAR = { zone: 'UTC', workdays: [1, 2, 3, 4, 5], holidays: [] };

type Row = NextState & { version: number };
const FRESH: Row = {
  status: 'open',
  ownerId: null,
  claimedAt: null,
  closedAt: null,
  level: 0,
  resolutionCode: null,
  resolutionMinor: null,
  openedAt: NOW,
  dueAt: NOW,
  waitUntilOn: null,
  duePausedAt: null,
  version: 1,
};
const ACTS = {
  claim: (facts: ActFacts) => claimed(facts, NOW),
  unclaim: (facts: ActFacts) => unclaimed(facts, NOW),
  resolve: (facts: ActFacts) => resolved(facts, { code: 'accepted', minor: undefined, now: NOW }),
  escalate: (facts: ActFacts) => escalated(facts),
  wait: (facts: ActFacts) =>
    waiting(facts, { until: '2026-12-01', pausesSla: facts.version % 2 === 0, now: NOW }),
  resume: (facts: ActFacts) => resumed(facts, NOW),
  reopen: (facts: ActFacts) => reopened(facts, { now: NOW, calendar: CALENDAR }),
} as const;

const factsOf = (row: Row, person: string): ActFacts => ({
  ...row,
  type: 'amount_differs',
  currency: 'USD',
  owner: row.ownerId === null ? undefined : { personId: row.ownerId, name: row.ownerId },
  claimedAt: row.claimedAt ?? undefined,
  closedAt: row.closedAt ?? undefined,
  sla: '4h',
  waitUntilOn: row.waitUntilOn ?? undefined,
  duePausedAt: row.duePausedAt ?? undefined,
  closedByName: undefined,
  person: {
    personId: person,
    isActive: true,
    isOwner: row.ownerId === person,
    isTeamMember: TEAM.includes(person),
    roles: person === 'olga' ? ['ops_lead'] : [],
  },
});

const press = fc.record({
  action: fc.constantFrom('claim', 'unclaim', 'resolve', 'escalate', 'wait', 'resume', 'reopen'),
  person: fc.constantFrom(...PEOPLE),
  behind: fc.constantFrom(0, 0, 0, 1),
});

describe('any presses by anybody', () => {
  it('keep the row what the database demands of it', () => {
    fc.assert(
      fc.property(fc.array(press, { maxLength: 30 }), (presses) => {
        presses.reduce((row, { action, person, behind }): Row => {
          const facts = factsOf(row, person);
          const act = action as keyof typeof ACTS;
          if (checkPress(facts, { action: act, version: row.version - behind })) return row;
          const next = { ...ACTS[act](facts), version: row.version + 1 };
          expect(behind).toBe(0);
          expect((next.ownerId === null) === (next.claimedAt === null)).toBe(true);
          expect(isLive(next.status)).toBe(next.closedAt === null);
          expect(next.status === 'resolved').toBe(next.resolutionCode !== null);
          expect(hasOwner(next.status) && next.ownerId === null).toBe(false);
          expect(next.status === 'open' && next.ownerId !== null).toBe(false);
          expect(next.status === 'waiting').toBe(next.waitUntilOn !== null);
          expect(next.duePausedAt !== null && next.status !== 'waiting').toBe(false);
          expect(next.level).toBe(row.level + (act === 'escalate' ? 1 : 0));
          expect(isLive(row.status)).toBe(act !== 'reopen');
          return next;
        }, FRESH);
      }),
    );
  });
});

describe('any press at all', () => {
  const standing = fc.record({
    isOwner: fc.boolean(),
    isTeamMember: fc.boolean(),
    roles: fc.subarray([...ROLES]),
  });

  it('on a closed exception by an active person is refused, unless it is to reopen', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('resolved' as const, 'cleared' as const),
        fc.constantFrom(...PERSON_ACTIONS.filter((action) => action !== 'reopen')),
        standing,
        (status, action, who) => {
          const row: Row = { ...FRESH, status, closedAt: NOW, ownerId: 'ana', claimedAt: NOW };
          const facts = { ...factsOf(row, 'ben'), person: { personId: 'ben', isActive: true, ...who } };
          expect(checkPress(facts, { action, version: 1 })).toBeDefined();
        },
      ),
    );
  });

  it('by somebody inactive is refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PERSON_ACTIONS), standing, (action, who) => {
        const facts = { ...factsOf(FRESH, 'ben'), person: { personId: 'ben', isActive: false, ...who } };
        expect(checkPress(facts, { action, version: 1 })).toEqual({ code: 'inactive_person' });
      }),
    );
  });
});

it('every walk through the table stays in its statuses and ends closed only where it can reopen', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...TRANSITION_ACTIONS), { maxLength: 40 }), (actions) => {
      const end = actions.reduce(
        (status, action) => nextStatus(status, action) ?? status,
        'open' as (typeof STATUSES)[number],
      );
      expect(STATUSES).toContain(end);
      expect(nextStatus(end, 'reopen') === 'open').toBe(!isLive(end));
    }),
  );
});
