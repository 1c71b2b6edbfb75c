import { BY_HAND } from '../../core/hand-match.ts';
import { freeRecords } from '../../db/free-records.sql.ts';
import type { Tx } from '../../db/tx.ts';

type Scope = { readonly workspaceId: string; readonly reconciliationId: string };

/**
 * Plans the matches that people made: before everything else those whose records all hold what they held then
 * (`standing`), after every pass those whose records nothing has taken (`lasting`). The rules are `standingMatches` and
 * `lastingMatches` of core/hand-match.ts; a property test holds them equal.
 */
export async function planByHand(
  tx: Tx,
  { workspaceId, reconciliationId }: Scope,
  which: 'standing' | 'lasting',
): Promise<void> {
  const { isFree } = await freeRecords(tx, undefined);
  const isIn =
    which === 'standing' ? tx`encode(p.content_hash, 'hex') = m.content_hash and ${isFree}` : isFree;
  await tx`
    with member as (
      select h.hand_match_id, m.record_id, m.side, bool_and(coalesce(p.record_id is not null and ${isIn}, false))
               over (partition by m.hand_match_id) as is_whole
      from hand_match h
      join hand_match_member m on m.workspace_id = h.workspace_id and m.hand_match_id = h.hand_match_id
      left join pool p on p.record_id = m.record_id
      where h.workspace_id = ${workspaceId} and h.reconciliation_id = ${reconciliationId} and h.ended_at is null
    )
    insert into planned_set (pass, group_key, record_id, side)
    select ${BY_HAND}, hand_match_id::text, record_id, side from member where is_whole`;
}
