import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { connect } from '../../../src/db/client.ts';
import { inWorkspace } from '../../../src/db/tx.ts';
import { startForgetting } from '../../../src/jobs/forgetting.ts';
import { createLogger } from '../../../src/observe/logger.ts';
import { testDatabase } from '../../support/database.ts';
import { seedWorkspace } from '../../support/ledger.ts';

const database = await testDatabase();
const sql = connect({ url: database.url, role: 'runs' });
afterAll(() => sql.end());

it('forgets requests that were answered more than 90 days ago, and no later ones', async () => {
  const { workspaceId } = await seedWorkspace(sql, []);
  await inWorkspace(
    sql,
    workspaceId,
    (tx) => tx`
      with seen as (
        insert into schedule_watermark (workspace_id, schedule_key, completed_slot_at)
        values (${workspaceId}, 'forgetting.daily', now() - interval '2 days'))
      insert into inbox (workspace_id, request_key, outcome, received_at)
      values (${workspaceId}, 'old', '{}', now() - interval '92 days'), (${workspaceId}, 'new', '{}', now() - interval '88 days')`,
  );
  const keys = () =>
    inWorkspace(sql, workspaceId, async (tx) =>
      (await tx<{ key: string }[]>`select request_key as key from inbox`).map(({ key }) => key),
    );

  const forgetting = startForgetting({ sql, workspaceId, logger: createLogger({ level: 'silent' }) });
  for (let i = 0; i < 100 && (await keys()).length > 1; i += 1) await sleep(50);
  await forgetting.stop();

  expect(await keys()).toEqual(['new']);
});
