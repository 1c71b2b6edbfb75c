import type { Tx } from '../../db/tx.ts';

/** Notes that the key was used. */
export async function touchApiKey(
  tx: Tx,
  { workspaceId, apiKeyId, now }: { workspaceId: string; apiKeyId: string; now: Date },
): Promise<void> {
  await tx`
    update api_key
    set last_used_at = ${now.toISOString()}::timestamptz
    where workspace_id = ${workspaceId} and api_key_id = ${apiKeyId}`;
}
