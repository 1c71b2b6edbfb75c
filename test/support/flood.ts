import type { Sql } from '../../src/db/client.ts';
import { newId } from '../../src/db/new-id.ts';
import { inWorkspace } from '../../src/db/tx.ts';
import type { RunInput } from '../../src/pipeline/run/run.ts';
import { NOW, ORGANISATION, order, putRecords, runLedger, type SeededWorkspace } from './ledger.ts';

export const FLOOD = { threshold: 20, windowMs: 60_000 };

/** Orders without invoices, each of another amount: as many missing invoices. */
export const ordersWithoutInvoice = (count: number, lead = 'PO') =>
  Array.from({ length: count }, (_, index) =>
    order(`${lead}-${String(index).padStart(4, '0')}`, 100_00n + BigInt(index), {
      fields: { po: `${lead}-${String(index).padStart(4, '0')}`, client: index % 2 === 0 ? 'Acme' : 'Bolt' },
    }),
  );

/** One run that counts floods, `later` milliseconds after the usual time. */
export const runFlood = (
  sql: Sql,
  workspace: SeededWorkspace,
  { later = 0, ...changes }: Partial<RunInput> & { later?: number } = {},
) =>
  runLedger(sql, workspace, {
    organisation: { ...ORGANISATION, flood: FLOOD },
    now: new Date(NOW.getTime() + later),
    ...changes,
  });

/** So many missing invoices found by one run. */
export async function openFlood(sql: Sql, workspace: SeededWorkspace, count: number): Promise<void> {
  await putRecords(sql, workspace, ordersWithoutInvoice(count));
  await runFlood(sql, workspace);
}

export type OutboxRow = {
  readonly kind: string;
  readonly status: string;
  readonly address: string;
  readonly dedupe_key: string;
  readonly wanted_revision: number;
};

/** Every message of the workspace, oldest first. */
export const messagesOf = (sql: Sql, { workspaceId }: SeededWorkspace): Promise<OutboxRow[]> =>
  inWorkspace(sql, workspaceId, async (tx) => [
    ...(await tx<OutboxRow[]>`
      select kind, status, address, dedupe_key, wanted_revision from outbox order by created_at, outbox_id`),
  ]);

/** How many members each group has, oldest group first. */
export const groupSizes = (
  sql: Sql,
  { workspaceId }: SeededWorkspace,
): Promise<{ group_id: string; members: number }[]> =>
  inWorkspace(sql, workspaceId, async (tx) => [
    ...(await tx<{ group_id: string; members: number }[]>`
      select g.group_id, count(m.exception_id)::integer as members
      from flood_group g
      left join flood_member m using (workspace_id, group_id)
      group by g.group_id, g.opened_at
      order by g.opened_at, g.group_id`),
  ]);

/** Ids of all exceptions, in number order. */
export const allIds = (sql: Sql, { workspaceId }: SeededWorkspace): Promise<string[]> =>
  inWorkspace(sql, workspaceId, async (tx) => {
    const rows = await tx<{ exception_id: string }[]>`select exception_id from exception order by number`;
    return rows.map((row) => row.exception_id);
  });

/** As if somebody had tried to post the cards that wait. */
export const attemptCards = (sql: Sql, { workspaceId }: SeededWorkspace): Promise<void> =>
  inWorkspace(sql, workspaceId, async (tx) => {
    await tx`
      update outbox set status = 'sent', attempts = 1, first_attempt_at = now(), sent_revision = wanted_revision,
        channel_id = 'C0', ts = ${newId()} where kind = 'card' and status = 'pending'`;
  });
