import { newId } from '../new-id.ts';
import type { Tx } from '../tx.ts';
import type { Notice } from './insert-notice.sql.ts';

/** Messages of their own, each waiting in the lane of its address. The same `dedupeKey` twice is one message. */
export async function insertNotices(tx: Tx, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map(({ dedupeKey, address, exceptionId, payload }) => ({
    outbox_id: newId(),
    dedupe_key: dedupeKey,
    address,
    exception_id: exceptionId ?? null,
    payload,
  }));
  await tx`
    with written as (
      insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, exception_id, payload, created_at)
      select ${notices[0]?.workspaceId ?? ''}::uuid, r.outbox_id, 'notice', r.dedupe_key, r.address, r.exception_id, r.payload,
             clock_timestamp()
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r (
        outbox_id uuid, dedupe_key text, address text, exception_id uuid, payload jsonb)
      on conflict on constraint outbox_dedupe_key_unique do nothing
      returning outbox.workspace_id, outbox.address
    ), lanes as (
      select distinct w.workspace_id, w.address from written w order by w.address
    )
    insert into lane (workspace_id, address)
    select l.workspace_id, l.address from lanes l
    on conflict on constraint lane_pk do nothing`;
}
