import { uuidList } from '../copy-rows.sql.ts';
import type { Tx } from '../tx.ts';

/** Which of these exceptions have a group, and the group of each. */
export async function groupsOf(
  tx: Tx,
  workspaceId: string,
  exceptionIds: readonly string[],
): Promise<Map<string, string>> {
  if (exceptionIds.length === 0) return new Map();
  const rows = await tx<{ exception_id: string; group_id: string }[]>`
    select exception_id, group_id
    from flood_member
    where workspace_id = ${workspaceId} and exception_id in (select unnest(${uuidList(tx, exceptionIds)}))`;
  return new Map(rows.map((row) => [row.exception_id, row.group_id]));
}
