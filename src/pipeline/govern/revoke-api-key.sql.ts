import type { Tx } from '../../db/tx.ts';

/** From now on the key of that name opens nothing; undefined when none of that name does. */
export async function markRevoked(
  tx: Tx,
  { workspaceId, name, now }: { workspaceId: string; name: string; now: Date },
): Promise<string | undefined> {
  const [row] = await tx<{ api_key_id: string }[]>`
    update api_key
    set revoked_at = ${now.toISOString()}::timestamptz
    where workspace_id = ${workspaceId} and name = ${name} and revoked_at is null
    returning api_key_id`;
  return row?.api_key_id;
}
