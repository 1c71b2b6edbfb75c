import type { Tx } from '../../db/tx.ts';

/**
 * Notes on records that a delivery of pushed events repeats unchanged how late it still said so: an event between the two that comes after
 * them must not stand. Nothing where the feed's events have no times.
 */
export async function noteTimes(
  tx: Tx,
  { workspaceId, feedId }: { workspaceId: string; feedId: string },
): Promise<void> {
  await tx`
    update record r
    set revision = said.revision
    from (
      select s.source_ref collate "default" as source_ref, s.content_hash, max(s.revision) as revision
      from staged s
      where s.reason is null and not s.is_removal and s.revision <> ''
      group by s.source_ref, s.content_hash
    ) said
    where r.workspace_id = ${workspaceId} and r.feed_id = ${feedId} and r.source_ref = said.source_ref
      and not r.is_removed and said.content_hash in (r.content_hash, r.edited_from)
      and r.revision collate "C" < said.revision`;
}
