import type { GroupItem } from '../../core/group.ts';
import type { Tx } from '../tx.ts';
import type { GroupKey } from './group-head.sql.ts';
import { type ItemRow, itemColumns, toItem } from './item-columns.sql.ts';

/** So many are read at once. */
const AT_ONCE = 1_000;

/** Every member of the group, by due time; some at a time, so that others are answered in between: a group may have a hundred thousand. */
export async function groupItems(tx: Tx, { workspaceId, groupId }: GroupKey): Promise<GroupItem[]> {
  const items: GroupItem[] = [];
  const found = tx<ItemRow[]>`
    select ${itemColumns(tx)}
    from flood_member m
    join exception e on e.workspace_id = m.workspace_id and e.exception_id = m.exception_id
    left join person p on p.workspace_id = e.workspace_id and p.person_id = e.owner_id
    where m.workspace_id = ${workspaceId} and m.group_id = ${groupId}
    order by e.due_at, e.number`;
  for await (const rows of found.cursor(AT_ONCE)) items.push(...rows.map(toItem));
  return items;
}
