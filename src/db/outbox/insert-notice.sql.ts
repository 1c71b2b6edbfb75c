import type { BulkNotice } from '../../core/bulk-notice.ts';
import type { NoticePayload, ProposalNotice, RuleChangeNotice } from '../../core/message.ts';
import type { DeliveryNotice } from '../../core/place.ts';
import type { Tx } from '../tx.ts';

export type Notice = {
  readonly workspaceId: string;
  /** The same key twice is one notice. */
  readonly dedupeKey: string;
  /** `team:<key>`, `person:<person id>`, or a channel by name or id. */
  readonly address: string;
  readonly exceptionId?: string;
  readonly payload: BulkNotice | NoticePayload | DeliveryNotice | ProposalNotice | RuleChangeNotice;
};

/** A message of its own, waiting in the lane of its address, which exists afterwards. */
export async function insertNotice(tx: Tx, outboxId: string, notice: Notice): Promise<void> {
  await tx`
    with written as (
      insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, exception_id, payload)
      values (
        ${notice.workspaceId}, ${outboxId}, 'notice', ${notice.dedupeKey}, ${notice.address},
        ${notice.exceptionId ?? null}, ${tx.json(notice.payload)}::jsonb
      )
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
