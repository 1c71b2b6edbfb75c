import type { Tx } from '../tx.ts';

/**
 * The cards of these groups will be shown as they are once the transaction commits; a group without a card gets one.
 *
 * The revision grows with every change of any member, so that an older rendering never goes over a newer one.
 */
export async function wantGroups(
  tx: Tx,
  workspaceId: string,
  groups: { readonly groupIds: readonly string[]; readonly outboxIds: readonly string[] },
): Promise<void> {
  if (groups.groupIds.length === 0) return;
  await tx`
    with written as (
      insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, payload, created_at)
      select g.workspace_id, n.outbox_id, 'group', 'group:' || g.group_id, 'team:' || t.key,
        jsonb_build_object('group_id', g.group_id), clock_timestamp()
      from unnest(${groups.groupIds as string[]}::uuid[], ${groups.outboxIds as string[]}::uuid[]) as n (group_id, outbox_id)
      join flood_group g on g.workspace_id = ${workspaceId} and g.group_id = n.group_id
      join team t on t.workspace_id = g.workspace_id and t.team_id = g.team_id
      order by g.group_id
      on conflict on constraint outbox_dedupe_key_unique do update set
        address = excluded.address,
        is_leaving = outbox.is_leaving or outbox.address <> excluded.address and outbox.ts is not null,
        wanted_revision = outbox.wanted_revision + 1,
        status = case when outbox.status in ('sent', 'dead') then 'pending' else outbox.status end,
        attempts = case when outbox.status in ('sent', 'dead') then 0 else outbox.attempts end,
        next_attempt_at = case when outbox.status in ('sent', 'dead') then now() else outbox.next_attempt_at end
      returning outbox.workspace_id, outbox.address
    ), lanes as (
      select distinct w.workspace_id, w.address from written w order by w.address
    )
    insert into lane (workspace_id, address)
    select l.workspace_id, l.address from lanes l
    on conflict on constraint lane_pk do nothing`;
}
