import type { ExceptionNow, NextState } from '../../core/act.ts';
import type { Actor, AuditedAction, AuditFact } from '../../core/audit.ts';
import type { Statements, Tx } from '../../db/tx.ts';
import { type Applied, applyAct } from './apply-act.sql.ts';

/** What one action wants: the next state, and what its audit event says beyond that. */
export type Intent = {
  readonly next: NextState;
  /** Where it depends on more than the press what the event is called. */
  readonly audited?: AuditedAction | undefined;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  readonly data?: AuditFact['data'] | undefined;
  /** Rows and messages beyond the card and its thread, written in the same transaction. */
  readonly also?: ((tx: Tx, seq: bigint) => Promise<void>) | undefined;
};

export type Moved = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  readonly actor: Actor;
  /** The request and how it is answered when this goes through; a timer has none. */
  readonly request?: { readonly key: string; readonly answer: unknown } | undefined;
};

/**
 * Moves the exception from the state that was seen to the one that is wanted, with its audit event, its card, its thread
 * line and its request's answer; with nothing written, says why not. Whoever calls sees to the intent's `also`.
 */
export const move = (
  on: Statements,
  { workspaceId, exceptionId, actor, request }: Moved,
  { audited, seen, intent }: { audited: AuditedAction; seen: ExceptionNow; intent: Intent },
): Promise<Applied> =>
  applyAct(on, {
    workspaceId,
    exceptionId,
    personId: actor.kind === 'person' ? actor.id : undefined,
    seen,
    next: intent.next,
    request,
    fact: {
      action: intent.audited ?? audited,
      entity: 'exception',
      entityId: exceptionId,
      actor,
      requestKey: request?.key,
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
    },
  });
