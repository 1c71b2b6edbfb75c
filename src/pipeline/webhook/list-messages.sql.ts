import { aboutLabel } from '../../core/webhook-message.ts';
import type { Tx } from '../../db/tx.ts';

export const MESSAGE_STATES = ['pending', 'sent', 'dead'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** What one endpoint is, or was, told, and how that stands. */
export type ListedMessage = {
  readonly messageId: string;
  readonly kind: string;
  readonly endpoint: string;
  /** Whether the configuration still names the endpoint; else its messages wait. */
  readonly isActive: boolean;
  /** `H-1042`, `A-1042`. */
  readonly about: string | undefined;
  readonly seq: bigint;
  readonly state: MessageState;
  readonly attempts: number;
  readonly nextAt: Date;
  readonly lastStatus: number | undefined;
  readonly lastError: string | undefined;
  readonly createdAt: Date;
  readonly sentAt: Date | undefined;
};

type Wanted = {
  readonly state: MessageState | undefined;
  readonly endpoint: string | undefined;
  readonly limit: number;
};

/** Messages, newest first. */
export async function listMessages(
  tx: Tx,
  workspaceId: string,
  { state, endpoint, limit }: Wanted,
): Promise<ListedMessage[]> {
  const rows = await tx<
    {
      message_id: string;
      kind: string;
      endpoint: string;
      is_active: boolean;
      hold: bigint | null;
      adjustment: bigint | null;
      seq: bigint;
      state: MessageState;
      attempts: number;
      next_at: Date;
      last_status: number | null;
      last_error: string | null;
      created_at: Date;
      sent_at: Date | null;
    }[]
  >`
    select m.message_id, m.kind, w.key as endpoint, w.is_active, h.number as hold, j.number as adjustment, m.seq, m.state, m.attempts,
           m.next_at, m.last_status, m.last_error, m.created_at, m.sent_at
    from webhook_message m
    join webhook_endpoint w on w.workspace_id = m.workspace_id and w.endpoint_id = m.endpoint_id
    left join hold h on h.workspace_id = m.workspace_id and h.hold_id = m.entity_id
    left join adjustment j on j.workspace_id = m.workspace_id and j.adjustment_id = m.entity_id
    where m.workspace_id = ${workspaceId} and m.state = coalesce(${state ?? null}, m.state)
      and w.key = coalesce(${endpoint ?? null}, w.key)
    order by m.seq desc, w.key
    limit ${limit}`;
  return rows.map((row) => ({
    messageId: row.message_id,
    kind: row.kind,
    endpoint: row.endpoint,
    isActive: row.is_active,
    about: aboutLabel(row),
    seq: row.seq,
    state: row.state,
    attempts: row.attempts,
    nextAt: row.next_at,
    lastStatus: row.last_status ?? undefined,
    lastError: row.last_error ?? undefined,
    createdAt: row.created_at,
    sentAt: row.sent_at ?? undefined,
  }));
}
