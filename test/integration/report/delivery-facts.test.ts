import { expect, it } from 'vitest';
import { inWorkspace } from '../../../src/db/tx.ts';
import { readDeliveries } from '../../../src/pipeline/report/delivery-facts.sql.ts';
import { testDatabase } from '../../support/database.ts';
import { workspace } from '../ingest/setup.ts';

const database = await testDatabase();

it('finds a delivery by the beginning of its id, however many came after it', async () => {
  const at = await workspace(database, 'deliveries by beginning');
  const { deliveryId } = await at.deliver(
    'order_id,amount,currency,order_date,memo\nA,1.00,USD,2026-01-05,\n',
  );
  const { workspaceId } = at;
  await inWorkspace(
    at.sql,
    workspaceId,
    (tx) => tx`
      insert into delivery (workspace_id, delivery_id, feed_id, contract_version, checksum, name, bytes, status, problem, rows_read,
        rows_new, rows_changed, rows_unchanged, rows_quarantined, rows_skipped, amounts, warnings, received_at)
      select workspace_id, gen_random_uuid(), feed_id, contract_version, 'c' || n, 'later.csv', 1, 'quarantined', 'cut', 0,
        0, 0, 0, 0, 0, '{}', '[]', now() + interval '1 minute'
      from delivery, generate_series(1, 5000) as n`,
  );

  const found = await inWorkspace(at.sql, workspaceId, (tx) =>
    readDeliveries(tx, { workspaceId, beginning: deliveryId.slice(0, 18), limit: 2 }),
  );
  await at.sql.end();

  expect(found.map((one) => one.deliveryId)).toEqual([deliveryId]);
});
