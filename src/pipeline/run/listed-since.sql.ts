import type { Standing } from '../../core/standing.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * How far into the trail a run saw that listed what it left without a match, up to which day, and what then stood on record;
 * runs of earlier releases did not say.
 */
export type ListedSince = {
  readonly seq: string;
  readonly cutoffOn: string;
  readonly standing?: Standing;
};

/** As of when `unpaired_record` holds, by the latest active run; undefined where it may not. */
export async function listedSince(
  tx: Tx,
  { workspaceId, reconciliationId }: { workspaceId: string; reconciliationId: string },
): Promise<ListedSince | undefined> {
  const [row] = await tx<{ unpaired: ListedSince | null }[]>`
    select counts -> 'seen' -> 'unpaired' as unpaired
    from run
    where workspace_id = ${workspaceId} and reconciliation_id = ${reconciliationId}
      and mode = 'active' and status in ('applied', 'unchanged') and plan_hash <> ''
    order by started_at desc, run_id desc
    limit 1`;
  return row?.unpaired ?? undefined;
}
