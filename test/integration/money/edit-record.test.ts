import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { editByHand } from '../../../src/pipeline/act/edit-record.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { overbilled } from '../../support/adjusting.ts';
import { testDatabase } from '../../support/database.ts';
import {
  onlyException,
  press,
  RESOLVING,
  runLedger,
  type SeededWorkspace,
  trailOf,
} from '../../support/ledger.ts';
import { workspace as ingesting, ORDERS } from '../ingest/setup.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

/** What the seeded invoices are read by, as far as an edit needs it. */
const INVOICES = {
  ...ORDERS,
  feed: 'invoices',
  key: ['invoice'],
  date: 'on',
  orderRef: 'po',
  client: 'client',
};
const CONTRACT = {
  ...INVOICES,
  fields: INVOICES.fields
    .map((field) => (field.name === 'order_date' ? { ...field, name: 'on' } : field))
    .map((field) => (field.name === 'order_id' ? { ...field, name: 'po' } : field)),
};

type Said = { sets?: Record<string, string>; reason?: string; sourceRef?: string; who?: string };

async function editIn(workspace: SeededWorkspace, { sets, reason, sourceRef, who }: Said = {}) {
  const [invoice] = await inWorkspace(
    sql,
    workspace.workspaceId,
    (tx) => tx<{ source_ref: string }[]>`
      select r.source_ref from record r join feed f using (workspace_id, feed_id) where f.key = 'invoices'`,
  );
  return editByHand(
    sql,
    {
      workspaceId: workspace.workspaceId,
      personId: workspace.people[who ?? 'fay'] ?? '',
      requestKey: newId(),
      sourceRef: sourceRef ?? invoice?.source_ref ?? '',
      edits: new Map(Object.entries(sets ?? { amount: '100.00' })),
      reason: reason ?? 'typing_error',
      note: 'a digit too many',
    },
    { contract: CONTRACT, money: { reasonCodes: [] } },
  );
}

describe('a record that a person corrects', () => {
  it('is a new version, with before and after and why on the trail, and clears what differs no more', async () => {
    const workspace = await overbilled(sql);

    expect(await editIn(workspace)).toMatchObject({
      ok: true,
      value: { version: 2, changes: [{ field: 'amount', before: '180.00 USD', after: '100.00 USD' }] },
    });
    expect((await trailOf(sql, workspace)).at(-1)).toMatchObject({
      action: 'record.edited',
      body: {
        reason: 'typing_error',
        note: 'a digit too many',
        actor: { kind: 'person', id: workspace.people.fay },
        data: { changes: [{ field: 'amount', before: '180.00 USD', after: '100.00 USD' }] },
      },
    });
    await runLedger(sql, workspace);
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'cleared' });
    expect((await verifyAudit(sql, { workspaceId: workspace.workspaceId, anchors: [] })).problems).toEqual(
      [],
    );
  });

  it('opens again what was resolved about it', async () => {
    const workspace = await overbilled(sql);
    const request = press(workspace, 'ana', await onlyException(sql, workspace));
    await resolve(sql, { ...request, code: 'accepted', note: '', amount: undefined }, RESOLVING);

    await editIn(workspace, { sets: { amount: '150' } });
    await runLedger(sql, workspace);

    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'open', at_stake_minor: 50_00n });
  });

  it.each([
    ['somebody without the role', { who: 'ana' }, 'not_permitted'],
    ['no reason code', { reason: '' }, 'edit_reason'],
    ['a reason code that is none', { reason: 'because' }, 'edit_reason'],
    ['a record that is none', { sourceRef: 'x' }, 'edit_unknown_record'],
    ['a field that is none', { sets: { total: '1' } }, 'edit_unknown_field'],
    ['an amount that is none', { sets: { amount: '1,00' } }, 'edit_unreadable'],
    ['a day that is none', { sets: { on: '2026-02-30' } }, 'edit_unreadable'],
    ['nothing where something must be', { sets: { amount: ' ' } }, 'edit_required'],
    ['what it holds already', { sets: { amount: '180.00' } }, 'edit_nothing'],
  ])('is refused for %s, with nothing changed', async (_what, said, code) => {
    const workspace = await overbilled(sql);

    expect(await editIn(workspace, said)).toMatchObject({ ok: false, refusal: { code } });
    await runLedger(sql, workspace);
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'claimed', at_stake_minor: 80_00n });
  });

  it('keeps the edit while its source repeats what it had said, and not when it says something new', async () => {
    const { workspaceId, deliver, records } = await ingesting(database, 'edits');
    const personId = newId();
    await inWorkspace(sql, workspaceId, async (tx) => {
      await tx`insert into person (workspace_id, person_id, key, name, email)
               values (${workspaceId}, ${personId}, 'fay', 'Fay', 'fay@agency.example')`;
      await tx`insert into role_grant (workspace_id, person_id, role) values (${workspaceId}, ${personId}, 'finance')`;
    });
    const header = 'order_id,amount,currency,order_date,memo\n';
    await deliver(`${header}A,1.00,USD,2026-10-01,x\n`);
    const input = { workspaceId, personId, requestKey: newId(), sourceRef: 'A', reason: 'other', note: '' };
    await editByHand(
      sql,
      { ...input, edits: new Map([['amount', '2']]) },
      { contract: ORDERS, money: { reasonCodes: [] } },
    );
    expect(await records()).toMatchObject([{ sourceRef: 'A', version: 2, amount: '200' }]);

    await deliver(`${header}A,1.00,USD,2026-10-01,x\nB,5.00,USD,2026-10-01,x\n`);
    expect(await records()).toMatchObject([{ version: 2, amount: '200' }, { sourceRef: 'B' }]);

    await deliver(`${header}A,3.00,USD,2026-10-01,x\n`);
    expect(await records()).toMatchObject([{ version: 3, amount: '300' }, { sourceRef: 'B' }]);
    await deliver(`${header}A,1.00,USD,2026-10-01,x\nC,5.00,USD,2026-10-01,x\n`);
    expect((await records())[0]).toMatchObject({ version: 4, amount: '100' });
  });
});
