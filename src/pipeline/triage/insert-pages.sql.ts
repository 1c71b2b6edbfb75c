import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';

/** The messages of an agenda, waiting in the lane of its team; each changes in place with what is decided. */
export async function insertPages(
  tx: Tx,
  agenda: { workspaceId: string; meetingId: string; team: string; pages: number },
): Promise<void> {
  const { workspaceId, meetingId, team, pages } = agenda;
  const ids = Array.from({ length: pages }, () => newId());
  await tx`
    with written as (
      insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, payload, created_at)
      select ${workspaceId}::uuid, p.outbox_id, 'notice', 'triage:' || ${meetingId}::text || ':' || p.page, ${`team:${team}`},
             jsonb_build_object('triage', 'agenda', 'meeting_id', ${meetingId}::text, 'page', p.page), clock_timestamp()
      from unnest(${ids}::uuid[]) with ordinality as p (outbox_id, page)
      order by p.page
      returning outbox.workspace_id, outbox.address
    )
    insert into lane (workspace_id, address)
    select distinct w.workspace_id, w.address from written w
    on conflict on constraint lane_pk do nothing`;
}
