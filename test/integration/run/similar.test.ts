import { afterAll, describe, expect, it } from 'vitest';
import type { SimilarPass } from '../../../src/core/spec.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { explainException } from '../../../src/pipeline/report/explain-exception.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aSpec,
  invoice,
  type LedgerRow,
  order,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const BY_NAME: SimilarPass = {
  kind: 'similar',
  name: 'by-name',
  within: { expected: [], actual: [] },
  gates: { amountPpm: 300_000, days: { from: 0, to: 45 } },
  compare: [
    { expected: 'payee', actual: 'memo', kind: 'text' },
    { expected: 'amount', actual: 'amount', kind: 'money' },
    { expected: 'date', actual: 'date', kind: 'lag' },
  ],
};

const SPEC = aSpec({
  find: [...aSpec().find, BY_NAME],
  decide: {
    auto: { probabilityPpm: 900_000, marginBits: 6, needReference: true },
    suggest: { probabilityPpm: 200_000 },
  },
  missing: {
    actual: { afterDays: 0, raise: 'missing_invoice', severity: 'manual_review' },
    expected: { afterDays: 0, raise: 'unordered_charge', severity: 'block_payout' },
  },
});

const paid = (payee: string, amountMinor: bigint, on = '2026-10-01'): LedgerRow =>
  order(payee, amountMinor, { fields: { payee }, on });
const received = (memo: string, amountMinor: bigint, on = '2026-10-02'): LedgerRow =>
  invoice(memo, amountMinor, { fields: { memo }, on });

/** Enough plain business around the case for agreement to mean something. */
const BUSINESS: readonly LedgerRow[] = [
  'Corvinus',
  'Aldermann',
  'Quesada',
  'Oberholtzer',
  'Thistlewood',
  'Nakamura',
].flatMap((name, at) => [
  paid(`${name} Holdings`, BigInt(10_000 + at * 7_331)),
  received(`${name} Hold`, BigInt(10_000 + at * 7_331)),
]);

const livePairs = (workspace: SeededWorkspace): Promise<string[]> =>
  inWorkspace(sql, workspace.workspaceId, async (tx) => {
    const rows = await tx<{ text: string }[]>`
      select string_agg(r.source_ref, ' + ' order by m.side desc) as text
      from match_member m
      join record r on r.workspace_id = m.workspace_id and r.record_id = m.record_id
      where m.is_live
      group by m.match_id`;
    return rows.map(({ text }) => text).sort();
  });

async function explained(workspace: SeededWorkspace, orderRef: string) {
  const number = await inWorkspace(sql, workspace.workspaceId, async (tx) => {
    const [row] = await tx<{ number: number }[]>`
      select e.number from exception e
      join exception_member m on m.workspace_id = e.workspace_id and m.exception_id = e.exception_id
      join record r on r.workspace_id = m.workspace_id and r.record_id = m.record_id
      where r.source_ref = ${orderRef}`;
    return row?.number ?? 0;
  });
  return (await explainException(sql, { workspaceId: workspace.workspaceId, number, specs: [SPEC] }))
    ?.explanation;
}

