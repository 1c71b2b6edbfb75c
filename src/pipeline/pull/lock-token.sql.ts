import type { Tx } from '../../db/tx.ts';

export type KeptToken = { readonly sealed: string | null; readonly seed: string | null };

/** The feed's kept refresh token, locked until the transaction ends: a token that works once is exchanged by one at a time. */
export async function lockToken(
  tx: Tx,
  { workspaceId, feedId }: { workspaceId: string; feedId: string },
): Promise<KeptToken> {
  await tx`
    insert into source_state (workspace_id, feed_id, version) values (${workspaceId}, ${feedId}, 0)
    on conflict on constraint source_state_pk do nothing`;
  const [row] = await tx<KeptToken[]>`
    select s.refresh_token_sealed as sealed, s.refresh_token_seed as seed
    from source_state s
    where s.workspace_id = ${workspaceId} and s.feed_id = ${feedId}
    for update`;
  if (row === undefined) throw new Error('the state of a source is gone from under its lock');
  return row;
}
