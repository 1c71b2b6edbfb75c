import type { Status } from '../../core/lifecycle.ts';
import type { StatusCount, Viewer } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { isOverdue, onlyLive, visibleTo } from './visible-to.sql.ts';

type Row = {
  team: string;
  type: string;
  status: Status;
  count: number;
  overdue: number;
  minor: string;
  currency: string;
};

/** The live exceptions the viewer sees, counted by team, type, status and currency. */
export async function statusCounts(
  tx: Tx,
  { workspaceId, viewer, now }: { workspaceId: string; viewer: Viewer; now: Date },
): Promise<StatusCount[]> {
  const rows = await tx<Row[]>`
    select t.name as team, e.type, e.status, count(*)::integer as count,
           count(*) filter (where ${isOverdue(tx, now)})::integer as overdue,
           sum(e.at_stake_minor)::text as minor, e.currency
    from exception e
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    where e.workspace_id = ${workspaceId} and ${onlyLive(tx)} and ${visibleTo(tx, viewer)}
    group by t.name, e.type, e.status, e.currency
    order by t.name, e.type, e.status, e.currency`;
  return rows.map(({ minor, currency, ...row }) => ({
    ...row,
    atStake: { minor: BigInt(minor), currency },
  }));
}
