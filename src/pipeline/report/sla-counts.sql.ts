import type { Money } from '../../core/money.ts';
import type { SlaCount, Viewer } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { isOverdue, onlyLive, visibleTo } from './visible-to.sql.ts';

type Row = {
  team: string;
  owner: string | null;
  overdue: number;
  dueSoon: number;
  dueAt: Date;
  money: { currency: string; minor: string }[];
};

/** What the viewer sees that is overdue or due by `until`, by team and owner; the earliest due first. */
export async function slaCounts(
  tx: Tx,
  { workspaceId, viewer, now, until }: { workspaceId: string; viewer: Viewer; now: Date; until: Date },
): Promise<SlaCount[]> {
  const rows = await tx<Row[]>`
    with due as (
      select t.name as team, o.name as owner, e.currency, count(*) filter (where ${isOverdue(tx, now)}) as overdue,
             count(*) filter (where not ${isOverdue(tx, now)}) as due_soon, sum(e.at_stake_minor) as minor,
             min(e.due_at) as due_at
      from exception e
      join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
      left join person o on o.workspace_id = e.workspace_id and o.person_id = e.owner_id
      where e.workspace_id = ${workspaceId} and ${onlyLive(tx)} and ${visibleTo(tx, viewer)}
        and (${isOverdue(tx, now)} or (e.due_paused_at is null and e.due_at <= ${until.toISOString()}::timestamptz))
      group by t.name, o.name, e.currency
    )
    select d.team, d.owner, sum(d.overdue)::integer as overdue, sum(d.due_soon)::integer as "dueSoon",
           min(d.due_at) as "dueAt",
           json_agg(json_build_object('currency', d.currency, 'minor', d.minor::text) order by d.currency) as money
    from due d
    group by d.team, d.owner
    order by min(d.due_at), d.team, d.owner nulls first`;
  return rows.map(({ owner, money, ...row }) => ({
    ...row,
    owner: owner ?? undefined,
    money: money.map(({ currency, minor }): Money => ({ minor: BigInt(minor), currency })),
  }));
}
