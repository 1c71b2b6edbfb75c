import type { Tx } from '../../db/tx.ts';

/** A match by hand that stands and has one of the records asked for. */
export type StandingHandMatch = {
  readonly handMatchId: string;
  readonly exceptionId: string;
  readonly number: number;
  readonly madeBy: string;
  /** Whether every record still holds what it held. */
  readonly isAsThen: boolean;
  readonly recordIds: readonly string[];
};

/** The standing matches by hand that any of these records is in. */
export async function standingHandMatches(
  tx: Tx,
  {
    workspaceId,
    reconciliationId,
    recordIds,
  }: { workspaceId: string; reconciliationId: string; recordIds: readonly string[] },
): Promise<StandingHandMatch[]> {
  return await tx<StandingHandMatch[]>`
    select h.hand_match_id as "handMatchId", h.exception_id as "exceptionId", e.number, p.name as "madeBy",
           bool_and(encode(r.content_hash, 'hex') = m.content_hash) as "isAsThen",
           array_agg(m.record_id::text order by m.record_id) as "recordIds"
    from hand_match h
    join hand_match_member m on m.workspace_id = h.workspace_id and m.hand_match_id = h.hand_match_id
    join record r on r.workspace_id = m.workspace_id and r.record_id = m.record_id
    join exception e on e.workspace_id = h.workspace_id and e.exception_id = h.exception_id
    join person p on p.workspace_id = h.workspace_id and p.person_id = h.made_by
    where h.workspace_id = ${workspaceId} and h.ended_at is null
      and h.hand_match_id in (
        select x.hand_match_id from hand_match_member x
        where x.workspace_id = ${workspaceId} and x.reconciliation_id = ${reconciliationId} and x.is_standing
          and x.record_id = any(${recordIds as string[]}::uuid[]))
    group by h.hand_match_id, h.exception_id, e.number, p.name
    order by h.hand_match_id`;
}
