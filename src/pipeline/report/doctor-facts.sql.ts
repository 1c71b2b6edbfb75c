import { z } from 'zod';
import type { Tx } from '../../db/tx.ts';

const factsRow = z.object({
  clock: z.date(),
  dead: z.number(),
  dead_reason: z.string().nullable(),
  webhooks_dead: z.number(),
  webhooks_failing: z.number(),
  webhook_error: z.string().nullable(),
  head_seq: z.string().transform(BigInt),
  anchored_seq: z.string().transform(BigInt),
  anchored_at: z.date().nullable(),
});

export type DoctorFacts = z.infer<typeof factsRow>;

/** What the database says about itself now: its clock, the messages that were given up, how far the trail is anchored. */
export async function doctorFacts(tx: Tx, workspaceId: string): Promise<DoctorFacts> {
  const [row] = await tx`
    select
      clock_timestamp() as clock,
      (select count(*) from outbox where workspace_id = ${workspaceId} and status = 'dead')::integer as dead,
      (
        select last_error from outbox
        where workspace_id = ${workspaceId} and status = 'dead'
        order by created_at desc, outbox_id desc
        limit 1
      ) as dead_reason,
      (
        select count(*) from webhook_message where workspace_id = ${workspaceId} and state = 'dead'
      )::integer as webhooks_dead,
      (
        select count(*) from webhook_message
        where workspace_id = ${workspaceId} and state = 'pending' and last_error is not null
      )::integer as webhooks_failing,
      (
        select w.key || ': ' || m.last_error
        from webhook_message m
        join webhook_endpoint w on w.workspace_id = m.workspace_id and w.endpoint_id = m.endpoint_id
        where m.workspace_id = ${workspaceId} and m.state in ('dead', 'pending') and m.last_error is not null
        order by m.seq desc
        limit 1
      ) as webhook_error,
      coalesce((select seq from audit_head where workspace_id = ${workspaceId}), 0)::text as head_seq,
      coalesce(
        (select max(seq) from audit_anchor where workspace_id = ${workspaceId}), 0
      )::text as anchored_seq,
      (select max(anchored_at) from audit_anchor where workspace_id = ${workspaceId}) as anchored_at
  `;
  return factsRow.parse(row);
}
