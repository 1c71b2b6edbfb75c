import type { Tx } from '../../db/tx.ts';

/**
 * Decides what the accepted rows do, into the table `planned`: `new`, `changed` or a reason to keep it out, and `unchanged`
 * for a row that repeats another. Rows that are on record as they are get no entry, and while the feed has no records yet
 * (`isFirst`) plainly new ones get none either: whatever most rows are is not written down a second time.
 *
 * Of rows with the same key the one with the highest revision stands, then the one furthest down; a row that says the same
 * is a repeat, one that differs loses as `older_revision` or `duplicate_key`. A revision older than the recorded one loses
 * too. `stands_line` is the line a row lost to; null when it lost to the record.
 *
 * Without a declared revision what is on record never counts as newer: the last delivered stands.
 */
export async function planRows(
  tx: Tx,
  feed: { workspaceId: string; feedId: string; hasRevision: boolean; isFirst: boolean },
): Promise<void> {
  const { workspaceId, feedId, hasRevision, isFirst } = feed;
  await tx`
    create temp table planned on commit drop as
    with repeated as (
      select source_ref from staged where reason is null group by source_ref having count(*) > 1
    ),
    ranked as (
      select s.line,
             first_value(s.line) over latest as stands_line,
             first_value(s.revision) over latest as stands_revision,
             s.content_hash <> first_value(s.content_hash) over latest as differs
      from staged s
      join repeated using (source_ref)
      where s.reason is null
      window latest as (partition by s.source_ref order by s.revision desc, s.line desc
                        rows between unbounded preceding and unbounded following)
    ),
    compared as (
      select s.line, s.revision, s.content_hash, r.record_id, r.content_hash as known_hash, r.revision as known_revision,
             ${hasRevision}::boolean and coalesce(r.revision collate "C" > s.revision, false) as is_older,
             coalesce(k.differs, false) as is_loser,
             coalesce(k.stands_line <> s.line, false) and not k.differs as is_repeat,
             k.stands_line, k.stands_revision
      from staged s
      ${isFirst ? tx`` : tx`left`} join ranked k on k.line = s.line
      left join record r
        on r.workspace_id = ${workspaceId} and r.feed_id = ${feedId} and r.source_ref = s.source_ref
      where s.reason is null
    ),
    decided as (
      select line,
             record_id as known_id,
             case
               when is_older or (is_loser and revision < stands_revision) then 'older_revision'
               when is_loser then 'duplicate_key'
               when is_repeat then 'unchanged'
               when record_id is null then 'new'
               when known_hash = content_hash then 'unchanged'
               else 'changed'
             end as outcome,
             is_repeat,
             case when is_loser and not is_older then stands_line end as stands_line,
             case when is_older then known_revision when is_loser then stands_revision end as stands_revision
      from compared
    )
    select line, known_id, outcome, is_repeat, stands_line, stands_revision from decided
    where is_repeat or outcome <> ${isFirst ? 'new' : 'unchanged'}`;
  await tx`analyze planned`;
}
