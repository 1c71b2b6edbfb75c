import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '../../../src/db/tx.ts';
import { applyConfig } from '../../../src/pipeline/govern/apply-config.ts';
import { testDatabase } from '../../support/database.ts';
import { LINES, organisation, REVISED, type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
const HEADER = 'order_id,amount,currency,order_date,memo\n';
const REVISED_HEADER = 'order_id,amount,currency,order_date,memo,revision\n';

let place: Workspace;
let count = 0;
const opened: Workspace[] = [];
beforeEach(async () => {
  count += 1;
  place = await workspace(database, `superseded ${count}`);
  opened.push(place);
});
afterAll(async () => {
  await Promise.all(opened.map(({ sql }) => sql.end()));
});

const row = (id: string, amount: string, memo = ''): string => `${id},${amount},USD,2026-01-05,${memo}\n`;
const revised = (amount: string, revision: number | string): string =>
  `A-1,${amount},USD,2026-01-05,,${revision}\n`;

const quarantined = () =>
  inWorkspace(place.sql, place.workspaceId, async (tx) => [
    ...(await tx`
      select line, reason, detail, convert_from(raw, 'UTF8') as raw from quarantined_row order by delivery_id, line`),
  ]);

describe('two rows with one key and different content in one file', () => {
  it('let the later stand and quarantine the other with its bytes', async () => {
    const report = await place.deliver(
      `\uFEFF${HEADER}${row('A-1', '5.00')}${row('B-1', '1.00', '"é, ""x"""')}${row('B-1', '2.00')}`,
    );
    expect(report).toMatchObject({
      status: 'accepted',
      rowsRead: 3,
      rowsNew: 2,
      rowsChanged: 0,
      rowsQuarantined: 1,
      reasons: { duplicate_key: 1 },
      amounts: { USD: '700' },
    });
    expect(await place.records()).toMatchObject([{ amount: '500' }, { sourceRef: 'B-1', amount: '200' }]);
    expect(await quarantined()).toEqual([
      {
        line: 3,
        reason: 'duplicate_key',
        detail:
          'line 4 has the same key "B-1" with other content, and stands because it comes later; ' +
          'deliver one row per key',
        raw: 'B-1,1.00,USD,2026-01-05,"é, ""x"""',
      },
    ]);
  });

  it('quarantine every loser and collapse what repeats the row that stands', async () => {
    const report = await place.deliver(
      `${HEADER}${row('B-1', '2.00')}${row('B-1', '1.00')}${row('B-1', '1.00')}${row('B-1', '2.00')}`,
    );
    expect(report).toMatchObject({ rowsRead: 4, rowsNew: 1, rowsUnchanged: 1, rowsQuarantined: 2 });
    expect(report.amounts).toEqual({ USD: '200' });
    expect(await quarantined()).toMatchObject([{ line: 3 }, { line: 4 }]);
  });

  it('leave a record alone that the standing row repeats', async () => {
    await place.deliver(`${HEADER}${row('B-1', '2.00')}`);
    const report = await place.deliver(`${HEADER}${row('B-1', '1.00')}${row('B-1', '2.00')}`);
    expect(report).toMatchObject({ rowsUnchanged: 1, rowsChanged: 0, rowsQuarantined: 1 });
    expect(await place.records()).toMatchObject([{ version: 1, amount: '200' }]);
  });

  it('are told of beside the rows that break the contract', async () => {
    const report = await place.deliver(
      `${HEADER}${row('A-1', 'x')}${row('B-1', '1.00')}${row('B-1', '2.00')}`,
    );
    expect(report).toMatchObject({
      rowsQuarantined: 2,
      reasons: { amount_malformed: 1, duplicate_key: 1 },
      amounts: { USD: '200' },
    });
    expect(await quarantined()).toMatchObject([
      { line: 2, reason: 'amount_malformed' },
      { line: 3, reason: 'duplicate_key' },
    ]);
  });

  it('keep the bytes of a row that spans lines, in the middle of a large file', async () => {
    const many = Array.from({ length: 9_000 }, (_, at) => row(`N-${at}`, '1.00', 'a filler of some length'));
    const loser = row('B-1', '1.00', '"two\r\nlines"');
    const report = await place.deliver(
      `${HEADER}${many.join('')}${loser}${many.join('')}${row('B-1', '2.00')}`,
    );
    expect(report).toMatchObject({
      rowsRead: 18_002,
      rowsNew: 9_001,
      rowsUnchanged: 9_000,
      rowsQuarantined: 1,
    });
    expect(await quarantined()).toMatchObject([{ line: 9_002, raw: loser.trimEnd() }]);
  });

  it('are found in JSON lines too', async () => {
    const line = (amount: string): string =>
      `{"order_id":"A-1","amount":"${amount}","currency":"USD","order_date":"2026-01-05"}`;
    const report = await place.deliver(`${line('1.00')}\n${line('2.00')}\n`, LINES);
    expect(report).toMatchObject({ rowsNew: 1, rowsQuarantined: 1, amounts: { USD: '200' } });
    expect(await quarantined()).toMatchObject([{ line: 1, reason: 'duplicate_key', raw: line('1.00') }]);
  });
});

describe('an older revision', () => {
  it('in one file is quarantined, whatever the order of lines', async () => {
    const report = await place.deliver(
      `${REVISED_HEADER}${revised('11.00', 11)}${revised('9.00', 9)}`,
      REVISED,
    );
    expect(report).toMatchObject({
      rowsNew: 1,
      rowsChanged: 0,
      rowsQuarantined: 1,
      reasons: { older_revision: 1 },
      amounts: { USD: '1100' },
    });
    expect(await place.records(REVISED)).toMatchObject([{ amount: '1100' }]);
    expect(await quarantined()).toEqual([
      {
        line: 3,
        reason: 'older_revision',
        detail:
          'revision 9 of "A-1" is older than revision 11 on line 2, which stands; nothing is to be done',
        raw: 'A-1,9.00,USD,2026-01-05,,9',
      },
    ]);
  });

  it('that arrives late is quarantined, and its delivery is accepted', async () => {
    await place.deliver(`${REVISED_HEADER}${revised('2.00', 2)}`, REVISED);
    const report = await place.deliver(`${REVISED_HEADER}${revised('1.00', 1)}`, REVISED);
    expect(report).toMatchObject({
      status: 'accepted',
      rowsUnchanged: 0,
      rowsQuarantined: 1,
      reasons: { older_revision: 1 },
      amounts: {},
    });
    expect(await place.records(REVISED)).toMatchObject([{ version: 1, amount: '200' }]);
    expect(await quarantined()).toMatchObject([
      {
        line: 2,
        detail: 'revision 1 of "A-1" is older than revision 2 on record, which stands; nothing is to be done',
        raw: 'A-1,1.00,USD,2026-01-05,,1',
      },
    ]);
  });

  it('twice in one file is compared with the record, not with its neighbour', async () => {
    await place.deliver(`${REVISED_HEADER}${revised('5.00', 5)}`, REVISED);
    const report = await place.deliver(
      `${REVISED_HEADER}${revised('1.00', 1)}${revised('2.00', 2)}`,
      REVISED,
    );
    expect(report).toMatchObject({ rowsQuarantined: 2, reasons: { older_revision: 2 } });
    const rows = await quarantined();
    expect(rows.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('revision 5 on record'),
      expect.stringContaining('revision 5 on record'),
    ]);
  });

  it('of the same number with other content is a duplicate key', async () => {
    const report = await place.deliver(
      `${REVISED_HEADER}${revised('1.00', 3)}${revised('2.00', 3)}`,
      REVISED,
    );
    expect(report).toMatchObject({ rowsNew: 1, reasons: { duplicate_key: 1 } });
    expect(await place.records(REVISED)).toMatchObject([{ amount: '200' }]);
  });

  it('is none once the contract declares no revision: the last delivered stands', async () => {
    await place.deliver(`${REVISED_HEADER}${revised('2.00', 2)}`, REVISED);
    const contract = { ...REVISED, revision: undefined, sha256: '2'.repeat(64) };
    const feeds = new Map([[contract.feed, contract]]);
    const config = { organisation: organisation(`superseded ${count}`), feeds, reconciliations: new Map() };
    await applyConfig(place.sql, config, { now: new Date('2026-11-22T00:00:00Z') });
    const report = await place.deliver(`${REVISED_HEADER}${revised('1.00', 1)}`, contract);
    expect(report).toMatchObject({ rowsChanged: 1, rowsQuarantined: 0, amounts: { USD: '100' } });
  });
});
