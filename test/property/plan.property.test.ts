import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextStatus, STATUSES } from '../../src/core/lifecycle.ts';
import {
  type Change,
  fingerprintOf,
  type PlannedException,
  planChanges,
  type RecordedException,
} from '../../src/core/plan.ts';
import { SEVERITIES } from '../../src/core/severity.ts';
import { ORGANISATION } from '../support/ledger.ts';

const FINGERPRINTS = ['a', 'b', 'c', 'd', 'e'];
const HASHES = fc.constantFrom('1', '2');
const severity = fc.constantFrom(...SEVERITIES);

const drafts = fc
  .uniqueArray(fc.record({ fingerprint: fc.constantFrom(...FINGERPRINTS), inputsHash: HASHES, severity }), {
    selector: (draft) => draft.fingerprint,
  })
  .map((found): PlannedException[] =>
    found.map((draft) => ({
      ...draft,
      type: 'amount_differs',
      reason: 'R',
      client: undefined,
      orderRef: undefined,
      expectedMinor: undefined,
      actualMinor: undefined,
      atStakeMinor: 0n,
      currency: 'USD',
      findings: [],
      members: [],
      ownership: ORGANISATION.ownership[0] as PlannedException['ownership'],
      dueAt: new Date(0),
    })),
  );
const record = fc
  .uniqueArray(
    fc.record({
      fingerprint: fc.constantFrom(...FINGERPRINTS),
      inputsHash: HASHES,
      severity,
      status: fc.constantFrom(...STATUSES),
    }),
    { selector: (row) => row.fingerprint },
  )
  .map((rows): RecordedException[] =>
    rows.map((row, index) => ({
      ...row,
      exceptionId: row.fingerprint,
      number: index,
      type: 'amount_differs',
      reason: 'R',
      version: 1,
      level: 0,
      ownerId: undefined,
    })),
  );

/** The record after a change, as apply would leave it. */
function applied(rows: readonly RecordedException[], changes: readonly Change[]): RecordedException[] {
  const byFingerprint = new Map(rows.map((row) => [row.fingerprint, row]));
  for (const change of changes) {
    const before = byFingerprint.get(fingerprintOf(change));
    byFingerprint.set(fingerprintOf(change), after(change, before));
  }
  return [...byFingerprint.values()];
}

function after(change: Change, before: RecordedException | undefined): RecordedException {
  if (change.kind === 'clear') return { ...change.recorded, status: 'cleared' };
  const { fingerprint, inputsHash, severity: found, type, reason } = change.planned;
  const status = change.kind === 'update' ? change.recorded.status : 'open';
  const blank = { exceptionId: fingerprint, number: 0, version: 1, level: 0, ownerId: undefined };
  return { ...blank, ...before, fingerprint, inputsHash, severity: found, type, reason, status };
}

it('plans nothing more once it was applied', () => {
  fc.assert(
    fc.property(drafts, record, (found, rows) => {
      expect(planChanges(found, applied(rows, planChanges(found, rows)))).toEqual([]);
    }),
  );
});

it('does not depend on any order', () => {
  fc.assert(
    fc.property(drafts, record, (found, rows) => {
      expect(planChanges([...found].reverse(), [...rows].reverse())).toEqual(planChanges(found, rows));
    }),
  );
});

it('moves an exception only along the lifecycle, and each at most once', () => {
  fc.assert(
    fc.property(drafts, record, (found, rows) => {
      const changes = planChanges(found, rows);
      expect(new Set(changes.map(fingerprintOf)).size).toBe(changes.length);
      for (const change of changes) {
        if (change.kind === 'clear') expect(nextStatus(change.recorded.status, 'clear')).toBe('cleared');
        if (change.kind === 'reopen') expect(nextStatus(change.recorded.status, 'reopen')).toBe('open');
      }
    }),
  );
});

it('never touches a resolution whose inputs are the same', () => {
  fc.assert(
    fc.property(drafts, record, (found, rows) => {
      const touched = new Set(planChanges(found, rows).map(fingerprintOf));
      const decided = rows.filter(
        (row) =>
          row.status === 'resolved' &&
          found.every(
            (draft) => draft.fingerprint !== row.fingerprint || draft.inputsHash === row.inputsHash,
          ),
      );
      expect(decided.filter((row) => touched.has(row.fingerprint))).toEqual([]);
    }),
  );
});
