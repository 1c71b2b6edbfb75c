import { setImmediate as breathe } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, it } from 'vitest';
import { connect, type Sql } from '../../../src/db/client.ts';
import { testDatabase } from '../../support/database.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs', max: 1 });
afterAll(() => sql.end());

/** Takes in rows as they come; what it keeps of them nobody else holds afterwards. */
async function takeIn(client: Sql): Promise<WeakRef<object>> {
  const taken: unknown[] = [];
  const query = client`select generate_series(1, 1000) as n`;
  await query.forEach((row) => {
    taken.push(row);
  });
  expect(taken.length).toBe(1000);
  return new WeakRef(taken);
}

it('lets go of what the first query of a place in the code took in', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const first = await takeIn(sql);
  // The connection remembers the query that it answered last.
  await sql`select 1`;
  await breathe();
  collect();
  expect(first.deref()).toBeUndefined();
});
