import type { Tx } from '../../db/tx.ts';
import { MOST_SWEPT } from './most-swept.ts';

/** Exceptions that wait for this day or an earlier one, the longest overdue first. */
export async function dueWaits(
  tx: Tx,
  { workspaceId, today }: { workspaceId: string; today: string },
): Promise<string[]> {
  const rows = await tx<{ exception_id: string }[]>`
    select exception_id
    from exception
    where workspace_id = ${workspaceId} and status = 'waiting' and wait_until_on <= ${today}
    order by wait_until_on, number
    limit ${MOST_SWEPT}`;
  return rows.map((row) => row.exception_id);
}
