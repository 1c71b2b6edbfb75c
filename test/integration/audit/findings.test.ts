import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { verifyAudit } from '../../../src/pipeline/audit/verify.ts';
import { testDatabase } from '../../support/database.ts';
import {
  onlyException,
  order,
  press,
  putRecords,
  RESOLVING,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';
import { tamper } from './tamper.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

let workspace: SeededWorkspace;
const verify = () => verifyAudit(sql, { workspaceId: workspace.workspaceId, anchors: [] });

/** One exception, resolved by Ana for 50.00. */
beforeAll(async () => {
  workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
  await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
  const said = { code: 'written_off', note: 'Agreed', amount: '50.00' };
  const request = press(workspace, 'ana', await onlyException(sql, workspace));
  await resolve(sql, { ...request, ...said }, RESOLVING);
});

describe('an exception whose row was changed behind the trail', () => {
  it.each([
    ['its type', "type = 'unordered_charge'", 'its type, severity or currency is not what the trail says'],
    [
      'its severity',
      "severity = 'auto_resolve'",
      'its type, severity or currency is not what the trail says',
    ],
    ['what is at stake', 'at_stake_minor = 1', 'the trail says 10000 minor units are at stake, the row 1'],
    ['its client', "client = 'Evil'", 'its client or order is not what the trail says'],
    [
      'its team',
      "team_id = (select team_id from team t where t.key = 'finance' and t.workspace_id = exception.workspace_id)",
      'the trail says team media_ops, the row finance',
    ],
    ['its resolution code', "resolution_code = 'accepted'", 'its resolution is not what the trail says'],
    ['its amount', 'resolution_minor = 1', 'its resolution is not what the trail says'],
  ])('shows when %s was', async (_what, change, words) => {
    expect((await verify()).problems).toEqual([]);
    await tamper(database.adminUrl, (tx) => tx.unsafe(`update exception set ${change}`));

    const { problems } = await verify();

    expect(problems).toMatchObject([{ where: 'EX-1001', what: expect.stringContaining(words) }]);
    await restore();
  });
});

/** Puts the row back as the trail says. */
const restore = () =>
  tamper(
    database.adminUrl,
    (tx) => tx`
      update exception e
      set type = 'missing_invoice', severity = 'manual_review', at_stake_minor = 10000, client = 'Acme',
          resolution_code = 'written_off', resolution_minor = 5000,
          team_id = (select t.team_id from team t where t.key = 'media_ops' and t.workspace_id = e.workspace_id)`,
  );
