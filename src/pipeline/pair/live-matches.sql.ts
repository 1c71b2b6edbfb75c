import type { Tx } from '../../db/tx.ts';

/** A match that stands, with all its records. */
export type LiveMatch = {
  readonly matchId: string;
  readonly pass: string;
  readonly key: string;
  readonly recordIds: readonly string[];
};

/** The live matches of a reconciliation that any of these records is in. */
export async function liveMatchesOf(
  tx: Tx,
  {
    workspaceId,
    reconciliationId,
    recordIds,
  }: { workspaceId: string; reconciliationId: string; recordIds: readonly string[] },
): Promise<LiveMatch[]> {
  return await tx<LiveMatch[]>`
    select m.match_id as "matchId", m.pass, m.group_key as key,
           m.record_ids::text[] as "recordIds"
    from match m
    where m.workspace_id = ${workspaceId} and m.is_live
      and m.match_id in (
        select mm.match_id from match_member mm
        where mm.workspace_id = ${workspaceId} and mm.reconciliation_id = ${reconciliationId} and mm.is_live
          and mm.record_id = any(${recordIds as string[]}::uuid[]))
    order by m.match_id`;
}
