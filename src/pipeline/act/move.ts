import type { ExceptionNow, NextState } from '../../core/act.ts';
import type { Actor, AuditedAction, AuditFact } from '../../core/audit.ts';
import { enqueueMove } from '../../db/outbox/enqueue.ts';
import type { Tx } from '../../db/tx.ts';
import { changeException } from './change-exception.sql.ts';

/** What one action wants: the next state, and what its audit event says beyond that. */
export type Intent = {
  readonly next: NextState;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  readonly data?: AuditFact['data'] | undefined;
  /** Rows and messages beyond the card and its thread, written in the same transaction. */
  readonly also?: ((tx: Tx, seq: bigint) => Promise<void>) | undefined;
};

type Moved = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  readonly actor: Actor;
  readonly requestKey?: string | undefined;
};

/**
 * Moves the exception from the state that was seen to the one that is wanted, with its audit event, its card and its
 * thread line. Returns the event's seq; undefined, with nothing written, when somebody was faster.
 */
export async function move(
  tx: Tx,
  moved: Moved,
  { audited, seen, intent }: { audited: AuditedAction; seen: ExceptionNow; intent: Intent },
): Promise<bigint | undefined> {
  const fact: AuditFact = {
    action: audited,
    entity: 'exception',
    entityId: moved.exceptionId,
    actor: moved.actor,
    requestKey: moved.requestKey,
    reason: intent.reason,
    note: intent.note,
    state: {
      status: intent.next.status,
      from: seen.status,
      version: seen.version + 1,
      level: intent.next.level,
      ownerId: intent.next.ownerId,
    },
    data: intent.data,
  };
  const { workspaceId, exceptionId } = moved;
  // Sent together, in this order: with the first the audit chain is locked, so nothing waits for an answer in between.
  const [seq, isTold] = await Promise.all([
    changeException(tx, { ...moved, seen, next: intent.next, fact }),
    enqueueMove(tx, { workspaceId, exceptionId, version: seen.version + 1 }),
  ]);
  if (seq === undefined) return undefined;
  if (!isTold) throw new Error(`event ${seq} of exception ${exceptionId} was left without its thread line`);
  await intent.also?.(tx, seq);
  return seq;
}
