import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import { type Workspace, workspace } from './setup.ts';

const database = await testDatabase();
const HEADER = 'order_id,amount,currency,order_date,memo\n';
/** A file with so many rows whose amount cannot be read, for the next of three reasons each, before the good ones. */
const file = (bad: number, of: number, memo: string): string =>
  HEADER +
  Array.from({ length: of }, (_, at) => {
    const amount = at < bad ? ['ten', '', '1.00 apiece'][at % 3] : '1.00';
    return `A-${at},${amount},USD,2026-01-05,${memo}\n`;
  }).join('');

let place: Workspace;
let count = 0;
const opened: Workspace[] = [];
beforeEach(async () => {
  count += 1;
  place = await workspace(database, `unreadable ${count}`);
  opened.push(place);
});
afterAll(async () => {
  await Promise.all(opened.map(({ sql }) => sql.end()));
});

describe('rows whose amount cannot be read', () => {
  it('hold a small delivery from three and a fifth on, whatever their reasons', async () => {
    await place.deliver(file(0, 16, 'first'));
    const before = await place.records();
    for (const [bad, of] of [
      [3, 15],
      [7, 16],
      [10, 16],
      [9, 12],
      [10, 13],
    ] as const) {
      const report = await place.deliver(file(bad, of, `${bad} of ${of}`));
      expect(report.status).toBe('held');
      expect(report.findings).toContainEqual(
        expect.objectContaining({ kind: 'field_unreadable', field: 'amount', rows: bad, of }),
      );
    }
    expect(await place.records()).toEqual(before);
  });

  it('are quarantined and the others taken while they are few, and in the first delivery of all', async () => {
    expect(await place.deliver(file(7, 16, 'first'))).toMatchObject({
      status: 'accepted',
      rowsQuarantined: 7,
    });
    expect(await place.deliver(file(1, 5, 'one'))).toMatchObject({ status: 'accepted', rowsQuarantined: 1 });
    expect(await place.deliver(file(2, 40, 'two'))).toMatchObject({ status: 'accepted', rowsQuarantined: 2 });
    expect(await place.deliver(file(7, 16, 'again'))).toMatchObject({ status: 'held' });
  });
});
