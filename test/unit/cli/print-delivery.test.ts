import { describe, expect, it } from 'vitest';
import { deliveryLines } from '../../../src/cli/print-delivery.ts';
import {
  type DeliveryReport,
  type Earlier,
  isKeptOut,
  NO_ROWS,
} from '../../../src/pipeline/ingest/report.ts';

const UNDECIDED = { decidedBy: null, decidedAt: null, reasonCode: null, note: null, isKept: true } as const;

const again = (earlier: Pick<Earlier, 'status'> & Partial<Earlier>, problem?: string): DeliveryReport => ({
  deliveryId: '0190a0a0',
  feed: 'air',
  name: 'standard input',
  status: 'already_delivered',
  earlier: { ...UNDECIDED, ...earlier },
  problem,
  ...NO_ROWS,
  rowsHeld: 0,
  recordsRemoved: 0,
  amounts: {},
  warnings: [],
  findings: [],
  reasons: {},
});

const BY_ANA = { decidedBy: 'Ana', decidedAt: new Date('2026-11-30T06:00:00Z') } as const;

describe('a delivery that comes again', () => {
  it('is nothing new where it was taken in', () => {
    const report = again({ status: 'accepted' });

    expect(deliveryLines(report)).toEqual(['air  standard input: delivered before, nothing new']);
    expect(isKeptOut(report)).toBe(false);
  });

  it('is told why it was refused, with the same way out', () => {
    const report = again({ status: 'quarantined' }, 'sent 6 records, and 5 came; run the sync again');

    expect(deliveryLines(report)).toEqual([
      'air  standard input: delivered before, and still kept out: nothing of it was taken',
      '  the whole file is quarantined: sent 6 records, and 5 came; run the sync again',
    ]);
    expect(isKeptOut(report)).toBe(true);
  });

  it('is told that it waits, who keeps it waiting, and how to decide', () => {
    const report = again(
      { status: 'held', ...BY_ANA, reasonCode: 'asking_source' },
      '50 rows where 100 are usual',
    );

    expect(deliveryLines(report)).toEqual([
      'air  standard input: delivered before, and still waits: nothing of it was taken',
      '  held, and none of its rows is a record: 50 rows where 100 are usual',
      '  kept waiting by Ana, 2026-11-30T06:00:00.000Z, asking_source',
      '  Next: tieout deliveries release 0190a0a0 --reason …   (or reject)',
    ]);
    expect(isKeptOut(report)).toBe(true);
  });

  it('is told who rejected it and why', () => {
    const rejected = { status: 'rejected', ...BY_ANA, reasonCode: 'wrong_file', note: 'last month' } as const;
    const report = again(rejected, '50 rows where 100 are usual');

    expect(deliveryLines(report)).toEqual([
      'air  standard input: delivered before, and rejected since: nothing of it was taken',
      '  it was kept out: 50 rows where 100 are usual',
      '  rejected by Ana, 2026-11-30T06:00:00.000Z, wrong_file: last month',
      '  Next, only if it belongs on record after all: tieout deliveries release 0190a0a0 --reason …',
    ]);
    expect(isKeptOut(report)).toBe(true);
  });

  it('is not told to release it where its bytes were not kept', () => {
    const report = again({ status: 'rejected', ...BY_ANA, reasonCode: 'incomplete', isKept: false });

    expect(deliveryLines(report).join()).not.toContain('release');
  });

  it('is told that it is on its way once somebody let it in', () => {
    const report = again({
      status: 'released',
      ...BY_ANA,
      decidedBy: null,
      reasonCode: 'seasonal',
    });

    expect(deliveryLines(report)).toEqual([
      'air  standard input: delivered before, and let in since: its rows become records with the next run',
      '  released by an operator, 2026-11-30T06:00:00.000Z, seasonal',
    ]);
    expect(isKeptOut(report)).toBe(true);
  });
});
