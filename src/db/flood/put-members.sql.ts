import { uuidList } from '../copy-rows.sql.ts';
import type { Tx } from '../tx.ts';

/** These exceptions are shown by these groups from now on; one that was another group's changes over. */
export async function putMembers(
  tx: Tx,
  workspaceId: string,
  members: readonly { exceptionId: string; groupId: string }[],
): Promise<void> {
  if (members.length === 0) return;
  const exceptionIds = members.map(({ exceptionId }) => exceptionId);
  const groupIds = members.map(({ groupId }) => groupId);
  await tx`
    insert into flood_member (workspace_id, exception_id, group_id)
    select ${workspaceId}, m.exception_id, m.group_id
    from unnest(${uuidList(tx, exceptionIds)}, ${uuidList(tx, groupIds)}) as m (exception_id, group_id)
    on conflict on constraint flood_member_pk do update set group_id = excluded.group_id`;
}
