import type { Tx } from '../../db/tx.ts';

/** The exception with this number, when it is in the group. */
export async function memberOfGroup(
  tx: Tx,
  { workspaceId, groupId, number }: { workspaceId: string; groupId: string; number: number },
): Promise<string | undefined> {
  const [row] = await tx<{ exception_id: string }[]>`
    select e.exception_id
    from flood_member m
    join exception e on e.workspace_id = m.workspace_id and e.exception_id = m.exception_id
    where m.workspace_id = ${workspaceId} and m.group_id::text = ${groupId} and e.number = ${number}`;
  return row?.exception_id;
}
