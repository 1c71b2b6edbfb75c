import type { GroupItem } from '../../core/group.ts';
import { LIVE_STATUSES, type Status } from '../../core/lifecycle.ts';
import type { Tx } from '../tx.ts';
import type { GroupKey } from './group-head.sql.ts';
import { type ItemRow, itemColumns, toItem } from './item-columns.sql.ts';

/** The group's live members with most at stake, in whole units of whatever currency they have. */
export async function groupTop(
  tx: Tx,
  { workspaceId, groupId, limit }: GroupKey & { limit: number },
): Promise<GroupItem[]> {
  const rows = await tx<ItemRow[]>`
    select ${itemColumns(tx)}
    from flood_member m
    join exception e on e.workspace_id = m.workspace_id and e.exception_id = m.exception_id
    join currency c on c.code = e.currency
    left join person p on p.workspace_id = e.workspace_id and p.person_id = e.owner_id
    where m.workspace_id = ${workspaceId} and m.group_id = ${groupId}
      and e.status = any(${LIVE_STATUSES as Status[]}::text[])
    order by e.at_stake_minor / (10::numeric ^ c.exponent) desc, e.number
    limit ${limit}`;
  return rows.map(toItem);
}