describe('a similar pass', () => {
  it('pairs what a bank cut off, keeps why, and changes nothing when run again', async () => {
    const workspace = await seedWorkspace(sql, [SPEC.key]);
    await putRecords(sql, workspace, BUSINESS);

    const first = await runLedger(sql, workspace, { spec: SPEC });
    const again = await runLedger(sql, workspace, { spec: SPEC });

    expect(await livePairs(workspace)).toContain('O-Corvinus Holdings + I-Corvinus Hold');
    expect(first).toMatchObject({ status: 'applied', made: { matches: 6 }, changes: { open: 0 } });
    expect(again).toMatchObject({ status: 'unchanged', made: { matches: 0, superseded: 0 } });
    const [kept] = await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx<{ explained: { weight: number; prior: number; parts: { bits: number }[] } }[]>`
        select explained from match where pass = 'by-name' limit 1`,
    );
    const { weight = 0, prior = 0, parts = [] } = kept?.explained ?? {};
    expect(parts).toHaveLength(3);
    expect(Math.abs(parts.reduce((sum, { bits }) => sum + bits, prior) - weight)).toBeLessThan(1e-9);
  });

  it('never guesses between two equally good candidates, and says that it did not', async () => {
    const workspace = await seedWorkspace(sql, [SPEC.key]);
    await putRecords(sql, workspace, [
      ...BUSINESS,
      paid('Vandermeer Imports', 50_000n),
      invoice('twin-1', 50_000n, { fields: { memo: 'Vandermeer Imp' }, on: '2026-10-02' }),
      invoice('twin-2', 50_000n, { fields: { memo: 'Vandermeer Imp' }, on: '2026-10-02' }),
    ]);

    await runLedger(sql, workspace, { spec: SPEC });

    expect((await livePairs(workspace)).join()).not.toContain('Vandermeer');
    const explanation = await explained(workspace, 'O-Vandermeer Imports');
    expect(explanation?.alone).toMatchObject([
      { candidates: [{ verdict: 'ambiguous' }, { verdict: 'ambiguous' }] },
    ]);
  });

  it('names its records as they are called, whatever stands in their references and texts', async () => {
    const workspace = await seedWorkspace(sql, [SPEC.key]);
    await putRecords(sql, workspace, [
      ...BUSINESS,
      order('odd\u001f"1"\\', 50_000n, {
        fields: { payee: 'Vandermeer\u001f"Imports"\\' },
        on: '2026-10-01',
      }),
      invoice('odd\u001f{}', 50_000n, { fields: { memo: 'Vandermeer "Imp' }, on: '2026-10-02' }),
    ]);

    await runLedger(sql, workspace, { spec: SPEC });

    const keys = await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx<{ key: string }[]>`select group_key as key from match where group_key like 'O-odd%'`,
    );
    expect(keys).toMatchObject([{ key: 'O-odd "1"\\\u001fI-odd {}' }]);
  });

  it('says of a record alone that nothing came close', async () => {
    const workspace = await seedWorkspace(sql, [SPEC.key]);
    await putRecords(sql, workspace, [...BUSINESS, paid('Zyx', 99n)]);

    await runLedger(sql, workspace, { spec: SPEC });

    expect(await explained(workspace, 'O-Zyx')).toMatchObject({
      paired: undefined,
      alone: [{ candidates: [] }],
    });
  });

  it('says what the limits kept apart and would have been paired inside them, and by how much they were missed', async () => {
    const workspace = await seedWorkspace(sql, [SPEC.key]);
    await putRecords(sql, workspace, [
      ...BUSINESS,
      paid('Featherstonehaugh Holdings', 100_000n),
      received('Featherstonehaugh Hold', 64_000n),
    ]);

    await runLedger(sql, workspace, {
      spec: { ...SPEC, decide: { ...SPEC.decide, suggest: { probabilityPpm: 100_000 } } },
    });

    const explanation = await explained(workspace, 'O-Featherstonehaugh Holdings');
    expect(explanation?.alone).toMatchObject([
      {
        candidates: [
          {
            document: { sourceRef: 'I-Featherstonehaugh Hold' },
            verdict: 'blocked',
            weighing: {
              blocked: { outside: [{ limit: 'amount', allowed: 0.3, is: 0.36 }], would: 'suggested' },
            },
          },
        ],
        keys: [
          { pass: 'po', why: 'empty_key', fields: ['po'] },
          { pass: 'po-lines', why: 'empty_key', fields: ['po'] },
        ],
      },
    ]);
    for (const { weighing } of explanation?.alone[0]?.candidates ?? []) {
      const sum = weighing.parts.reduce((total, { bits }) => total + bits, weighing.prior);
      expect(Math.abs(sum - weighing.weight)).toBeLessThan(1e-9);
    }
  });

  it('gives way to an exact key that arrives later: the pair is superseded, never overwritten', async () => {
    const workspace = await seedWorkspace(sql, [SPEC.key]);
    await putRecords(sql, workspace, BUSINESS);
    await runLedger(sql, workspace, { spec: SPEC });
    await putRecords(sql, workspace, [
      order('Corvinus Holdings', 10_000n, { fields: { payee: 'Corvinus Holdings', po: 'PO-1' } }),
      invoice('PO-1', 10_000n),
    ]);

    const report = await runLedger(sql, workspace, { spec: SPEC });

    expect(report.made).toMatchObject({ superseded: 1 });
    expect(await livePairs(workspace)).toContain('O-Corvinus Holdings + I-PO-1');
    expect(await livePairs(workspace)).not.toContain('O-Corvinus Holdings + I-Corvinus Hold');
  });
});
