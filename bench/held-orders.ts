import type { Sql } from '../src/db/client.ts';
import { inWorkspace } from '../src/db/tx.ts';
import { aSpec, runLedger, type SeededWorkspace, seedWorkspace } from '../test/support/ledger.ts';

/** Orders against invoices whose vendor is paid; what nobody ordered holds the payout. */
export const HELD_SPEC = aSpec({
  actual: { feed: 'invoices', amount: 'amount', date: 'on', payee: 'vendor' },
  missing: {
    actual: { afterDays: 10, raise: 'missing_invoice', severity: 'manual_review' },
    expected: { afterDays: 0, raise: 'unordered_charge', severity: 'block_payout' },
  },
});

/** One order in twenty is held: it was billed and never ordered. */
export const isHeld = (index: number): boolean => index % 20 === 0;
export const orderRef = (index: number): string => `PO-${String(index).padStart(7, '0')}`;

/** So many orders of 500 clients billed by 200 vendors, reconciled once; each twentieth is on hold. */
export async function seedHeldOrders(sql: Sql, count: number): Promise<SeededWorkspace> {
  const workspace = await seedWorkspace(sql, [HELD_SPEC.key]);
  const { workspaceId, feeds } = workspace;
  await inWorkspace(sql, workspaceId, async (tx) => {
    for (const side of ['expected', 'actual'] as const) {
      await tx`
        insert into record (workspace_id, record_id, version, content_hash, revision, amount_minor, currency, occurred_on,
          client, order_ref, fields, delivery_id, line, feed_id, source_ref)
        select ${workspaceId}, gen_random_uuid(), 1, sha256((${side}::text || n)::bytea), '', 10000 + n, 'USD',
          '2026-10-01'::date, 'Client ' || n % 500, po,
          jsonb_build_object('po', po, 'client', 'Client ' || n % 500, 'vendor', 'Vendor ' || n % 200),
          ${feeds[side]}, 1, ${feeds[side]}, ${side}::text || n
        from (select n, 'PO-' || lpad(n::text, 7, '0') as po from generate_series(1, ${count}::integer) as n) as orders
        where ${side}::text = 'actual' or n % 20 <> 0`;
    }
    await tx`analyze record`;
  });
  const now = new Date();
  await runLedger(sql, workspace, { spec: HELD_SPEC, now, cutoffAt: now });
  return workspace;
}
