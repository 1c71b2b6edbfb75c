import type { Progress, SlaPolicy } from '../../core/sla-policy.ts';
import type { Tx } from '../../db/tx.ts';

/** A promise of which a step may be due. */
export type DuePromise = {
  readonly exceptionId: string;
  readonly policy: SlaPolicy;
  readonly progress: Progress;
};

/** So many at once; a sweep that finds as many looks again. */
export const MOST_DUE = 20_000;

/**
 * Promises with a step due by now, in the order in which exceptions are locked. Those whose time stands still are left
 * where they are; waiting that is over moved the rest, so some of these are due later after all.
 */
export async function duePromises(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<DuePromise[]> {
  // The few that are due come from their index first, and one by one to their exceptions, whatever the planner believes of
  // tables that grew by two hundred thousand rows a moment ago: looked at every few seconds, it must find nothing at once.
  const rows = await tx<Row[]>`
    with due as materialized (
      select p.exception_id, p.due_at, p.steps, p.next_step, p.policy_version
      from promise p
      where p.workspace_id = ${workspaceId} and p.next_at <= ${now.toISOString()}
    )
    select due.exception_id, due.steps, due.next_step, v.body as policy,
           (extract(epoch from e.due_at - due.due_at) * 1000)::float8 as moved_ms
    from due
    cross join lateral (
      select x.due_at from exception x
      where x.workspace_id = ${workspaceId} and x.exception_id = due.exception_id and x.due_paused_at is null
      offset 0
    ) e
    join sla_policy v on v.workspace_id = ${workspaceId} and v.version = due.policy_version
    order by due.exception_id
    limit ${MOST_DUE}`;
  return rows.map((row) => ({
    exceptionId: row.exception_id,
    policy: row.policy,
    progress: {
      steps: row.steps.map(({ step, at }) => ({ step, at: new Date(at) })),
      next: row.next_step,
      movedMs: Math.max(0, Math.round(row.moved_ms)),
    },
  }));
}

type Row = {
  exception_id: string;
  steps: { step: number; at: string }[];
  next_step: number;
  policy: SlaPolicy;
  moved_ms: number;
};
