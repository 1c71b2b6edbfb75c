import type { Tx } from '../../db/tx.ts';

/** Puts newly sealed tokens in the place of exactly those that were read; false when they changed meanwhile. */
export async function resealTokens(
  tx: Tx,
  { workspaceId, from, to }: { workspaceId: string; from: Pair; to: Pair },
): Promise<boolean> {
  const rows = await tx`
    update installation set bot_token_sealed = ${to.bot}, refresh_token_sealed = ${to.refresh}
    where workspace_id = ${workspaceId}
      and bot_token_sealed = ${from.bot}
      and refresh_token_sealed is not distinct from ${from.refresh}
    returning workspace_id
  `;
  return rows.length > 0;
}

type Pair = { readonly bot: string; readonly refresh: string | null };
