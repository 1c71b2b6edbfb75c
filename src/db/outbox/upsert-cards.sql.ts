import type { Tx } from '../tx.ts';
import { wantAgain } from './want-again.sql.ts';

export type CardIds = { readonly exceptionIds: readonly string[]; readonly outboxIds: readonly string[] };

/** One outbox row per exception, wanting its current version shown, and a lane for it. */
export async function upsertCards(tx: Tx, workspaceId: string, ids: CardIds): Promise<void> {
  await tx`
    with written as (
      insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, exception_id, wanted_revision, created_at)
      select e.workspace_id, n.outbox_id, 'card', 'card:' || e.exception_id, 'team:' || t.key, e.exception_id, e.version,
        clock_timestamp()
      from unnest(${ids.exceptionIds}::uuid[], ${ids.outboxIds}::uuid[]) as n (exception_id, outbox_id)
      join exception e on e.workspace_id = ${workspaceId} and e.exception_id = n.exception_id
      join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
      order by e.number
      on conflict on constraint outbox_dedupe_key_unique do update ${wantAgain(tx)}
      returning outbox.workspace_id, outbox.address
    ), lanes as (
      select distinct w.workspace_id, w.address from written w order by w.address
    )
    insert into lane (workspace_id, address)
    select l.workspace_id, l.address from lanes l
    on conflict on constraint lane_pk do nothing
  `;
}
