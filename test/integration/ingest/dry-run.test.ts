import { Readable } from 'node:stream';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../src/db/new-id.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { changeConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { dryRun } from '../../../src/pipeline/ingest/dry-run.ts';
import { testDatabase } from '../../support/database.ts';
import { ORDERS, organisation, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
const HEADER = 'order_id,amount,currency,order_date,memo\n';
const row = (id: string, amount = '1.00'): string => `${id},${amount},USD,2026-01-05,\n`;
const rows = (count: number): string => Array.from({ length: count }, (_, at) => row(`R-${at}`)).join('');

let place: Workspace;
let count = 0;
const opened: Workspace[] = [];
beforeEach(async () => {
  count += 1;
  place = await workspace(database, `dry ${count}`);
  opened.push(place);
});
afterAll(async () => {
  await Promise.all(opened.map(({ sql }) => sql.end()));
});

const tried = (bytes: string, { workspaceId = place.workspaceId, contract = ORDERS } = {}) =>
  dryRun(place.sql, {
    request: { workspaceId, contract, from: { stream: Readable.from([Buffer.from(bytes)]) } },
    prepare: (tx) =>
      changeConfig(
        tx,
        { workspaceId, now: new Date('2026-11-22T00:00:00Z') },
        {
          organisation: organisation(workspaceId === place.workspaceId ? `dry ${count}` : 'somebody new'),
          feeds: new Map([[contract.feed, contract]]),
          reconciliations: new Map(),
        },
      ),
    rows: 2,
    problems: 10,
  });

/** Everything that a delivery could leave behind. */
const leftBehind = () =>
  inWorkspace(
    place.sql,
    place.workspaceId,
    async (tx) =>
      await tx`
        select (select count(*)::integer from record) as records, (select count(*)::integer from delivery) as deliveries,
               (select count(*)::integer from quarantined_row) as quarantined, (select count(*)::integer from outbox) as messages,
               (select count(*)::integer from audit_event) as events, (select count(*)::integer from kept_part) as parts,
               (select count(*)::integer from contract_version) as contracts`,
  );

describe('a dry run', () => {
  it('shows the first rows and every problem, and leaves nothing behind', async () => {
    await place.deliver(`${HEADER}${row('A')}`);
    const before = await leftBehind();
    const {
      report,
      rows: first,
      problems,
    } = await tried(`${HEADER}${row('A')}${row('B', 'x')}${row('C', '2.50')}${row('D')}${row('C', '3.50')}`);
    expect(report).toMatchObject({
      status: 'accepted',
      rowsRead: 5,
      rowsNew: 2,
      rowsUnchanged: 1,
      rowsQuarantined: 2,
    });
    expect(first).toMatchObject([
      { line: 2, sourceRef: 'A', amountMinor: '100', currency: 'USD', fields: { order_date: '2026-01-05' } },
      { line: 5, sourceRef: 'D' },
    ]);
    expect(problems).toMatchObject([
      { line: 3, reason: 'amount_malformed', field: 'amount' },
      { line: 4, reason: 'duplicate_key' },
    ]);
    expect(await leftBehind()).toEqual(before);
  });

  it('reads bytes again that were delivered, and an unknown contract by itself', async () => {
    await place.deliver(`${HEADER}${row('A')}`);
    expect((await tried(`${HEADER}${row('A')}`)).report).toMatchObject({
      status: 'accepted',
      rowsUnchanged: 1,
    });
    const contract = { ...ORDERS, feed: 'unheard_of', body: '{"feed":"unheard_of"}', sha256: '9'.repeat(64) };
    expect((await tried(`${HEADER}${row('A')}`, { contract })).report).toMatchObject({ rowsNew: 1 });
    const nobody = await tried(`${HEADER}${row('A')}`, { contract, workspaceId: newId() });
    expect(nobody.report).toMatchObject({ rowsNew: 1 });
  });

  it('says that a delivery would be held, or kept out as a whole', async () => {
    await place.deliver(`${HEADER}${rows(12)}`);
    const before = await leftBehind();
    const lacking = `order_id,amount,currency,order_date\n${rows(12).replaceAll(',\n', '\n')}`;
    expect((await tried(lacking)).report).toMatchObject({
      status: 'held',
      findings: [{ kind: 'column_removed' }],
    });
    expect((await tried(`${HEADER}A,1.0`)).report).toMatchObject({ status: 'quarantined' });
    expect((await tried('')).report).toMatchObject({ status: 'quarantined' });
    expect(await leftBehind()).toEqual(before);
  });
});
