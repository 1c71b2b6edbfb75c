import { addSums, type GroupFacts, type Sum } from '../../core/group.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { Tx } from '../tx.ts';
import { groupHead } from './group-head.sql.ts';
import { groupOwners } from './group-owners.sql.ts';
import { groupTally, type TallyRow } from './group-tally.sql.ts';
import { groupTop } from './group-top.sql.ts';

const SHOWN_OWNERS = 5;
const SHOWN_ITEMS = 5;

/**
 * What the group's card shows and the revision that this is; undefined when there is no such group.
 *
 * In one snapshot, or the revision would name another moment than the rest.
 */
export async function readGroupFacts(
  tx: Tx,
  workspaceId: string,
  groupId: string,
): Promise<GroupFacts | undefined> {
  const about = { workspaceId, groupId };
  const found = await groupHead(tx, about);
  if (!found) return undefined;
  const { teamId: _, ...head } = found;
  const tally = await groupTally(tx, about);
  const owners = await groupOwners(tx, about);
  const due = tally.flatMap(({ firstDueAt }) => (firstDueAt === null ? [] : [firstDueAt.getTime()]));
  return {
    groupId,
    ...head,
    tally: byStatus(tally),
    owners: owners.slice(0, SHOWN_OWNERS),
    ownerCount: owners.length,
    top: await groupTop(tx, { ...about, limit: SHOWN_ITEMS }),
    firstDueAt: due.length === 0 ? undefined : new Date(Math.min(...due)),
  };
}

function byStatus(rows: readonly TallyRow[]): (Sum & { status: Status })[] {
  const statuses = [...new Set(rows.map(({ status }) => status))];
  return statuses.map((status) => ({
    status,
    ...addSums(rows.filter((row) => row.status === status).map(({ sum }) => sum)),
  }));
}
