import type { NextState } from '../../core/act.ts';
import { type AuditFact, auditBody } from '../../core/audit.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Moves an exception from the state that was seen to the next one, with its audit event, or does nothing. Returns the
 * event's seq; undefined when somebody was faster.
 *
 * One statement: the row is locked and compared again before the event is appended, so that a loser of a race leaves no
 * event. Appending inside the SET list instead would append for losers too: Postgres evaluates it before it waits.
 */
export async function changeException(
  tx: Tx,
  input: {
    workspaceId: string;
    exceptionId: string;
    seen: { status: Status; version: number };
    next: NextState;
    fact: AuditFact;
  },
): Promise<bigint | undefined> {
  const { next } = input;
  const [row] = await tx<{ last_seq: bigint }[]>`
    with seen as materialized (
      select exception_id
      from exception
      where workspace_id = ${input.workspaceId} and exception_id = ${input.exceptionId}
        and status = ${input.seen.status} and version = ${input.seen.version}
      for update
    ),
    logged as materialized (
      select (tieout.audit_append(${input.workspaceId}::uuid, array[${auditBody(input.fact)}]::text[]))[1] as seq
      from seen
    )
    update exception e
    set status = ${next.status}, owner_id = ${next.ownerId}, claimed_at = ${next.claimedAt?.toISOString() ?? null},
        closed_at = ${next.closedAt?.toISOString() ?? null}, level = ${next.level},
        resolution_code = ${next.resolutionCode}, resolution_minor = ${next.resolutionMinor},
        opened_at = ${next.openedAt.toISOString()}, due_at = ${next.dueAt.toISOString()},
        wait_until_on = ${next.waitUntilOn}, due_paused_at = ${next.duePausedAt?.toISOString() ?? null},
        version = e.version + 1, last_seq = logged.seq
    from logged
    where e.workspace_id = ${input.workspaceId} and e.exception_id = ${input.exceptionId}
    returning e.last_seq`;
  return row?.last_seq;
}
