import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../../src/core/organisation.ts';
import {
  type Approving,
  canBeDecided,
  judgeApproval,
  openSeats,
  type RuleChange,
  SEATS,
  type Seat,
  type SeatTaken,
  whyNotPropose,
  whyNotReject,
} from '../../../src/core/rule-change.ts';

const NOW = new Date('2026-11-21T09:00:00Z');
const taken = (seat: Seat, personId: string): SeatTaken => ({
  seat,
  personId,
  name: personId.toUpperCase(),
  at: NOW,
  note: undefined,
});
const CHANGE: RuleChange = {
  changeId: 'c',
  reconciliation: 'orders',
  state: 'pending',
  from: 3,
  to: 4,
  active: 3,
  author: { personId: 'adam', name: 'Adam' },
  expiresAt: new Date('2026-12-01T00:00:00Z'),
  decided: undefined,
  approvals: [],
};
const person = (personId: string, ...roles: Role[]) => ({ personId, isActive: true, roles });

const judge = (approving: Partial<Approving>) => {
  const all = { change: CHANGE, person: person('dana', 'data_owner'), seat: undefined, now: NOW };
  const judged = judgeApproval({ ...all, ...approving });
  return judged.ok ? judged.value : judged.refusal.code;
};

describe('an approval', () => {
  it('takes the seat that was chosen, else the first open one of the person', () => {
    const tess = person('tess', ...SEATS);
    expect(judge({ person: tess })).toEqual({ seat: 'data_owner', isLast: false });
    expect(judge({ person: tess, seat: 'governance' })).toEqual({ seat: 'governance', isLast: false });
    const change = { ...CHANGE, approvals: [taken('data_owner', 'dana')] };
    expect(judge({ change, person: tess })).toEqual({ seat: 'ops_lead', isLast: false });
  });

  it('is the last one when it takes the only open seat', () => {
    const change = { ...CHANGE, approvals: [taken('ops_lead', 'olga'), taken('governance', 'gita')] };
    expect(judge({ change })).toEqual({ seat: 'data_owner', isLast: true });
  });

  it.each([
    [
      'somebody switched off',
      { person: { ...person('dana', 'data_owner'), isActive: false } },
      'inactive_person',
    ],
    ['the author, whatever their roles', { person: person('adam', ...SEATS) }, 'own_rule_change'],
    ['the author without any role', { person: person('adam') }, 'own_rule_change'],
    [
      'somebody without any of the roles',
      { person: person('ana', 'account_manager', 'admin') },
      'not_permitted',
    ],
    ['one that was decided', { change: { ...CHANGE, state: 'rejected' as const } }, 'rule_change_over'],
    ['one whose time is over to the second', { now: CHANGE.expiresAt }, 'rule_change_over'],
    ['one whose starting point moved', { change: { ...CHANGE, active: 5 } }, 'rule_change_outdated'],
    ['a seat of another role', { seat: 'governance' }, 'seat_not_yours'],
    ['a seat that there is not', { seat: 'king' }, 'seat_unknown'],
    ['a name of an object', { seat: 'constructor' }, 'seat_unknown'],
    [
      'whoever has a seat, in another',
      {
        change: { ...CHANGE, approvals: [taken('data_owner', 'tess')] },
        person: person('tess', ...SEATS),
        seat: 'ops_lead',
      },
      'already_seated',
    ],
    ['a taken seat', { change: { ...CHANGE, approvals: [taken('data_owner', 'dora')] } }, 'seat_taken'],
    [
      'a taken seat that was chosen',
      { change: { ...CHANGE, approvals: [taken('data_owner', 'dora')] }, seat: 'data_owner' },
      'seat_taken',
    ],
  ] as const)('is refused: %s', (_, approving, code) => {
    expect(judge(approving as Partial<Approving>)).toBe(code);
  });

  it('of any people in any order ends with three different people in three seats, or waits', () => {
    const crowd = fc.array(
      fc.record({ id: fc.integer({ min: 0, max: 5 }), seat: fc.constantFrom(...SEATS, undefined) }),
      { maxLength: 12 },
    );
    const roles = fc.array(fc.subarray([...ROLES]), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(crowd, roles, (presses, held) => {
        let approvals: readonly SeatTaken[] = [];
        let activations = 0;
        for (const { id, seat } of presses) {
          if (openSeats({ approvals }).length === 0) break;
          const personId = id === 0 ? 'adam' : `p${id}`;
          const judged = judgeApproval({
            change: { ...CHANGE, approvals },
            person: person(personId, ...(held[id] ?? [])),
            seat,
            now: NOW,
          });
          if (!judged.ok) continue;
          approvals = [...approvals, taken(judged.value.seat, personId)];
          if (judged.value.isLast) activations += 1;
        }
        const people = approvals.map(({ personId }) => personId);
        expect(new Set(people).size).toBe(approvals.length);
        expect(people).not.toContain('adam');
        expect(new Set(approvals.map(({ seat }) => seat)).size).toBe(approvals.length);
        expect(activations).toBe(approvals.length === 3 ? 1 : 0);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a rejection', () => {
  it.each([
    ['whoever could approve', person('gita', 'governance'), undefined],
    ['the author, who withdraws', person('adam'), undefined],
    ['somebody else', person('ana', 'admin'), 'not_permitted'],
  ])('is for %s', (_, who, code) => {
    expect(whyNotReject({ change: CHANGE, person: who, now: NOW })?.code).toBe(code);
  });

  it('comes too late after a decision, and after the time', () => {
    const decided = { ...CHANGE, state: 'activated' as const, decided: { byName: 'Gita', at: NOW } };
    const who = person('gita', 'governance');
    expect(whyNotReject({ change: decided, person: who, now: NOW })).toEqual({
      code: 'rule_change_over',
      how: 'activated',
      byName: 'Gita',
      at: NOW,
    });
    expect(whyNotReject({ change: CHANGE, person: who, now: CHANGE.expiresAt })?.code).toBe(
      'rule_change_over',
    );
  });
});

it.each(
  ROLES.map((role) => [role, ['ops_lead', 'admin', 'data_owner', 'governance'].includes(role)] as const),
)('a person who is only %s may propose: %s', (role, isAllowed) => {
  expect(whyNotPropose(person('p', role)) === undefined).toBe(isAllowed);
});

describe('whether three people could decide', () => {
  const held = (...roles: Role[][]) => roles.map((one, at) => ({ key: `p${at}`, roles: one }));

  it.each([
    ['one person per seat', held(['data_owner'], ['ops_lead'], ['governance']), undefined, true],
    ['one of them is the author', held(['data_owner'], ['ops_lead'], ['governance']), 'p1', false],
    ['one person with all three', held([...SEATS]), undefined, false],
    [
      'two people, one of them with two seats',
      held(['data_owner', 'ops_lead'], ['governance']),
      undefined,
      false,
    ],
    [
      'three people who have to sit right',
      held(['data_owner', 'ops_lead'], ['data_owner'], [...SEATS]),
      undefined,
      true,
    ],
    [
      'three people for two of the seats',
      held(['data_owner'], ['data_owner'], ['governance']),
      undefined,
      false,
    ],
  ] as const)('%s', (_, people, author, can) => {
    expect(canBeDecided(people, author)).toBe(can);
  });
});
