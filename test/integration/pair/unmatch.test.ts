import { afterAll, describe, expect, it } from 'vitest';
import type { SimilarPass } from '../../../src/core/spec.ts';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { liftApart, neverTogether } from '../../../src/pipeline/pair/never-together.ts';
import { unmatch } from '../../../src/pipeline/pair/unmatch.ts';
import { explainException } from '../../../src/pipeline/report/explain-exception.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aSpec,
  invoice,
  type LedgerRow,
  order,
  press,
  putRecords,
  runLedger,
  type SeededWorkspace,
  trailOf,
} from '../../support/ledger.ts';
import {
  about,
  claimedAbout,
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
const BILL = invoice('1', 112_00n);
const REASON = 'two jobs';

const rerun = (workspace: SeededWorkspace, spec = PAIRING_SPEC) => runLedger(sql, workspace, { spec });

async function unmatchAs(workspace: SeededWorkspace, row: LedgerRow, note = REASON) {
  const exception = await claimedAbout(sql, workspace, row);
  return await unmatch(sql, { ...press(workspace, 'ana', exception), note }, settingsOf());
}

async function expectProven({ workspaceId }: SeededWorkspace): Promise<void> {
  expect((await verifyAudit(sql, { workspaceId, anchors: [] })).problems).toEqual([]);
}

const answersOf = ({ workspaceId }: SeededWorkspace) =>
  inWorkspace(sql, workspaceId, async (tx) => [
    ...(await tx<{ pass: string; verdict: string; answer: string }[]>`
      select pass, verdict, answer from answered_suggestion order by rank nulls first`),
  ]);

describe('a group of 250 orders and 250 invoices', () => {
  const orders = Array.from({ length: 250 }, (_, at) => order('1', 100_00n, { ref: `O-${at}` }));
  const bills = Array.from({ length: 250 }, (_, at) => invoice('1', 112_00n, { ref: `I-${at}` }));
  const [first = ORDER] = orders;
  const [second = BILL] = bills;
  const spec = aSpec({
    ...PAIRING_SPEC,
    find: [{ kind: 'exact', name: 'po', expected: ['po'], actual: ['po'], cardinality: 'many-to-many' }],
  });

  it('is not taken apart, as more pairs would be kept apart than one decision may', async () => {
    const workspace = await startedWith(sql, [...orders, ...bills], spec);
    const exception = await claimedAbout(sql, workspace, first);

    const answer = await unmatch(
      sql,
      { ...press(workspace, 'ana', exception), note: REASON },
      settingsOf(spec),
    );

    expect(answer).toEqual({ ok: false, refusal: { code: 'too_many_apart', pairs: 62_500, most: 40_000 } });
    expect(await livePairs(sql, workspace)).toHaveLength(1);
    expect(await exceptionAbout(sql, workspace, first)).toMatchObject({ status: 'claimed', version: 2 });
  });

  it('goes on without what was said never to belong to it', async () => {
    const workspace = await startedWith(sql, [...orders, ...bills], spec);
    const exception = await claimedAbout(sql, workspace, first);

    const answer = await neverTogether(sql, about(workspace, exception, [second]), settingsOf(spec));

    expect(answer).toMatchObject({ ok: true, value: { status: 'claimed' } });
    expect(await exceptionAbout(sql, workspace, second)).toMatchObject({
      type: 'unordered_charge',
      status: 'open',
    });
    expect(await rerun(workspace, spec)).toMatchObject({ status: 'unchanged' });
  });
});

describe('taking a match apart', () => {
  it('raises at once what the spec says of both records, and no run pairs them again', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);
    const { number } = await exceptionAbout(sql, workspace, ORDER);

    const answer = await unmatchAs(workspace, ORDER);

    const missing = await exceptionAbout(sql, workspace, ORDER);
    const unordered = await exceptionAbout(sql, workspace, BILL);
    expect(answer).toMatchObject({ ok: true, value: { status: 'cleared' } });
    expect([missing, unordered]).toMatchObject([
      { type: 'missing_invoice', status: 'open', card_status: 'pending' },
      { type: 'unordered_charge', status: 'open', card_status: 'pending' },
    ]);
    expect(await livePairs(sql, workspace)).toEqual([]);
    expect(await rerun(workspace)).toMatchObject({ status: 'unchanged' });
    const said = (await trailOf(sql, workspace)).find(({ action }) => action === 'exception.unmatch');
    expect(said?.body).toMatchObject({ note: REASON, state: { status: 'cleared' }, data: { number } });
    await expectProven(workspace);
  });

  it('lets a machine pair them again once a record holds something else', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);
    await unmatchAs(workspace, ORDER);
    await putRecords(sql, workspace, [invoice('1', 100_00n)]);

    await rerun(workspace);

    expect(await livePairs(sql, workspace)).toEqual(['po: O-1 + I-1']);
  });

  it('is told once of the pair, and not any more once a machine may pair them again', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);
    const { number } = await exceptionAbout(sql, workspace, ORDER);
    const explained = async (of: number) =>
      (await explainException(sql, { workspaceId: workspace.workspaceId, number: of, specs: [PAIRING_SPEC] }))
        ?.explanation;
    await unmatchAs(workspace, ORDER);
    const missing = await exceptionAbout(sql, workspace, ORDER);

    expect((await explained(number))?.keptApart).toMatchObject([
      { kind: 'unmatched', own: { sourceRef: 'O-1' }, other: { sourceRef: 'I-1' }, note: REASON },
    ]);
    expect((await explained(missing.number))?.alone[0]?.keys).toMatchObject([{ why: 'kept_apart' }]);

    await putRecords(sql, workspace, [invoice('1', 113_00n)]);

    expect((await explained(number))?.keptApart).toEqual([]);
    expect((await explained(missing.number))?.alone[0]?.keys).toMatchObject([{ why: 'next_run' }]);
  });

  it('makes the exception of a match by hand what it was before', async () => {
    const bill = invoice('9', 112_00n);
    const workspace = await startedWith(sql, [ORDER, bill]);
    const { number } = await exceptionAbout(sql, workspace, ORDER);
    await matchAs(sql, workspace, { row: ORDER, others: [bill] });

    await unmatchAs(workspace, ORDER);

    expect(await exceptionAbout(sql, workspace, ORDER)).toMatchObject({
      number,
      type: 'missing_invoice',
      status: 'claimed',
      owner: 'ana',
    });
    expect(await exceptionAbout(sql, workspace, bill)).toMatchObject({
      type: 'unordered_charge',
      status: 'open',
    });
    expect(await rerun(workspace)).toMatchObject({ status: 'unchanged' });
    await expectProven(workspace);
  });

  it('is refused without a reason, and where nothing is matched', async () => {
    const workspace = await startedWith(sql, [ORDER]);

    expect(await unmatchAs(workspace, ORDER, ' ')).toMatchObject({ refusal: { code: 'reason_required' } });
    expect(await unmatchAs(workspace, ORDER)).toMatchObject({ refusal: { code: 'not_matched' } });
  });

  it('is kept as an answer to the pass that had paired them', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);

    await unmatchAs(workspace, ORDER);

    expect(await answersOf(workspace)).toEqual([{ pass: 'po', verdict: 'paired', answer: 'rejected' }]);
  });
});

