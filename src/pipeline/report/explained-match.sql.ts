import type { Explanation } from '../../core/explanation.ts';
import type { Tx } from '../../db/tx.ts';
import { weighingOf } from './weighing.ts';

type Row = {
  pass: string;
  explained: unknown;
  by_name: string | null;
  made_at: Date | null;
  note: string | null;
};

/** In which live match the records of an exception are, what it was weighed on, and who made it where a person did. */
export async function explainedMatch(
  tx: Tx,
  { workspaceId, exceptionId }: { workspaceId: string; exceptionId: string },
): Promise<Omit<NonNullable<Explanation['paired']>, 'isSet' | 'fields'> | undefined> {
  const [row] = await tx<Row[]>`
    select distinct m.pass, m.explained::text::jsonb as explained, p.name as by_name, h.made_at, h.note
    from exception_member em
    join exception e on e.workspace_id = em.workspace_id and e.exception_id = em.exception_id
    join match_member mm on mm.workspace_id = em.workspace_id and mm.record_id = em.record_id and mm.is_live
      and mm.reconciliation_id = e.reconciliation_id
    join match m on m.workspace_id = mm.workspace_id and m.match_id = mm.match_id
    left join hand_match_member hm on hm.workspace_id = em.workspace_id and hm.record_id = em.record_id and hm.is_standing
      and hm.reconciliation_id = e.reconciliation_id
    left join hand_match h on h.workspace_id = hm.workspace_id and h.hand_match_id = hm.hand_match_id
      and h.hand_match_id::text = m.group_key
    left join person p on p.workspace_id = h.workspace_id and p.person_id = h.made_by
    where em.workspace_id = ${workspaceId} and em.exception_id = ${exceptionId}
    order by h.made_at nulls last
    limit 1`;
  if (!row) return undefined;
  const { pass, explained, by_name: name, made_at: at, note } = row;
  return {
    pass,
    weighing: weighingOf(explained),
    byHand: name === null || at === null ? undefined : { name, at, note: note ?? undefined },
  };
}
