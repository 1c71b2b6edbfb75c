import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { startTimers } from '../../../src/jobs/timers.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { wait } from '../../../src/pipeline/act/wait.ts';
import { testDatabase } from '../../support/database.ts';
import {
  noticesOf,
  onlyException,
  order,
  press,
  putRecords,
  runLedger,
  type SeededWorkspace,
  seedWorkspace,
} from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs', max: 8 });
afterAll(() => sql.end());

const logger = createLogger({ level: 'silent', secrets: [], write: () => {} });
const before = new Date('2026-11-30T23:59:00Z');
const onTheDay = new Date('2026-12-01T00:00:00Z');

/** One exception that Ana lets wait until 1 December. */
async function seedWaiting(): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
  await putRecords(sql, workspace, [order('1', 100_00n)]);
  await runLedger(sql, workspace);
  await claim(sql, press(workspace, 'ana', await onlyException(sql, workspace)));
  const input = press(workspace, 'ana', await onlyException(sql, workspace));
  const now = new Date('2026-11-22T08:00:00Z');
  await wait(sql, { ...input, until: '2026-12-01', note: 'The credit' }, { ...workspace.organisation, now });
  return workspace;
}

const startAt = ({ workspaceId }: SeededWorkspace, at: Date) =>
  startTimers({ sql, workspaceId, moneyTeam: undefined, zone: 'UTC', logger, clock: () => at });

describe('the timers', () => {
  it('resume what waits when its day has come, once among several instances', async () => {
    const workspace = await seedWaiting();
    await startAt(workspace, before).stop();
    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'waiting' });

    const instances = Array.from({ length: 3 }, () => startAt(workspace, onTheDay));
    await Promise.all(instances.map((instance) => instance.stop()));

    expect(await onlyException(sql, workspace)).toMatchObject({ status: 'claimed', version: 4 });
    expect(await noticesOf(sql, workspace)).toHaveLength(1);
  });
});
