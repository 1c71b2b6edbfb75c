import type { ReplyPayload } from '../../core/message.ts';
import type { Tx } from '../tx.ts';

export type Reply = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  /** The audit event that the line tells of. */
  readonly seq: bigint;
  readonly payload: ReplyPayload;
};

/** A thread line waiting in the lane of its card, which exists; the same event twice is one line. */
export async function insertReply(tx: Tx, outboxId: string, reply: Reply): Promise<void> {
  await tx`
    with written as (
      insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, exception_id, payload)
      select e.workspace_id, ${outboxId}::uuid, 'reply', 'reply:' || e.exception_id || ':' || ${String(reply.seq)}::text,
        coalesce(c.address, 'team:' || t.key), e.exception_id, ${tx.json(reply.payload)}::jsonb
      from exception e
      join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
      left join outbox c on c.workspace_id = e.workspace_id and c.dedupe_key = 'card:' || e.exception_id
      where e.workspace_id = ${reply.workspaceId} and e.exception_id = ${reply.exceptionId}
      on conflict on constraint outbox_dedupe_key_unique do nothing
      returning outbox.workspace_id, outbox.address
    ), lanes as (
      select distinct w.workspace_id, w.address from written w order by w.address
    )
    insert into lane (workspace_id, address)
    select l.workspace_id, l.address from lanes l
    on conflict on constraint lane_pk do nothing
  `;
}
