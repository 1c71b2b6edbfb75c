import type { FloodKey } from '../../core/flood.ts';
import type { Tx } from '../tx.ts';

export type Absorbable = FloodKey & { readonly exceptionId: string };

/**
 * Locks, and returns, the exceptions of these teams and types opened since that instant whose cards nobody has tried to
 * post yet. What somebody works on at this moment is left out: it keeps its card.
 *
 * Before the audit chain is locked, like every lock on an exception.
 */
export async function lockAbsorbable(
  tx: Tx,
  workspaceId: string,
  { keys, since }: { keys: readonly FloodKey[]; since: Date },
): Promise<Absorbable[]> {
  if (keys.length === 0) return [];
  const rows = await tx<{ exception_id: string; team_id: string; type: string }[]>`
    select e.exception_id, e.team_id, e.type
    from unnest(${keys.map(({ teamId }) => teamId)}::uuid[], ${keys.map(({ type }) => type)}::text[]) as k (team_id, type)
    join exception e on e.workspace_id = ${workspaceId} and e.team_id = k.team_id and e.type = k.type
      and e.opened_at > ${since.toISOString()}
    join outbox o on o.workspace_id = e.workspace_id and o.dedupe_key = 'card:' || e.exception_id
      and o.status = 'pending' and o.attempts = 0 and o.ts is null and o.first_attempt_at is null
    order by e.exception_id
    for no key update of e skip locked
    for update of o skip locked`;
  return rows.map((row) => ({ exceptionId: row.exception_id, teamId: row.team_id, type: row.type }));
}
