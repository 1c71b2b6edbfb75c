import type { Tx } from '../../db/tx.ts';
import { MOST_SWEPT } from './most-swept.ts';

export type Held = {
  readonly exceptionId: string;
  readonly personId: string;
  readonly name: string;
  /** How many exceptions that person holds in all. */
  readonly holds: number;
  /** Who leads the exception's team, or stands in, and the admins, as far as they are here. */
  readonly tell: readonly string[];
};

/** Exceptions claimed by people who left, by the configuration or by Slack, oldest claim first. */
export async function heldByLeavers(tx: Tx, workspaceId: string): Promise<Held[]> {
  const rows = await tx<
    { exception_id: string; person_id: string; name: string; holds: number; tell: string[] }[]
  >`
    select e.exception_id, p.person_id, p.name, (count(*) over (partition by p.person_id))::integer as holds,
      array(
        select q.person_id::text
        from person q
        where q.workspace_id = e.workspace_id and q.is_active and q.left_at is null
          and (q.person_id = lead.person_id or exists (
            select from role_grant g
            where g.workspace_id = q.workspace_id and g.person_id = q.person_id and g.role = 'admin'
          ))
        order by q.key
      ) as tell
    from exception e
    join person p on p.workspace_id = e.workspace_id and p.person_id = e.owner_id
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    cross join lateral tieout.stand_in(t.workspace_id, t.lead_id, t.deputy_id, clock_timestamp()) as lead (person_id)
    where e.workspace_id = ${workspaceId} and e.status in ('claimed', 'waiting') and (not p.is_active or p.left_at is not null)
    order by e.claimed_at, e.exception_id
    limit ${MOST_SWEPT}`;
  return rows.map((row) => ({
    exceptionId: row.exception_id,
    personId: row.person_id,
    name: row.name,
    holds: row.holds,
    tell: row.tell,
  }));
}

/** Exceptions offered to people who left. */
export async function offeredToLeavers(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx<{ exception_id: string }[]>`
    select h.exception_id
    from hand_over h
    join person p on p.workspace_id = h.workspace_id and p.person_id = h.to_id
    where h.workspace_id = ${workspaceId} and h.state = 'open' and (not p.is_active or p.left_at is not null)
    order by h.expires_at, h.exception_id
    limit ${MOST_SWEPT}`;
  return rows.map((row) => row.exception_id);
}

/** Whether this person left. */
export async function hasLeft(
  tx: Tx,
  { workspaceId, personId }: { workspaceId: string; personId: string },
): Promise<boolean> {
  const rows = await tx`
    select from person
    where workspace_id = ${workspaceId} and person_id = ${personId} and (not is_active or left_at is not null)`;
  return rows.length === 1;
}

/** Keeps what Slack says about an account: deactivated since `now`, or in use again. Returns whether that is news. */
export async function keepLeft(
  tx: Tx,
  said: { workspaceId: string; slackUserId: string; isGone: boolean; now: Date },
): Promise<boolean> {
  const rows = await tx`
    update person set left_at = ${said.isGone ? said.now.toISOString() : null}
    where workspace_id = ${said.workspaceId} and slack_user_id = ${said.slackUserId}
      and (left_at is not null) <> ${said.isGone}
    returning person_id`;
  return rows.length > 0;
}
