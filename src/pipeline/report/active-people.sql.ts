import type { Tx } from '../../db/tx.ts';

/** The active people among these, by key, with their ids. */
export async function activePeople(
  tx: Tx,
  workspaceId: string,
  keys: readonly string[],
): Promise<{ key: string; personId: string }[]> {
  return await tx<{ key: string; personId: string }[]>`
    select p.key, p.person_id as "personId"
    from person p
    where p.workspace_id = ${workspaceId} and p.is_active and p.key = any(${keys as string[]}::text[])
    order by p.key`;
}
