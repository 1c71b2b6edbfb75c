import type { Tx } from '../../db/tx.ts';

/** The key of the team that an exception belongs to; undefined when there is no such exception. */
export async function teamOf(
  tx: Tx,
  { workspaceId, exceptionId }: { workspaceId: string; exceptionId: string },
): Promise<string | undefined> {
  const [row] = await tx<{ key: string }[]>`
    select t.key
    from exception e
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    where e.workspace_id = ${workspaceId} and e.exception_id = ${exceptionId}`;
  return row?.key;
}
