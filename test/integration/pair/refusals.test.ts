import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { matchByHand } from '../../../src/pipeline/pair/match-by-hand.ts';
import { lockPairs } from '../../../src/pipeline/run/lock-pairs.sql.ts';
import { testDatabase } from '../../support/database.ts';
import {
  aSpec,
  invoice,
  type LedgerRow,
  order,
  press,
  rowCounts,
  runLedger,
  type SeededWorkspace,
  toMatchRecord,
  trailOf,
} from '../../support/ledger.ts';
import {
  claimedAbout,
  exceptionAbout,
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

/** Ana's claimed exception about the order, matched with what is named; nothing but the answer may be written. */
async function refusedMatch(
  workspace: SeededWorkspace,
  names: readonly string[],
  changes: Partial<Parameters<typeof matchByHand>[1]> = {},
) {
  const exception = await claimedAbout(sql, workspace, ORDER);
  const { inbox: _, ...before } = await rowCounts(sql, workspace);
  const answer = await matchByHand(
    sql,
    {
      ...press(workspace, 'ana', exception),
      with: names,
      named: 'references',
      code: 'accepted',
      note: '',
      residual: 'stays',
      ...changes,
    },
    settingsOf(),
  );
  const { inbox: __, ...after } = await rowCounts(sql, workspace);
  expect(after).toEqual(before);
  return answer;
}

const refused = (code: string, more: object = {}) => ({ ok: false, refusal: { code, ...more } });

describe('a match by hand is refused', () => {
  it.each<[string, LedgerRow[], string[], object]>([
    ['with a record nobody knows', [], ['I-77'], refused('record_unknown', { given: 'I-77' })],
    ['with nothing', [], [], refused('record_unknown', { given: '' })],
    [
      'with a record of the same side',
      [order('2', 1n)],
      ['O-2'],
      refused('unpairable', { why: 'same_side' }),
    ],
    [
      'with an order’s reference that several carry',
      [invoice('8', 1n, { ref: 'I-8a' }), invoice('8', 1n, { ref: 'I-8b' })],
      ['8'],
      refused('unpairable', { why: 'several', given: '8' }),
    ],
    [
      'with a record that the last run did not look at yet',
      [invoice('8', 1n, { on: '2027-01-01' })],
      ['I-8'],
      refused('unpairable', { why: 'later' }),
    ],
  ])('%s', async (_, rows, names, expected) => {
    const workspace = await startedWith(sql, [ORDER, ...rows]);

    expect(await refusedMatch(workspace, names)).toMatchObject(expected);
  });

  it('with a record of another workspace: it is as if it did not exist', async () => {
    const workspace = await startedWith(sql, [ORDER]);
    // Ids are derived from references, so the other workspace's record has its own.
    const strange = toMatchRecord(invoice('elsewhere', 1n)).recordId;
    await startedWith(sql, [invoice('elsewhere', 1n)]);

    expect(await refusedMatch(workspace, [strange], { named: 'ids' })).toMatchObject(
      refused('record_unknown'),
    );
  });

  it('with what another person matched by hand', async () => {
    const other = order('2', 100_00n);
    const workspace = await startedWith(sql, [ORDER, other, BILL]);
    await matchAs(sql, workspace, { row: other, others: [BILL], person: 'ben' });
    const { number } = await exceptionAbout(sql, workspace, other);

    expect(await refusedMatch(workspace, ['I-9'])).toMatchObject(
      refused('matched_by_hand', { given: 'I-9', byName: 'Ben Okafor', number }),
    );
  });

  it('with the partner it has already', async () => {
    const workspace = await startedWith(sql, [ORDER, invoice('1', 99_00n)]);

    expect(await refusedMatch(workspace, ['I-1'])).toMatchObject(refused('unpairable', { why: 'together' }));
  });

  it('with an unknown code, or without the note it wants', async () => {
    const workspace = await startedWith(sql, [ORDER, invoice('9', 90_00n)]);

    expect(await refusedMatch(workspace, ['I-9'], { code: 'magic' })).toMatchObject(refused('unknown_code'));
    expect(
      await refusedMatch(workspace, ['I-9'], { code: 'written_off', residual: 'explained' }),
    ).toMatchObject(refused('note_required'));
  });

  it('from an exception that nobody has claimed, or that is closed', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);
    const open = await exceptionAbout(sql, workspace, ORDER);
    const request = {
      ...press(workspace, 'olga', open),
      with: ['I-9'],
      named: 'references',
      code: 'accepted',
      note: '',
      residual: 'stays',
    } as const;

    expect(await matchByHand(sql, request, settingsOf())).toMatchObject(refused('wrong_status'));
    await matchAs(sql, workspace, { row: ORDER, others: [BILL] });
    const { version } = await exceptionAbout(sql, workspace, ORDER);
    expect(await matchByHand(sql, { ...request, version, requestKey: newId() }, settingsOf())).toMatchObject(
      refused('already_closed'),
    );
  });

  it('to whoever is not its owner, which is on the trail', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);
    const exception = await claimedAbout(sql, workspace, ORDER);
    const given = {
      with: ['I-9'],
      named: 'references',
      code: 'accepted',
      note: '',
      residual: 'stays',
    } as const;

    const guest = await matchByHand(sql, { ...press(workspace, 'guest', exception), ...given }, settingsOf());
    const ben = await matchByHand(sql, { ...press(workspace, 'ben', exception), ...given }, settingsOf());

    expect(guest).toMatchObject(refused('not_permitted'));
    expect(ben).toMatchObject(refused('already_claimed', { ownerName: 'Ana Ruiz' }));
    expect((await trailOf(sql, workspace)).at(-1)?.body).toMatchObject({
      action: 'authz.denied',
      data: { wanted: 'exception.match' },
    });
  });

  it('to whoever looked at an older state', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);
    const old = await exceptionAbout(sql, workspace, ORDER);
    await claim(sql, press(workspace, 'ana', old));

    expect(await refusedMatch(workspace, ['I-9'], { version: old.version })).toMatchObject(
      refused('stale_card'),
    );
  });

  it('from an exception about documents that repeat each other', async () => {
    const spec = aSpec({
      ...PAIRING_SPEC,
      duplicates: [{ side: 'actual', same: ['po'], raise: 'duplicate_invoice', severity: 'block_payout' }],
    });
    const twins = [invoice('7', 5n, { ref: 'I-7a' }), invoice('7', 5n, { ref: 'I-7b' })] as const;
    const workspace = await startedWith(sql, [order('7', 5n), ORDER, ...twins], spec);

    const answer = await matchAs(sql, workspace, { row: twins[1], others: [ORDER], spec });

    expect(answer).toMatchObject(refused('unpairable', { why: 'repeats' }));
  });

  it('while the reconciliation is being run', async () => {
    const workspace = await startedWith(sql, [ORDER, BILL]);
    const { workspaceId, reconciliations } = workspace;
    const exception = await claimedAbout(sql, workspace, ORDER);
    const answer = await inWorkspace(sql, workspaceId, async (tx) => {
      await lockPairs(tx, reconciliations[PAIRING_SPEC.key] ?? '');
      const given = {
        with: ['I-9'],
        named: 'references',
        code: 'accepted',
        note: '',
        residual: 'stays',
      } as const;
      return await matchByHand(sql, { ...press(workspace, 'ana', exception), ...given }, settingsOf());
    });

    expect(answer).toMatchObject(refused('run_under_way'));
    expect((await runLedger(sql, workspace, { spec: PAIRING_SPEC })).status).toBe('unchanged');
  });
});

it('two people who match one record at once: one has it, the other is told who', async () => {
  const other = order('2', 100_00n);
  const workspace = await startedWith(sql, [ORDER, other, BILL]);
  await claimedAbout(sql, workspace, ORDER, 'ana');
  await claimedAbout(sql, workspace, other, 'ben');

  const answers = await Promise.all([
    matchAs(sql, workspace, { row: ORDER, others: [BILL], person: 'ana' }),
    matchAs(sql, workspace, { row: other, others: [BILL], person: 'ben' }),
  ]);

  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.find(({ ok }) => !ok)).toMatchObject(refused('matched_by_hand', { given: 'I-9' }));
  expect((await runLedger(sql, workspace, { spec: PAIRING_SPEC })).status).toBe('unchanged');
});
