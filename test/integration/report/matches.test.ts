import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import type { Label } from '../../../src/pipeline/report/keep-labels.sql.ts';
import { type MatchQuery, matchLines } from '../../../src/pipeline/report/match-lines.sql.ts';
import { scoreMatches } from '../../../src/pipeline/report/score-matches.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aSpec,
  invoice,
  order,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const SPEC = aSpec();

async function ledger(rows: Parameters<typeof putRecords>[2]): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, [SPEC.key]);
  await putRecords(sql, workspace, rows);
  await runLedger(sql, workspace);
  return workspace;
}

const linesOf = ({ workspaceId }: SeededWorkspace, query: Partial<MatchQuery> = {}) =>
  inWorkspace(sql, workspaceId, (tx) => matchLines(tx, { workspaceId, limit: 100, ...query }), {
    snapshot: true,
  });

const scored = (workspace: SeededWorkspace, labels: readonly Label[], limit = 10) =>
  inWorkspace(sql, workspace.workspaceId, (tx) =>
    scoreMatches(
      tx,
      {
        workspaceId: workspace.workspaceId,
        reconciliationId: workspace.reconciliations[SPEC.key] ?? '',
        key: SPEC.key,
        expectedFeedId: workspace.feeds.expected,
        actualFeedId: workspace.feeds.actual,
        limit,
      },
      labels,
    ),
  );

const MIXED = [
  order('1', 1000n),
  invoice('1', 1000n),
  order('2', 20_000n),
  invoice('2', 17_000n),
  order('3', 3000n),
  invoice('3', 2900n, { ref: 'I-3b', on: '2026-10-02' }),
  invoice('3', 100n, { ref: 'I-3a', on: '2026-10-02' }),
  order('4', 4000n),
  invoice('4', 4001n),
  order('5', 5000n),
];

describe('the matches of a workspace', () => {
  it('are listed with their records, how they came out, and the exception that speaks of them', async () => {
    const workspace = await ledger(MIXED);
    const lines = await linesOf(workspace);
    expect(
      lines.map(({ pass, outcome, reason, exceptions, members }) => [
        pass,
        outcome,
        reason,
        exceptions.length,
        ...members.map(({ side, ref, amount }) => `${side} ${ref} ${amount}`),
      ]),
    ).toEqual([
      ['po', 'equal', null, 0, 'expected O-1 1000', 'actual I-1 1000'],
      ['po', 'excepted', null, 1, 'expected O-2 20000', 'actual I-2 17000'],
      ['po', 'auto_resolved', 'PACING', 0, 'expected O-4 4000', 'actual I-4 4001'],
      ['po-lines', 'equal', null, 0, 'expected O-3 3000', 'actual I-3a 100', 'actual I-3b 2900'],
    ]);
  });

  it('are read page by page without one lost or repeated, and by pass and outcome', async () => {
    const workspace = await ledger(MIXED);
    const all = (await linesOf(workspace)).map(({ matchId }) => matchId);
    const [first, second] = await linesOf(workspace, { limit: 2 });
    const rest = await linesOf(workspace, { after: second?.matchId, limit: 100 });
    expect([first, second, ...rest].map((line) => line?.matchId)).toEqual(all);
    expect((await linesOf(workspace, { outcome: 'equal' })).map(({ pass }) => pass)).toEqual([
      'po',
      'po-lines',
    ]);
    expect(await linesOf(workspace, { pass: 'po-lines' })).toHaveLength(1);
  });

  it('are those that stand: of an order that changed the new one alone, and nothing of another workspace', async () => {
    const workspace = await ledger(MIXED);
    await putRecords(sql, workspace, [order('1', 15_000n)]);
    await runLedger(sql, workspace);
    const ofOrder = (await linesOf(workspace)).filter(({ members }) =>
      members.some(({ ref }) => ref === 'O-1'),
    );
    expect(ofOrder).toMatchObject([{ outcome: 'excepted', expectedMinor: 15_000n, actualMinor: 1000n }]);
    expect(await linesOf(await ledger([order('9', 1n)]))).toEqual([]);
  });
});

const pair = (expected: string, actual: string): Label => ({ expected, actual });

describe('how right the matches are', () => {
  it('is told by pass: each pair of a larger match by itself, pairs of which nothing is known for themselves', async () => {
    const workspace = await ledger(MIXED);
    const labels = [
      pair('O-1', 'I-1'),
      pair('O-2', 'I-4'),
      pair('O-3', 'I-3a'),
      pair('O-3', 'I-3b'),
      pair('O-5', 'I-3a'),
    ];
    const score = await scored(workspace, labels);
    expect(score.labels).toEqual({ pairs: 5, absent: 0, alone: 0 });
    expect(score.passes).toEqual([
      { pass: 'po', how: 'matched', right: 1, wrong: 2, unknown: 0 },
      { pass: 'po-lines', how: 'matched', right: 2, wrong: 0, unknown: 0 },
    ]);
    expect(score.matched).toEqual({ precision: 3 / 5, recall: 3 / 5, f1: 3 / 5 });
    expect(score.wrong).toEqual([
      {
        expected: 'O-2',
        actual: 'I-2',
        pass: 'po',
        how: 'matched',
        actualOfExpected: ['I-4'],
        expectedOfActual: [],
      },
      {
        expected: 'O-4',
        actual: 'I-4',
        pass: 'po',
        how: 'matched',
        actualOfExpected: [],
        expectedOfActual: ['O-2'],
      },
    ]);
    expect(score.missed).toEqual([pair('O-2', 'I-4'), pair('O-5', 'I-3a')]);
  });

  it('leaves out of recall what nobody could find, takes a label once, and one without a partner as known', async () => {
    const workspace = await ledger(MIXED);
    const labels = [
      pair('O-1', 'I-1'),
      pair('O-1', 'I-1'),
      pair('O-77', 'I-4'),
      { expected: 'O-2', actual: undefined },
      { expected: undefined, actual: 'I-3a' },
    ];
    const score = await scored(workspace, labels, 1);
    expect(score.labels).toEqual({ pairs: 2, absent: 1, alone: 2 });
    expect(score.matched).toEqual({ precision: 1 / 4, recall: 1, f1: 2 / 5 });
    expect(score.wrong).toHaveLength(1);
    expect(score.missed).toEqual([]);
  });
});
