import type { Sum } from '../../core/group.ts';
import { LIVE_STATUSES, STATUSES, type Status } from '../../core/lifecycle.ts';
import type { Tx } from '../tx.ts';
import type { GroupKey } from './group-head.sql.ts';

export type TallyRow = {
  readonly status: Status;
  readonly sum: Sum;
  /** Null for what is closed. */
  readonly firstDueAt: Date | null;
};

/** The members of the group by status, in the lifecycle's order, and currency. */
export async function groupTally(tx: Tx, { workspaceId, groupId }: GroupKey): Promise<TallyRow[]> {
  const rows = await tx<Row[]>`
    select e.status, e.currency, count(*)::integer as count, sum(e.at_stake_minor)::text as minor,
           min(e.due_at) filter (where e.status = any(${LIVE_STATUSES as Status[]}::text[])) as first_due_at
    from flood_member m
    join exception e on e.workspace_id = m.workspace_id and e.exception_id = m.exception_id
    where m.workspace_id = ${workspaceId} and m.group_id = ${groupId}
    group by e.status, e.currency
    order by array_position(${STATUSES as readonly string[] as string[]}::text[], e.status), e.currency`;
  return rows.map(({ status, currency, count, minor, first_due_at: firstDueAt }) => ({
    status,
    sum: { count, money: [{ minor: BigInt(minor), currency }] },
    firstDueAt,
  }));
}

type Row = { status: Status; currency: string; count: number; minor: string; first_due_at: Date | null };
