import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { runDue } from '../../../src/jobs/run-due.ts';
import { testDatabase } from '../../support/database.ts';
import { seedWorkspace } from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs', max: 8 });
afterAll(() => sql.end());

const NIGHTLY = { key: 'nightly', cron: '0 6 * * *', reconciliation: 'orders-vs-invoices' };
const at = (text: string) => new Date(`2026-11-${text}:00Z`);

/** A workspace that saw the schedule for the first time at noon of the 20th. */
async function sinceNoon() {
  const { workspaceId } = await seedWorkspace(sql, []);
  const slots: string[] = [];
  const wake = (now: Date, work = async () => {}) =>
    runDue(sql, { workspaceId, schedule: NIGHTLY, now }, async (slot) => {
      slots.push(slot.toISOString());
      await work();
    });
  await wake(at('20T12:00'));
  return { slots, wake };
}

describe('a schedule', () => {
  it('does not catch up what was due before it was first seen', async () => {
    const { slots } = await sinceNoon();

    expect(slots).toEqual([]);
  });

  it('runs a slot once, however often it is woken', async () => {
    const { slots, wake } = await sinceNoon();

    for (const minute of ['21T05:59', '21T06:00', '21T06:00', '21T06:01', '21T23:59']) await wake(at(minute));

    expect(slots).toEqual(['2026-11-21T06:00:00.000Z']);
  });

  it('catches up missed slots with one run, of the latest', async () => {
    const { slots, wake } = await sinceNoon();

    await wake(at('24T09:30'));

    expect(slots).toEqual(['2026-11-24T06:00:00.000Z']);
  });

  it('is run by one of many instances that wake at the same time', async () => {
    const { slots, wake } = await sinceNoon();

    await Promise.all(Array.from({ length: 6 }, () => wake(at('21T06:00'))));

    expect(slots).toEqual(['2026-11-21T06:00:00.000Z']);
  });

  it('is still due after a run that failed', async () => {
    const { slots, wake } = await sinceNoon();
    const failing = () => Promise.reject(new Error('the source is down'));

    await expect(wake(at('21T06:00'), failing)).rejects.toThrow('the source is down');
    await wake(at('21T06:01'));

    expect(slots).toEqual(['2026-11-21T06:00:00.000Z', '2026-11-21T06:00:00.000Z']);
  });

  it('fires nothing twice when the clock jumps back', async () => {
    const { slots, wake } = await sinceNoon();
    await wake(at('21T06:00'));

    await wake(at('21T05:00'));
    await wake(at('21T06:00'));

    expect(slots).toHaveLength(1);
  });
});
