import type { Tx } from '../../db/tx.ts';

/** Puts the records that a refused row of `staged` has the key of beside it: one further down may have corrected it. */
export async function stageCorrected(
  tx: Tx,
  { workspaceId, feedId }: { workspaceId: string; feedId: string },
): Promise<void> {
  await tx`
    insert into staged (line, source_ref, revision, content_hash, is_removal)
    select r.line, r.source_ref, r.revision, r.content_hash, false
    from record r
    where r.workspace_id = ${workspaceId} and r.feed_id = ${feedId}
      and r.source_ref in (select s.source_ref from staged s where s.reason is not null)`;
}
