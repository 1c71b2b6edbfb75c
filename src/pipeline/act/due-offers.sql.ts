import type { Tx } from '../../db/tx.ts';
import { MOST_SWEPT } from './most-swept.ts';

/** Exceptions whose open offer was to be answered by now, the longest overdue first. */
export async function dueOffers(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<string[]> {
  const rows = await tx<{ exception_id: string }[]>`
    select exception_id
    from hand_over
    where workspace_id = ${workspaceId} and state = 'open' and expires_at <= ${now.toISOString()}
    order by expires_at, exception_id
    limit ${MOST_SWEPT}`;
  return rows.map((row) => row.exception_id);
}
