import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { approveProposal } from '../../../src/pipeline/act/decide-four-eyes.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { reverse } from '../../../src/pipeline/act/reverse.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { ledgerEntries } from '../../../src/pipeline/report/ledger-entries.sql.ts';
import {
  AT,
  entriesOf,
  MONEY,
  openProposal,
  overbilled,
  proposalsOf,
  TERMS,
} from '../../support/adjusting.ts';
import { testDatabase } from '../../support/database.ts';
import { onlyException, press, type SeededWorkspace } from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

/** Forty dollars booked by Ana, for October, which is closed by now. */
async function booked(): Promise<SeededWorkspace> {
  const workspace = await overbilled(sql);
  const request = press(workspace, 'ana', await onlyException(sql, workspace));
  const said = { code: 'adjusted', note: '', amount: '40', reason: 'billing_error' };
  await resolve(sql, { ...request, ...said }, { ...TERMS, now: AT });
  await inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx`insert into period (workspace_id, scope, period, is_closed, reason, changed_at, last_seq)
               values (${workspace.workspaceId}, '2026-10', '2026-10', true, 'test', now(), 1)`,
  );
  return workspace;
}

async function reverseAs(workspace: SeededWorkspace, who: string, said = {}, money = MONEY) {
  const [entry] = await entriesOf(sql, workspace);
  const asking = {
    workspaceId: workspace.workspaceId,
    personId: workspace.people[who] ?? who,
    requestKey: newId(),
  };
  const input = { ...asking, entry: entry?.number ?? 0n, reason: 'billing_error', note: 'booked twice' };
  return reverse(sql, { ...input, ...said }, { money, zone: 'UTC', now: AT });
}

const STRICT = { ...MONEY, limits: [] };

describe('taking an entry back', () => {
  it('is a new entry of the whole amount, booked to the open month, that names the first', async () => {
    const workspace = await booked();

    expect(await reverseAs(workspace, 'fay')).toMatchObject({ ok: true });
    const [first, second] = await entriesOf(sql, workspace);
    expect(second).toMatchObject({
      kind: 'reversal',
      amount_minor: -40_00n,
      original_period: '2026-10',
      booked_period: '2026-11',
      made_by: 'fay',
      approved_by: null,
    });
    const query = { workspaceId: workspace.workspaceId, after: undefined, limit: 10 };
    const november = await inWorkspace(sql, workspace.workspaceId, (tx) =>
      ledgerEntries(tx, { ...query, period: '2026-11' }),
    );
    expect(november).toMatchObject([{ kind: 'reversal', reverses: first?.number }]);
    expect((await verifyAudit(sql, { workspaceId: workspace.workspaceId, anchors: [] })).problems).toEqual(
      [],
    );
  });

  it('asks another person above the limit, and is booked when they approve it', async () => {
    const workspace = await booked();

    expect(await reverseAs(workspace, 'fay', {}, STRICT)).toMatchObject({
      ok: true,
      value: { by: null },
    });
    expect(await entriesOf(sql, workspace)).toHaveLength(1);
    const asking = { workspaceId: workspace.workspaceId, requestKey: newId() };
    const proposalId = await openProposal(sql, workspace);
    const byHugo = { ...asking, personId: workspace.people.hugo ?? '', proposalId };
    expect(await approveProposal(sql, byHugo, { zone: 'UTC', now: AT })).toMatchObject({ ok: true });
    expect(await approveProposal(sql, byHugo, { zone: 'UTC', now: AT })).toMatchObject({
      ok: true,
      value: { repeated: true },
    });
    expect((await entriesOf(sql, workspace)).at(-1)).toMatchObject({
      kind: 'reversal',
      made_by: 'fay',
      approved_by: 'hugo',
    });
    expect(await proposalsOf(sql, workspace)).toMatchObject([{ state: 'approved', decided_by: 'hugo' }]);
  });

  it.each([
    ['by somebody who may not', 'ana', {}, { code: 'not_permitted', action: 'reverse' }],
    ['of an entry that is none', 'fay', { entry: 999_999n }, { code: 'entry_unknown', given: 'A-999999' }],
    ['without a reason code', 'fay', { reason: '' }, { code: 'reason_code_required' }],
  ])('is refused %s', async (_what, who, said, refusal) => {
    const workspace = await booked();

    expect(await reverseAs(workspace, who, said)).toMatchObject({ ok: false, refusal });
    expect(await entriesOf(sql, workspace)).toHaveLength(1);
  });

  it('keeps the reason code it is given where the configuration lists none, and refuses what is none', async () => {
    const workspace = await booked();
    const unlisted = { ...MONEY, reasonCodes: [] };

    expect(await reverseAs(workspace, 'fay', { reason: 'Because I say so' }, unlisted)).toMatchObject({
      refusal: { code: 'unknown_reason_code', known: [] },
    });
    expect(await reverseAs(workspace, 'fay', {}, unlisted)).toMatchObject({ ok: true });
    expect((await entriesOf(sql, workspace)).at(-1)).toMatchObject({ reason_code: 'billing_error' });
  });

  it('is refused a second time, and of a reversal', async () => {
    const workspace = await booked();
    await reverseAs(workspace, 'fay');
    const reversal = (await entriesOf(sql, workspace)).at(-1)?.number;

    expect(await reverseAs(workspace, 'fay')).toMatchObject({
      refusal: { code: 'entry_reversed', isReversal: false },
    });
    expect(await reverseAs(workspace, 'fay', { entry: reversal })).toMatchObject({
      refusal: { code: 'entry_reversed', isReversal: true },
    });
  });
});
