import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { matchByHand } from '../../../src/pipeline/pair/match-by-hand.ts';
import { testDatabase } from '../../support/database.ts';
import {
  exceptionsOf,
  invoice,
  order,
  press,
  putRecords,
  rowCounts,
  runLedger,
  type SeededWorkspace,
  toMatchRecord,
  trailOf,
} from '../../support/ledger.ts';
import {
  exceptionAbout,
  livePairs,
  matchAs,
  PAIRING_SPEC,
  settingsOf,
  startedWith,
} from '../../support/pairing.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const ORDER = order('1', 100_00n);
const BILL = invoice('9', 100_00n);
const DEARER = invoice('9', 112_00n);

const rerun = (workspace: SeededWorkspace) => runLedger(sql, workspace, { spec: PAIRING_SPEC });

/** The trail is whole, and the record follows from it. */
async function expectProven({ workspaceId }: SeededWorkspace): Promise<void> {
  expect((await verifyAudit(sql, { workspaceId, anchors: [] })).problems).toEqual([]);
}

describe('a match by hand', () => {
  it('resolves the exception, clears the partner’s, and leaves the next run nothing to do', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);
    const partner = await exceptionAbout(sql, workspace, BILL);

    const answer = await matchAs(sql, workspace, { row: ORDER, others: [BILL], note: 'wrong number' });

    expect(answer).toMatchObject({
      ok: true,
      value: { status: 'resolved', also: [{ number: partner.number, how: 'clear' }] },
    });
    expect(await exceptionAbout(sql, workspace, ORDER)).toMatchObject({
      status: 'resolved',
      resolution_code: 'accepted',
      resolution_minor: null,
      owner: 'ana',
    });
    expect((await exceptionsOf(sql, workspace)).map(({ status }) => status).sort()).toEqual([
      'cleared',
      'resolved',
    ]);
    expect(await livePairs(sql, workspace)).toEqual(['by hand: O-1 + I-9']);
    expect(await rerun(workspace)).toMatchObject({ status: 'unchanged' });
    await expectProven(workspace);
  });

  it('is on the trail with who, with what and why', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);

    await matchAs(sql, workspace, { row: ORDER, others: [BILL], note: ' wrong number ' });

    const actor = { kind: 'person', id: workspace.people.ana };
    const said = (await trailOf(sql, workspace)).filter(({ body }) => body.note === 'wrong number');
    expect(said.map(({ body }) => body)).toMatchObject([
      { action: 'exception.match', actor, reason: 'accepted', data: { target: 'I-9' } },
      {
        action: 'exception.resolve',
        actor,
        reason: 'accepted',
        state: { from: 'claimed', status: 'resolved' },
      },
    ]);
    const cleared = (await trailOf(sql, workspace)).find(({ action }) => action === 'exception.clear');
    const { number } = await exceptionAbout(sql, workspace, ORDER);
    expect(cleared?.body).toMatchObject({
      actor,
      reason: 'MATCHED_BY_HAND',
      data: { target: `EX-${number}` },
    });
  });

  it('leaves a difference with its owner: the same exception says what differs', async () => {
    const workspace = await startedWith(sql, [ORDER, DEARER]);
    const { number } = await exceptionAbout(sql, workspace, ORDER);

    const answer = await matchAs(sql, workspace, { row: ORDER, others: [DEARER] });

    expect(answer).toMatchObject({ ok: true, value: { status: 'claimed' } });
    expect(await exceptionAbout(sql, workspace, ORDER)).toMatchObject({
      number,
      status: 'claimed',
      owner: 'ana',
      type: 'amount_differs',
      actual_minor: 112_00n,
      at_stake_minor: 12_00n,
    });
    expect(await rerun(workspace)).toMatchObject({ status: 'unchanged' });
    await expectProven(workspace);
  });

  it('settles a difference that is explained, with its amount', async () => {
    const workspace = await startedWith(sql, [ORDER, DEARER]);

    await matchAs(sql, workspace, {
      row: ORDER,
      others: [DEARER],
      residual: 'explained',
      code: 'written_off',
    });

    expect(await exceptionAbout(sql, workspace, ORDER)).toMatchObject({
      status: 'resolved',
      resolution_code: 'written_off',
      resolution_minor: 12_00n,
    });
    expect(await rerun(workspace)).toMatchObject({ status: 'unchanged' });
    await expectProven(workspace);
  });

  it('joins several documents of one side', async () => {
    const parts = [invoice('8', 60_00n), invoice('9', 40_00n)];
    const workspace = await startedWith(sql, [ORDER, ...parts]);

    await matchAs(sql, workspace, { row: ORDER, others: parts });

    expect(await livePairs(sql, workspace)).toEqual(['by hand: O-1 + I-8 + I-9']);
    expect(await rerun(workspace)).toMatchObject({ status: 'unchanged' });
  });

  it('takes a record out of what a machine had paired; what is left of that is raised at once', async () => {
    const other = order('2', 50_00n);
    const bill = invoice('2', 50_00n);
    const workspace = await startedWith(sql, [ORDER, other, bill]);

    const answer = await matchAs(sql, workspace, { row: ORDER, others: [bill] });

    const raised = await exceptionAbout(sql, workspace, other);
    expect(raised).toMatchObject({ type: 'missing_invoice', status: 'open', card_status: 'pending' });
    expect(answer).toMatchObject({ value: { also: [{ number: raised.number, how: 'open' }] } });
    expect(await rerun(workspace)).toMatchObject({ status: 'unchanged' });
    await expectProven(workspace);
  });

  it('replaces the partner of a pair that differs', async () => {
    const wrong = invoice('1', 70_00n);
    const workspace = await startedWith(sql, [ORDER, wrong, BILL]);

    await matchAs(sql, workspace, { row: ORDER, others: [BILL] });

    expect(await livePairs(sql, workspace)).toEqual(['by hand: O-1 + I-9']);
    expect(await exceptionAbout(sql, workspace, wrong)).toMatchObject({
      type: 'unordered_charge',
      status: 'open',
    });
    expect(await rerun(workspace)).toMatchObject({ status: 'unchanged' });
    await expectProven(workspace);
  });

  it('stands while its records hold what they held, though a key would pair one of them', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);
    await matchAs(sql, workspace, { row: ORDER, others: [BILL] });
    await putRecords(sql, workspace, [ORDER, invoice('1', 100_00n)]);

    await rerun(workspace);

    expect(await livePairs(sql, workspace)).toEqual(['by hand: O-1 + I-9']);
  });

  it('reopens with the difference when a record changes and nothing pairs it better', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);
    await matchAs(sql, workspace, { row: ORDER, others: [BILL] });
    const { number } = await exceptionAbout(sql, workspace, ORDER);
    await putRecords(sql, workspace, [DEARER]);

    await rerun(workspace);

    expect(await exceptionAbout(sql, workspace, ORDER)).toMatchObject({
      number,
      status: 'open',
      type: 'amount_differs',
      at_stake_minor: 12_00n,
    });
    expect((await rerun(workspace)).status).toBe('unchanged');
    await expectProven(workspace);
  });

  it('gives way to a key that a changed record brings, and its exception is open again', async () => {
    const other = order('2', 100_00n);
    const workspace = await startedWith(sql, [ORDER, other, BILL]);
    await matchAs(sql, workspace, { row: ORDER, others: [BILL] });
    const { number } = await exceptionAbout(sql, workspace, ORDER);
    await putRecords(sql, workspace, [{ ...BILL, fields: { po: '2', client: 'Acme' } }]);

    await rerun(workspace);

    expect(await livePairs(sql, workspace)).toEqual(['po: O-2 + I-9']);
    expect(await exceptionAbout(sql, workspace, ORDER)).toMatchObject({
      number,
      status: 'open',
      type: 'missing_invoice',
    });
    await expectProven(workspace);
  });

  it('is made once, however often the request comes', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);
    await claim(sql, press(workspace, 'ana', await exceptionAbout(sql, workspace, ORDER)));
    const seen = await exceptionAbout(sql, workspace, ORDER);
    const request = {
      ...press(workspace, 'ana', seen),
      with: [toMatchRecord(BILL).recordId],
      named: 'ids' as const,
      code: 'accepted',
      note: '',
      residual: 'stays' as const,
    };

    const answers = await Promise.all([1, 2, 3].map(() => matchByHand(sql, request, settingsOf())));
    const counts = await rowCounts(sql, workspace);
    const late = await matchByHand(sql, request, settingsOf());

    const done = answers.filter((answer) => answer.ok && !answer.value.repeated);
    expect(done).toHaveLength(1);
    expect(late).toMatchObject({ ok: true, value: { status: 'resolved', repeated: true } });
    expect(await rowCounts(sql, workspace)).toEqual(counts);
  });
});
