import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { type ResolveInput, resolve } from '../../../src/pipeline/act/resolve.ts';
import { unclaim } from '../../../src/pipeline/act/unclaim.ts';
import { testDatabase } from '../../support/database.ts';
import {
  onlyException,
  order,
  press,
  putRecords,
  RESOLVING,
  rowCounts,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
  trailOf,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

const AT = new Date('2026-11-22T09:30:00.000Z');
const ACCEPTED = { code: 'accepted', note: '', amount: undefined };

/** A workspace whose only exception, of USD 100.00, Ana has claimed. */
async function claimedByAna(currency = 'USD'): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n, { currency })]);
  await runLedger(sql, workspace);
  await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
  return workspace;
}

async function resolveAs(
  workspace: SeededWorkspace,
  person: string,
  said: Pick<ResolveInput, 'code' | 'note' | 'amount' | 'evidence'>,
) {
  const request = press(workspace, person, await onlyException(sql, workspace));
  return resolve(sql, { ...request, ...said }, { ...RESOLVING, now: AT });
}

describe('a resolution', () => {
  it('keeps the address of its evidence on the trail', async () => {
    const workspace = await claimedByAna();
    const evidence = 'https://vendor.example/credits/7';

    expect(await resolveAs(workspace, 'ana', { ...ACCEPTED, evidence: ` ${evidence} ` })).toMatchObject({
      ok: true,
    });
    expect((await trailOf(sql, workspace)).at(-1)?.body).toMatchObject({ data: { link: evidence } });
  });

  it('changes nothing while its evidence is no address', async () => {
    const workspace = await claimedByAna();

    expect(await resolveAs(workspace, 'ana', { ...ACCEPTED, evidence: 'see mail' })).toEqual({
      ok: false,
      refusal: { code: 'evidence_unreadable', given: 'see mail' },
    });
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'claimed' });
  });

  it('closes the exception with code, amount and who had it', async () => {
    const workspace = await claimedByAna();

    const answer = await resolveAs(workspace, 'ana', {
      code: 'written_off',
      note: ' gone ',
      amount: '$1,234.50',
    });

    expect(answer).toMatchObject({ ok: true, value: { status: 'resolved', version: 3 } });
    expect(await onlyException(sql, workspace)).toMatchObject({
      status: 'resolved',
      owner: 'ana',
      closed_at: AT,
      resolution_code: 'written_off',
      resolution_minor: 123_450n,
      wanted_revision: 3,
    });
    expect((await trailOf(sql, workspace)).at(-1)?.body).toMatchObject({
      action: 'exception.resolve',
      actor: { kind: 'person', id: workspace.people.ana },
      reason: 'written_off',
      note: 'gone',
      state: { from: 'claimed', status: 'resolved', owner_id: workspace.people.ana },
      data: { amount_minor: '123450', currency: 'USD' },
    });
  });

  it('reads its amount in the exception’s currency', async () => {
    const workspace = await claimedByAna('KWD');

    await resolveAs(workspace, 'ana', { ...ACCEPTED, amount: '1.234' });

    expect(await onlyException(sql, workspace)).toMatchObject({ resolution_minor: 1_234n });
  });

  it.each([
    [
      'a code nobody configured',
      { ...ACCEPTED, code: 'shrug' },
      { code: 'unknown_code', given: 'shrug', known: ['accepted', 'written_off'] },
    ],
    [
      'a code of another type',
      { ...ACCEPTED, code: 'void' },
      { code: 'unknown_code', given: 'void', known: ['accepted', 'written_off'] },
    ],
    [
      'no note where the code wants one',
      { code: 'written_off', note: ' \n ', amount: '1' },
      { code: 'note_required', label: 'Written off' },
    ],
    [
      'no amount where the code wants one',
      { code: 'written_off', note: 'gone', amount: ' ' },
      { code: 'amount_required', label: 'Written off' },
    ],
    [
      'an amount with more decimals than the currency has',
      { ...ACCEPTED, amount: '1.005' },
      {
        code: 'amount_unreadable',
        problem: 'amount_too_precise',
        detail: '"1.005" has more decimals than USD has (2)',
      },
    ],
    [
      'a note longer than a modal takes',
      { ...ACCEPTED, note: 'x'.repeat(3001) },
      { code: 'note_too_long', limit: 3000 },
    ],
  ])('with %s is refused and changes nothing', async (_what, said, refusal) => {
    const workspace = await claimedByAna();
    const before = await rowCounts(sql, workspace);

    const answer = await resolveAs(workspace, 'ana', said);

    expect(answer).toEqual({ ok: false, refusal });
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'claimed', version: 2 });
    expect(await rowCounts(sql, workspace)).toEqual({ ...before, inbox: (before.inbox ?? 0) + 1 });
  });

  it.each([
    ['half a character in the amount', { ...ACCEPTED, amount: '5\uD83D' }, 'amount_unreadable'],
    ['a NUL in the amount', { ...ACCEPTED, amount: '5\u0000' }, 'amount_unreadable'],
    ['half a character in the code', { ...ACCEPTED, code: 'a\uDC00' }, 'unknown_code'],
    ['a NUL in the code', { ...ACCEPTED, code: 'a\u0000' }, 'unknown_code'],
  ])('with %s is refused like any other, the second time too', async (_what, said, code) => {
    const workspace = await claimedByAna();
    const request = { ...press(workspace, 'ana', await onlyException(sql, workspace)), ...said };

    const answers = [await resolve(sql, request, RESOLVING), await resolve(sql, request, RESOLVING)];

    expect(answers).toMatchObject([
      { ok: false, refusal: { code } },
      { ok: false, refusal: { code } },
    ]);
  });

  it('keeps a note with what Postgres cannot hold replaced', async () => {
    const workspace = await claimedByAna();

    await resolveAs(workspace, 'ana', { ...ACCEPTED, note: 'a\u0000b\uD83Dc 😀 <!channel>' });

    expect((await trailOf(sql, workspace)).at(-1)?.body.note).toBe('a\uFFFDb\uFFFDc 😀 <!channel>');
  });

  it('of an exception nobody claimed is refused by its status', async () => {
    const workspace = await claimedByAna();
    await unclaim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));

    expect(await resolveAs(workspace, 'olga', ACCEPTED)).toEqual({
      ok: false,
      refusal: { code: 'wrong_status', action: 'resolve', status: 'open' },
    });
  });

  it('by an ops lead keeps the owner on the row and the lead on the trail', async () => {
    const workspace = await claimedByAna();

    await resolveAs(workspace, 'olga', ACCEPTED);

    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'resolved', owner: 'ana' });
    expect((await trailOf(sql, workspace)).at(-1)?.body.actor).toEqual({
      kind: 'person',
      id: workspace.people.olga,
    });
  });
});

describe('a closed exception', () => {
  const closed = async () => {
    const workspace = await claimedByAna();
    await resolveAs(workspace, 'ana', ACCEPTED);
    return workspace;
  };
  const refusal = { code: 'already_closed', status: 'resolved', byName: 'Ana Ruiz', at: AT };

  it.each([
    ['claim', 'ben', claim],
    ['unclaim', 'ana', unclaim],
  ] as const)('refuses %s with how it was closed, by whom and when', async (_action, person, act) => {
    const workspace = await closed();

    const answer = await act(sql, press(workspace, person, await onlyException(sql, workspace)));

    expect(answer).toEqual({ ok: false, refusal });
  });

  it('names the ops lead who closed it, not its owner', async () => {
    const workspace = await claimedByAna();
    await resolveAs(workspace, 'olga', ACCEPTED);

    expect(await resolveAs(workspace, 'ana', ACCEPTED)).toEqual({
      ok: false,
      refusal: { ...refusal, byName: 'Olga Novak' },
    });
  });

  it('refuses a second resolution', async () => {
    const workspace = await closed();

    expect(await resolveAs(workspace, 'ana', ACCEPTED)).toEqual({ ok: false, refusal });
  });
});
