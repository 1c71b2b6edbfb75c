import type { Tx } from '../../db/tx.ts';

/**
 * Makes the table that a delivery's rows are copied into; it vanishes with the transaction. COPY into the real tables is
 * refused under row-level security, which does not concern a temporary one.
 */
export async function createStaged(tx: Tx): Promise<void> {
  await tx`
    create temp table staged (
      line integer not null,
      reason text,
      field text,
      detail text,
      raw bytea,
      source_ref text collate "C",
      revision text collate "C",
      content_hash bytea,
      amount_minor bigint,
      currency char(3),
      occurred_on date,
      client text,
      order_ref text,
      fields text,
      record_id uuid,
      is_removal boolean not null
    ) on commit drop`;
}
