import { afterAll, describe, expect, it, vi } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { startTimers } from '../../../src/jobs/timers.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import { claim } from '../../../src/pipeline/act/claim.ts';
import { MOST_SWEPT } from '../../../src/pipeline/act/most-swept.ts';
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
import { madeUp, putExceptions } from '../../support/many-exceptions.ts';

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

  it('go on where one pass does not take all: what many claims of somebody who left come to', async () => {
    const workspace = await seedWorkspace(sql, ['orders-vs-invoices']);
    const [one] = madeUp(onTheDay, 1, 1);
    if (!one) throw new Error('one was asked for');
    const claimed = {
      ...one,
      status: 'claimed',
      owner: 'ana',
      closedAt: undefined,
      pausedAt: undefined,
    } as const;
    const rows = Array.from({ length: MOST_SWEPT + 20 }, (_, at) => ({ ...claimed, number: 5_000 + at }));
    await putExceptions(sql, workspace, rows);
    await startAt(workspace, before).stop();
    const held = () =>
      inWorkspace(sql, workspace.workspaceId, async (tx) => {
        const [row] = await tx<
          { count: number }[]
        >`select count(*)::integer as count from exception where owner_id is not null`;
        return row?.count;
      });
    await inWorkspace(
      sql,
      workspace.workspaceId,
      (tx) => tx`update person set is_active = false where key = 'ana'`,
    );

    const timers = startAt(workspace, onTheDay);
    try {
      await vi.waitFor(async () => expect(await held()).toBe(0), { timeout: 20_000, interval: 100 });
    } finally {
      await timers.stop();
    }
  });
});