describe('never these two', () => {
  it('takes them apart, and outlasts every change of the records', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);
    const exception = await claimedAbout(sql, workspace, ORDER);

    const answer = await neverTogether(sql, about(workspace, exception, []), settingsOf());
    await putRecords(sql, workspace, [invoice('1', 100_00n)]);
    await rerun(workspace);

    expect(answer).toMatchObject({ ok: true, value: { status: 'cleared' } });
    expect(await livePairs(sql, workspace)).toEqual([]);
    await expectProven(workspace);
  });

  it('lets the rest of a group go on without the one that does not belong', async () => {
    const parts = [invoice('1', 60_00n, { ref: 'I-1a' }), invoice('1', 40_00n, { ref: 'I-1b' })];
    const stranger = invoice('1', 5_00n, { ref: 'I-1c' });
    const workspace = await startedWith(sql, [ORDER, ...parts, stranger]);
    const exception = await claimedAbout(sql, workspace, ORDER);
    await neverTogether(sql, about(workspace, exception, [stranger]), settingsOf());

    await rerun(workspace);

    expect(await livePairs(sql, workspace)).toEqual(['po: O-1 + I-1a + I-1b']);
    expect(await exceptionAbout(sql, workspace, stranger)).toMatchObject({ type: 'unordered_charge' });
  });

  it('keeps a match by hand of the two from being made, until it is lifted', async () => {
    const bill = invoice('9', 100_00n);
    const workspace = await startedWith(sql, [ORDER, bill]);
    const exception = await claimedAbout(sql, workspace, ORDER);
    const said = await neverTogether(sql, about(workspace, exception, [bill]), settingsOf());

    const refused = await matchAs(sql, workspace, { row: ORDER, others: [bill] });
    const now = await exceptionAbout(sql, workspace, ORDER);
    const lifted = await liftApart(sql, about(workspace, now, [bill]), settingsOf());
    const matched = await matchAs(sql, workspace, { row: ORDER, others: [bill] });

    expect(said).toMatchObject({ ok: true, value: { status: 'claimed', also: [] } });
    expect(refused).toMatchObject({ refusal: { code: 'kept_apart', given: 'I-9', byName: 'Ana Ruiz' } });
    expect(lifted).toMatchObject({ ok: true });
    expect(matched).toMatchObject({ ok: true, value: { status: 'resolved' } });
    await expectProven(workspace);
  });

  it('is refused to lift what nobody keeps apart', async () => {
    const bill = invoice('9', 100_00n);
    const workspace = await startedWith(sql, [ORDER, bill]);
    const exception = await claimedAbout(sql, workspace, ORDER);

    expect(await liftApart(sql, about(workspace, exception, [bill]), settingsOf())).toMatchObject({
      refusal: { code: 'not_kept_apart', given: 'I-9' },
    });
  });
});

