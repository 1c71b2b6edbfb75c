import type { Tx } from '../../db/tx.ts';

/** So many lapse in one pass; the rest a minute later. */
const MOST = 500;

/** Exceptions whose open proposal was to be decided by now, the longest overdue first. */
export async function dueProposals(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<string[]> {
  const rows = await tx<{ exception_id: string }[]>`
    select exception_id
    from proposal
    where workspace_id = ${workspaceId} and state = 'open' and exception_id is not null
      and expires_at <= ${now.toISOString()}::timestamptz
    order by expires_at, exception_id
    limit ${MOST}`;
  return rows.map((row) => row.exception_id);
}
