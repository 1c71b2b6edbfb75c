import type { DeliveryLine } from '../../core/place.ts';
import { newId } from '../new-id.ts';
import type { Tx } from '../tx.ts';

export type CardLine = {
  readonly exceptionId: string;
  /** Where the card stood: the same place is told of once. */
  readonly ts: string;
  readonly line: DeliveryLine;
};

type Gone = { readonly exceptionId: string | undefined; readonly ts: string };

/** The line about a card that was deleted in Slack; none for one that has no thread of an exception. */
export const lineOfDeleted = (card: Gone): CardLine[] => lineOf(card, 'deleted');

/** The line about a card that Slack would not have changed. */
export const lineOfReplaced = (card: Gone): CardLine[] => lineOf(card, 'replaced');

const lineOf = ({ exceptionId, ts }: Gone, delivery: 'deleted' | 'replaced'): CardLine[] =>
  exceptionId === undefined ? [] : [{ exceptionId, ts, line: { delivery } }];

/** The threads of these exceptions' cards will have a line about the card itself. */
export async function insertLines(tx: Tx, workspaceId: string, lines: readonly CardLine[]): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map(({ exceptionId, ts, line }) => ({
    outbox_id: newId(),
    exception_id: exceptionId,
    key: `line:${exceptionId}:${line.delivery}:${ts}`,
    payload: line,
  }));
  await tx`
    insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, exception_id, payload, created_at)
    select ${workspaceId}, r.outbox_id, 'reply', r.key, c.address, r.exception_id, r.payload, clock_timestamp()
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r (outbox_id uuid, exception_id uuid, key text, payload jsonb)
    join outbox c on c.workspace_id = ${workspaceId} and c.dedupe_key = 'card:' || r.exception_id
    on conflict on constraint outbox_dedupe_key_unique do nothing
  `;
}