describe('a candidate', () => {
  const BY_NAME: SimilarPass = {
    kind: 'similar',
    name: 'by-name',
    within: { expected: [], actual: [] },
    gates: { amountPpm: 300_000, days: undefined },
    compare: [
      { expected: 'payee', actual: 'memo', kind: 'text' },
      { expected: 'amount', actual: 'amount', kind: 'money' },
    ],
  };
  const SIMILAR = aSpec({
    find: [BY_NAME],
    missing: PAIRING_SPEC.missing,
    decide: {
      auto: { probabilityPpm: 999_999, marginBits: 60, needReference: true },
      suggest: { probabilityPpm: 1 },
    },
  });
  const paid = order('1', 50_000n, { fields: { payee: 'Vandermeer Imports' } });
  const twins = ['a', 'b'].map((ref) =>
    invoice(ref, 50_000n, { fields: { memo: 'Vandermeer Imp' }, on: '2026-10-02' }),
  );
  const [first, second] = twins as [LedgerRow, LedgerRow];

  const candidatesOf = ({ workspaceId }: SeededWorkspace) =>
    inWorkspace(sql, workspaceId, async (tx) => {
      const rows = await tx<{ text: string }[]>`
        select r.source_ref || ' ' || c.verdict as text from rejected_candidate c
        join record e on e.workspace_id = c.workspace_id and e.record_id = c.record_id and e.source_ref = 'O-1'
        join record r on r.workspace_id = c.workspace_id and r.record_id = c.candidate_id
        order by c.rank`;
      return rows.map(({ text }) => text);
    });

  it('that never belongs here is not proposed again, and leaves the other one without a rival', async () => {
    const workspace = await startedWith(sql, [paid, ...twins], SIMILAR);
    expect(await candidatesOf(workspace)).toEqual(['I-a ambiguous', 'I-b ambiguous']);
    const exception = await claimedAbout(sql, workspace, paid);

    await neverTogether(sql, about(workspace, exception, [first]), settingsOf(SIMILAR));
    expect(await candidatesOf(workspace)).toEqual(['I-b ambiguous']);
    await rerun(workspace, SIMILAR);

    expect(await candidatesOf(workspace)).toEqual(['I-b suggested']);
    expect(await answersOf(workspace)).toMatchObject([{ answer: 'rejected', verdict: 'ambiguous' }]);
  });

  it('that was chosen is kept as accepted, the other suggestions as rejected', async () => {
    const workspace = await startedWith(sql, [paid, ...twins], SIMILAR);

    await matchAs(sql, workspace, { row: paid, others: [second], spec: SIMILAR });

    expect(await answersOf(workspace)).toEqual([
      { pass: 'by-name', verdict: 'ambiguous', answer: 'rejected' },
      { pass: 'by-name', verdict: 'ambiguous', answer: 'accepted' },
    ]);
    expect(await livePairs(sql, workspace)).toEqual(['by hand: O-1 + I-b']);
  });
});
