import { z } from 'zod';
import type { CanonicalValue } from '../../core/canonical.ts';
import type { Told } from '../../core/webhook-message.ts';
import type { Tx } from '../../db/tx.ts';

/** A message that nobody else sends while the lease lasts. */
export type LeasedMessage = {
  readonly messageId: string;
  /** Which this attempt is, from 1. */
  readonly attempts: number;
  readonly told: Told;
};

type Terms = {
  readonly workspaceId: string;
  readonly endpoint: string;
  readonly leaseId: string;
  readonly now: Date;
  readonly until: Date;
  readonly most: number;
};

const body = z.object({
  reason: z.string().optional(),
  note: z.string().optional(),
  data: z.record(z.string(), z.custom<CanonicalValue>()),
});

/**
 * Leases the endpoint's next messages with the events they tell. One that speaks of the same thing as an earlier one
 * waits for that; one whose sender died is taken again when its lease is over.
 */
export async function takeMessages(
  tx: Tx,
  { workspaceId, endpoint, leaseId, now, until, most }: Terms,
): Promise<LeasedMessage[]> {
  const rows = await tx<
    {
      message_id: string;
      attempts: number;
      kind: string;
      seq: bigint;
      at: string;
      entity_id: string;
      body: unknown;
      hold_number: bigint | null;
      exception_number: number | null;
      entry_number: bigint | null;
      client: string | null;
      order_ref: string | null;
      payee: string | null;
      direction: string | null;
      reverses: bigint | null;
    }[]
  >`
    with taken as (
      update webhook_message m
      set attempts = m.attempts + 1, lease_id = ${leaseId}, next_at = ${until.toISOString()}::timestamptz
      from (
        select d.message_id
        from webhook_message d
        join webhook_endpoint w on w.workspace_id = d.workspace_id and w.endpoint_id = d.endpoint_id
        where d.workspace_id = ${workspaceId} and w.key = ${endpoint} and w.is_active and d.state = 'pending'
          and d.next_at <= ${now.toISOString()}::timestamptz
          and not exists (
            select from webhook_message b
            where b.workspace_id = d.workspace_id and b.endpoint_id = d.endpoint_id and b.entity_id = d.entity_id
              and b.seq < d.seq and b.state = 'pending')
        order by d.next_at, d.seq
        limit ${most}
        for update of d skip locked
      ) as due
      where m.workspace_id = ${workspaceId} and m.message_id = due.message_id
      returning m.workspace_id, m.message_id, m.attempts, m.kind, m.seq, m.entity_id
    )
    select t.message_id, t.attempts, t.kind, t.seq, a.at, t.entity_id, a.body::json as body, h.number as hold_number,
           e.number as exception_number, j.number as entry_number, j.client, j.order_ref, j.payee, j.direction,
           r.number as reverses
    from taken t
    join audit_event a on a.workspace_id = t.workspace_id and a.seq = t.seq
    left join hold h on h.workspace_id = t.workspace_id and h.hold_id = t.entity_id
    left join adjustment j on j.workspace_id = t.workspace_id and j.adjustment_id = t.entity_id
    left join adjustment r on r.workspace_id = j.workspace_id and r.adjustment_id = j.reverses
    left join exception e on e.workspace_id = t.workspace_id
      and e.exception_id = (a.body::json #>> '{data,exception_id}')::uuid
    order by t.seq`;
  return rows.map((row) => {
    const { reason, note, data } = body.parse(row.body);
    return {
      messageId: row.message_id,
      attempts: row.attempts,
      told: {
        kind: row.kind,
        seq: row.seq,
        at: row.at,
        entityId: row.entity_id,
        reason,
        note,
        data,
        holdNumber: row.hold_number ?? undefined,
        exceptionNumber: row.exception_number ?? undefined,
        entry:
          row.entry_number === null
            ? undefined
            : {
                number: row.entry_number,
                client: row.client,
                orderRef: row.order_ref,
                payee: row.payee,
                direction: row.direction,
                reverses: row.reverses,
              },
      },
    };
  });
}
