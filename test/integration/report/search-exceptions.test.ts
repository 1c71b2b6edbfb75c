import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { resolve } from '../../../src/pipeline/act/resolve.ts';
import { searchExceptions } from '../../../src/pipeline/report/search-exceptions.sql.ts';
import { readViewer } from '../../../src/pipeline/report/viewer.sql.ts';
import { testDatabase } from '../../support/database.ts';
import {
  exceptionsOf,
  order,
  press,
  putRecords,
  RESOLVING,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'people' });
afterAll(() => sql.end());

let workspace: SeededWorkspace;
const named = (po: string, client: string) => order(po, 100_00n, { fields: { po, client } });

/** EX-1001 to EX-1003; the first is resolved. */
beforeAll(async () => {
  workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [
    named('PO-10', 'Ärger GmbH'),
    named('PO-11', 'Bolt'),
    named('PO-12', 'Ärger GmbH'),
  ]);
  await runLedger(sql, workspace);
  await claim(sql, await pressFirst());
  await resolve(sql, { ...(await pressFirst()), code: 'accepted', note: '', amount: undefined }, RESOLVING);
});

async function pressFirst() {
  const [first] = await exceptionsOf(sql, workspace);
  if (!first) throw new Error('the run opened nothing');
  return press(workspace, 'ana', first);
}

async function found(text: string, who = 'ana'): Promise<number[]> {
  const { workspaceId, people } = workspace;
  const rows = await inWorkspace(sql, workspaceId, async (tx) => {
    const viewer = await readViewer(tx, workspaceId, people[who] ?? '');
    return viewer ? await searchExceptions(tx, { workspaceId, viewer, text, limit: 100 }) : [];
  });
  return rows.map(({ number }) => number);
}

test.each([
  ['', [1003, 1002], 'all that are live, newest first'],
  ['ärger', [1003], 'a part of the client, in any case'],
  ['po-1', [1003, 1002], 'a part of the order'],
  ['EX-1002', [1002], 'a number as people write it'],
  ['100', [1003, 1002], 'how a number begins'],
  ['1001', [1001], 'the number of a closed one'],
  ['PO-10', [1001], 'the order of a closed one'],
  ['100%', [], 'no pattern'],
])('%j finds %j: %s', async (text, numbers) => {
  expect(await found(text)).toEqual(numbers);
});

test('somebody of another team finds nothing, a lead everything', async () => {
  expect(await found('', 'guest')).toEqual([]);
  expect(await found('', 'olga')).toEqual([1003, 1002]);
});
