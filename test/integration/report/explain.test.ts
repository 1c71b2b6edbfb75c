import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { explainException } from '../../../src/pipeline/report/explain-exception.ts';
import { testDatabase } from '../../support/database.ts';
import { invoice, type LedgerRow, order, type SeededWorkspace } from '../../support/ledger.ts';
import { exceptionAbout, matchAs, PAIRING_SPEC, startedWith } from '../../support/pairing.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

const of = (client: string, po: string) => ({ fields: { po, client } });
const ordered = (ref: string, minor: bigint, client: string, po = ref): LedgerRow =>
  order(ref, minor, { ...of(client, po), on: '2026-10-01' });
const billed = (ref: string, minor: bigint, client: string, po = ref): LedgerRow =>
  invoice(ref, minor, { ...of(client, po), on: '2026-10-03' });

async function explained(workspace: SeededWorkspace, row: LedgerRow, specs = [PAIRING_SPEC]) {
  const { number } = await exceptionAbout(sql, workspace, row);
  return (await explainException(sql, { workspaceId: workspace.workspaceId, number, specs }))?.explanation;
}

describe('why records are paired or not', () => {
  it('names what a key would take, and what is near and alone too: nearest in amount, its own client first', async () => {
    const alone = ordered('A-1', 10_000n, 'Acme');
    const workspace = await startedWith(sql, [
      alone,
      billed('X-1', 9_900n, 'Acme'),
      billed('X-2', 10_001n, 'Other'),
      billed('X-3', 700n, 'Acme'),
      billed('X-4', 700n, 'Other'),
      billed('X-5', 10_000n, 'Other', ''),
      ordered('B-1', 10_000n, 'Acme'),
      billed('B-2', 10_000n, 'Acme', 'B-1'),
    ]);

    expect(await explained(workspace, alone)).toMatchObject({
      paired: undefined,
      isWeighed: false,
      alone: [
        {
          document: { side: 'expected' },
          candidates: [],
          keys: [{ pass: 'po', why: 'nobody', fields: ['po'] }],
          nearby: ['X-1', 'X-5', 'X-2', 'X-3'].map((ref) => ({ sourceRef: expect.stringContaining(ref) })),
        },
      ],
    });
  });

  it('names the fields that are equal in what keys paired, and the person of what a person did', async () => {
    const [one, other, third] = [
      ordered('A-1', 10_000n, 'Acme'),
      billed('X-1', 9_000n, 'Acme', 'A-1'),
      billed('X-2', 9_500n, 'Acme'),
    ];
    const workspace = await startedWith(sql, [one, other, third]);
    expect(await explained(workspace, one)).toMatchObject({
      paired: { pass: 'po', fields: ['po'], byHand: undefined },
      alone: [],
    });

    const matched = await matchAs(sql, workspace, { row: one, others: [third] });
    expect(matched).toMatchObject({ ok: true });
    expect(await explained(workspace, one)).toMatchObject({
      paired: { pass: 'by hand', byHand: { name: expect.any(String), note: 'same job' } },
    });
    // What was let go of says who took its place.
    expect(await explained(workspace, other)).toMatchObject({
      paired: undefined,
      alone: [{ keys: [{ why: 'taken', ref: expect.stringContaining('A-1') }] }],
    });
  });

  it('explains what is kept on the record where the rules are not at hand', async () => {
    const alone = ordered('A-1', 10_000n, 'Acme');
    const workspace = await startedWith(sql, [alone]);
    expect(await explained(workspace, alone, [])).toMatchObject({
      alone: [{ keys: undefined, nearby: [], candidates: [] }],
    });
  });
});
