import type { Tx } from '../../db/tx.ts';

/** Makes people whom the configuration no longer names inactive, and returns their keys; nobody is deleted. */
export async function deactivatePeople(
  tx: Tx,
  { workspaceId, keys }: { workspaceId: string; keys: readonly string[] },
): Promise<string[]> {
  const rows = await tx<{ key: string }[]>`
    update person
    set is_active = false
    where workspace_id = ${workspaceId} and is_active and key <> all (${[...keys]}::text[])
    returning key`;
  return rows.map(({ key }) => key);
}
