import type { Tx } from '../../db/tx.ts';

/** Makes endpoints that the configuration no longer names inactive, and returns their keys. Their messages wait. */
export async function deactivateEndpoints(
  tx: Tx,
  { workspaceId, keys }: { workspaceId: string; keys: readonly string[] },
): Promise<string[]> {
  const rows = await tx<{ key: string }[]>`
    update webhook_endpoint
    set is_active = false
    where workspace_id = ${workspaceId} and is_active and key <> all (${[...keys]}::text[])
    returning key`;
  return rows.map(({ key }) => key);
}
