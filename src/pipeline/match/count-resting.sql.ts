import type { Standing } from '../../core/standing.ts';
import type { Tx } from '../../db/tx.ts';

/** What stands of the matches that are left as they were decided, counted on the record. */
export async function countResting(
  tx: Tx,
  { workspaceId, reconciliationId }: { workspaceId: string; reconciliationId: string },
): Promise<Standing> {
  const [row] = await tx<Standing[]>`
    select (
      select json_build_object('expected', count(*) filter (where m.side = 'expected'),
                               'actual', count(*) filter (where m.side = 'actual'))
      from match_member m
      where m.workspace_id = ${workspaceId} and m.reconciliation_id = ${reconciliationId} and m.is_live
        and not exists (select from stirred_match s where s.match_id = m.match_id)
    ) as members, (
      select json_build_object('equal', count(*) filter (where m.outcome = 'equal'),
                               'autoResolved', count(*) filter (where m.outcome = 'auto_resolved'),
                               'excepted', count(*) filter (where m.outcome = 'excepted'))
      from match m
      where m.workspace_id = ${workspaceId} and m.reconciliation_id = ${reconciliationId} and m.is_live
        and not exists (select from stirred_match s where s.match_id = m.match_id)
    ) as matches`;
  if (!row) throw new Error('a count has a row');
  return row;
}
