import type { Tx } from '../../db/tx.ts';

/**
 * Decides in one pass what each accepted row does, into the table `planned`: `new`, `changed` or `unchanged`, and which
 * rows write. Of rows with the same key the one with the highest revision writes, then the one furthest down; the others
 * count as changed when they differ from it. A revision older than the recorded one changes nothing.
 */
export async function planRows(
  tx: Tx,
  { workspaceId, feedId }: { workspaceId: string; feedId: string },
): Promise<void> {
  await tx`
    create temp table planned on commit drop as
    with repeated as (
      select source_ref from staged where reason is null group by source_ref having count(*) > 1
    ),
    ranked as (
      select s.line,
             row_number() over latest > 1 as is_loser,
             s.content_hash <> first_value(s.content_hash) over latest as differs
      from staged s
      join repeated using (source_ref)
      where s.reason is null
      window latest as (partition by s.source_ref order by s.revision desc, s.line desc
                        rows between unbounded preceding and unbounded following)
    )
    select s.line,
           r.record_id as known_id,
           coalesce(r.revision collate "C" > s.revision, false) as is_older,
           case
             when k.is_loser and k.differs then 'changed'
             when k.is_loser then 'unchanged'
             when r.record_id is null then 'new'
             when r.revision collate "C" > s.revision or r.content_hash = s.content_hash then 'unchanged'
             else 'changed'
           end as outcome,
           coalesce(k.is_loser, false) as is_loser
    from staged s
    left join ranked k on k.line = s.line
    left join record r
      on r.workspace_id = ${workspaceId} and r.feed_id = ${feedId} and r.source_ref = s.source_ref
    where s.reason is null`;
  await tx`analyze planned`;
}
