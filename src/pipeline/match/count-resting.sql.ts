import type { Tx } from '../../db/tx.ts';

/** How many records of each side belong to matches that are left as they were decided. */
export async function countResting(
  tx: Tx,
  { workspaceId, reconciliationId }: { workspaceId: string; reconciliationId: string },
): Promise<{ expected: number; actual: number }> {
  const [row] = await tx<{ expected: number; actual: number }[]>`
    select count(*) filter (where m.side = 'expected')::integer as expected,
           count(*) filter (where m.side = 'actual')::integer as actual
    from match_member m
    where m.workspace_id = ${workspaceId} and m.reconciliation_id = ${reconciliationId} and m.is_live
      and not exists (select from stirred_match s where s.match_id = m.match_id)`;
  return row ?? { expected: 0, actual: 0 };
}
