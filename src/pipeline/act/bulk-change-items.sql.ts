import type { NextState } from '../../core/act.ts';
import { type AuditFact, auditBody } from '../../core/audit.ts';
import type { Tx } from '../../db/tx.ts';

export type ItemChange = {
  readonly exceptionId: string;
  readonly next: NextState;
  readonly fact: AuditFact;
};

/**
 * Moves exceptions to their next states, each with an audit event of its own, in one statement: the chain is locked no
 * longer than the events take. Returns the event of each. The caller holds the lock on the exceptions and decided on what it read under it.
 *
 * Throws: when one of them was not there, which is a bug of the caller; nothing is changed then.
 */
export async function changeItems(
  tx: Tx,
  { workspaceId, changes }: { workspaceId: string; changes: readonly ItemChange[] },
): Promise<ReadonlyMap<string, bigint>> {
  if (changes.length === 0) return new Map();
  const rows = changes.map(({ exceptionId, next }, index) => ({
    place: index + 1,
    exception_id: exceptionId,
    status: next.status,
    owner_id: next.ownerId,
    claimed_at: next.claimedAt?.toISOString() ?? null,
    closed_at: next.closedAt?.toISOString() ?? null,
    level: next.level,
    resolution_code: next.resolutionCode,
    resolution_minor: next.resolutionMinor?.toString() ?? null,
    opened_at: next.openedAt.toISOString(),
    due_at: next.dueAt.toISOString(),
    wait_until_on: next.waitUntilOn,
    due_paused_at: next.duePausedAt?.toISOString() ?? null,
  }));
  const changed = await tx<{ exception_id: string; last_seq: bigint }[]>`
    with appended as materialized (
      select tieout.audit_append(${workspaceId}::uuid, ${changes.map(({ fact }) => auditBody(fact))}::text[]) as seqs
    ), logged as (
      select u.seq, u.place from appended, unnest(appended.seqs) with ordinality as u (seq, place)
    )
    update exception e
    set status = r.status, owner_id = r.owner_id, claimed_at = r.claimed_at, closed_at = r.closed_at, level = r.level,
        resolution_code = r.resolution_code, resolution_minor = r.resolution_minor, opened_at = r.opened_at,
        due_at = r.due_at, wait_until_on = r.wait_until_on, due_paused_at = r.due_paused_at,
        version = e.version + 1, last_seq = logged.seq
    from logged, jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r (
      place integer, exception_id uuid, status text, owner_id uuid, claimed_at timestamptz, closed_at timestamptz,
      level integer, resolution_code text, resolution_minor bigint, opened_at timestamptz, due_at timestamptz,
      wait_until_on date, due_paused_at timestamptz)
    where logged.place = r.place and e.workspace_id = ${workspaceId} and e.exception_id = r.exception_id
    returning e.exception_id, e.last_seq`;
  if (changed.length !== changes.length) {
    throw new Error(`${changes.length} exceptions were to change and ${changed.length} did`);
  }
  return new Map(changed.map((row) => [row.exception_id, row.last_seq]));
}
