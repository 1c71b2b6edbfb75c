import type { GroupFacts } from '../../core/group.ts';
import { LIVE_STATUSES, type Status } from '../../core/lifecycle.ts';
import type { Tx } from '../tx.ts';
import type { GroupKey } from './group-head.sql.ts';

/** Who owns how many of the group's live members, most first. */
export const groupOwners = (
  tx: Tx,
  { workspaceId, groupId }: GroupKey,
): Promise<GroupFacts['owners'][number][]> => tx<GroupFacts['owners'][number][]>`
  select p.name, count(*)::integer as count
  from flood_member m
  join exception e on e.workspace_id = m.workspace_id and e.exception_id = m.exception_id
  join person p on p.workspace_id = e.workspace_id and p.person_id = e.owner_id
  where m.workspace_id = ${workspaceId} and m.group_id = ${groupId}
    and e.status = any(${LIVE_STATUSES as Status[]}::text[])
  group by p.person_id, p.name
  order by count(*) desc, p.name, p.person_id`;
