import { describe, expect, it } from 'vitest';
import { STATUSES, type Status } from '../../../src/core/lifecycle.ts';
import {
  fingerprintOf,
  type PlannedException,
  planChanges,
  type RecordedException,
} from '../../../src/core/plan.ts';
import { ORGANISATION } from '../../support/ledger.ts';

const planned = (changes: Partial<PlannedException> = {}): PlannedException => ({
  fingerprint: 'f',
  type: 'amount_differs',
  reason: 'UNEXPLAINED_DIFFERENCE',
  severity: 'manual_review',
  client: undefined,
  orderRef: undefined,
  expectedMinor: 1n,
  actualMinor: 2n,
  atStakeMinor: 1n,
  currency: 'USD',
  findings: [],
  members: [],
  inputsHash: 'same',
  ownership: ORGANISATION.ownership[0] ?? expect.fail(),
  dueAt: new Date('2026-11-22T07:00:00Z'),
  ...changes,
});
const recorded = (changes: Partial<RecordedException> = {}): RecordedException => ({
  exceptionId: 'id',
  number: 1001,
  fingerprint: 'f',
  inputsHash: 'same',
  type: 'amount_differs',
  reason: 'UNEXPLAINED_DIFFERENCE',
  severity: 'manual_review',
  status: 'open',
  version: 1,
  level: 0,
  ownerId: undefined,
  ...changes,
});

const kinds = (plan: readonly PlannedException[], record: readonly RecordedException[]) =>
  planChanges(plan, record).map((change) => `${change.kind} ${fingerprintOf(change)}`);
const byStatus = (plan: readonly PlannedException[]): Record<Status, string> =>
  Object.fromEntries(
    STATUSES.map((status) => [status, kinds(plan, [recorded({ status })]).join() || 'nothing']),
  ) as Record<Status, string>;

describe('a difference', () => {
  it('that is new is opened', () => {
    expect(kinds([planned()], [])).toEqual(['open f']);
  });

  it('of the same records that is told otherwise is written anew while it is live, and stays as a person settled it', () => {
    const note = (actual: string) => [
      { field: 'amount', expected: '€1.00', actual: undefined },
      { field: 'rate', expected: undefined, actual },
    ];
    const of = (status: Status, says: RecordedException['says']) =>
      kinds([planned({ findings: note('of Monday') })], [recorded({ status, says })]).join();

    expect(of('open', note('of Monday'))).toBe('');
    expect(of('open', note('of Sunday'))).toBe('update f');
    expect(of('claimed', [])).toBe('update f');
    expect(of('resolved', note('of Sunday'))).toBe('');
    expect(kinds([planned({ findings: note('x').slice(1) })], [recorded({ says: note('x') })])).toEqual([
      'update f',
    ]);
    expect(kinds([planned({ findings: note('x').slice(1) })], [recorded({ says: [] })])).toEqual([]);
  });

  it('that is found again as it was changes nothing, except that it is back after it was gone', () => {
    expect(byStatus([planned()])).toEqual({
      open: 'nothing',
      claimed: 'nothing',
      waiting: 'nothing',
      awaiting_approval: 'nothing',
      resolved: 'nothing',
      cleared: 'reopen f',
    });
  });

  it('whose inputs changed updates what is live and reopens what was closed', () => {
    expect(byStatus([planned({ inputsHash: 'other' })])).toEqual({
      open: 'update f',
      claimed: 'update f',
      waiting: 'update f',
      awaiting_approval: 'update f',
      resolved: 'reopen f',
      cleared: 'reopen f',
    });
  });

  it.each([
    ['graver', { severity: 'block_payout' }],
    ['of another reason', { reason: 'OVERBILL' }],
  ] as const)(
    'that a new rule finds %s updates what is live and leaves a decision alone',
    (_what, change) => {
      expect(byStatus([planned(change)])).toEqual({
        open: 'update f',
        claimed: 'update f',
        waiting: 'update f',
        awaiting_approval: 'update f',
        resolved: 'nothing',
        cleared: 'reopen f',
      });
    },
  );

  it('that vanished is cleared, except where somebody is deciding or has decided', () => {
    expect(byStatus([])).toEqual({
      open: 'clear f',
      claimed: 'clear f',
      waiting: 'clear f',
      awaiting_approval: 'nothing',
      resolved: 'nothing',
      cleared: 'nothing',
    });
  });
});

describe('a plan', () => {
  it('is ordered by fingerprint, whatever order things came in', () => {
    const drafts = ['c', 'a'].map((fingerprint) => planned({ fingerprint }));
    const gone = ['d', 'b'].map((fingerprint) => recorded({ fingerprint }));

    expect(kinds(drafts, gone)).toEqual(['open a', 'clear b', 'open c', 'clear d']);
    expect(kinds([...drafts].reverse(), [...gone].reverse())).toEqual(kinds(drafts, gone));
  });

  it('of two drafts of one fingerprint is a bug', () => {
    expect(() => planChanges([planned(), planned()], [])).toThrow('two drafts of f');
  });
});
