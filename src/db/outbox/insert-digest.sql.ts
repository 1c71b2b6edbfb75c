import type { Tx } from '../tx.ts';

export type OutboxDigest = {
  readonly workspaceId: string;
  /** The same key twice is one message. */
  readonly dedupeKey: string;
  /** `team:<key>` or `person:<person id>`. */
  readonly address: string;
  /** The facts as JSON text. */
  readonly payload: string;
};

/** A digest, waiting in the lane of its address, which exists afterwards; whether there was none under its key. */
export async function insertDigest(tx: Tx, outboxId: string, digest: OutboxDigest): Promise<boolean> {
  const [row] = await tx<{ written: number }[]>`
    with written as (
      insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, payload)
      values (
        ${digest.workspaceId}, ${outboxId}, 'digest', ${digest.dedupeKey}, ${digest.address}, ${digest.payload}::text::jsonb
      )
      on conflict on constraint outbox_dedupe_key_unique do nothing
      returning outbox.workspace_id, outbox.address
    ), lanes as (
      insert into lane (workspace_id, address)
      select w.workspace_id, w.address from written w
      on conflict on constraint lane_pk do nothing
    )
    select count(*)::integer as written from written`;
  return row?.written === 1;
}
