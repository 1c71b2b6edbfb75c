import type { Tx } from '../../db/tx.ts';

/** Keeps the newest refresh token of a feed, sealed, with the hash of the configured one that it descends from. */
export async function keepToken(
  tx: Tx,
  token: { workspaceId: string; feedId: string; sealed: string; seed: string },
): Promise<void> {
  await tx`
    update source_state s set refresh_token_sealed = ${token.sealed}, refresh_token_seed = ${token.seed}
    where s.workspace_id = ${token.workspaceId} and s.feed_id = ${token.feedId}`;
}
