import type { Tx } from '../../db/tx.ts';

/** Notes what the delivery takes back before anything brought it, by its revision. */
export async function keepRemovedKeys(
  tx: Tx,
  { workspaceId, feedId }: { workspaceId: string; feedId: string },
): Promise<void> {
  await tx`
    insert into removed_key (workspace_id, feed_id, source_ref, revision)
    select ${workspaceId}::uuid, ${feedId}::uuid, s.source_ref, max(s.revision)
    from staged s
    where s.is_removal and s.reason is null and s.revision <> ''
      and not exists (
        select from record r
        where r.workspace_id = ${workspaceId} and r.feed_id = ${feedId} and r.source_ref = s.source_ref
      )
    group by s.source_ref
    on conflict on constraint removed_key_pk do update set revision = greatest(removed_key.revision, excluded.revision)`;
}
