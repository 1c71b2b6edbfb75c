import type { Progress, SlaPolicy } from '../../core/sla-policy.ts';
import type { Tx } from '../../db/tx.ts';

/** A promise of which a step may be due. */
export type DuePromise = {
  readonly exceptionId: string;
  readonly policy: SlaPolicy;
  readonly progress: Progress;
};

/**
 * So many at once, in a transaction of their own: the chain of events is locked while it lasts, and a person whose press waits for it gives up
 * after two seconds, as one did with 20,000 at once, which kept the process from anything else for 0.9 s (2026-12-01; 100,000 by as many as
 * this: 1.5 and 0.3 s at most, on a busy machine).
 */
export const MOST_DUE = 2_500;

/**
 * Promises with a step due by now, in the order in which exceptions are locked. Those whose time stands still are left
 * where they are; waiting that is over moved the rest, so some of these are due later after all.
 */
export async function duePromises(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<DuePromise[]> {
  // The few that are due come from their index first, and one by one to their exceptions, whatever the planner believes of
  // tables that grew by two hundred thousand rows a moment ago: looked at every few seconds, it must find nothing at once. They are
  // sorted before they are looked up, so that no more are looked up than are taken.
  const rows = await tx<Row[]>`
    with due as materialized (
      select p.exception_id, p.due_at, p.steps, p.next_step, p.policy_version
      from promise p
      where p.workspace_id = ${workspaceId} and p.next_at <= ${now.toISOString()}
    )
    select due.exception_id, due.steps, due.next_step, v.body as policy,
           (extract(epoch from e.due_at - due.due_at) * 1000)::float8 as moved_ms
    from (select d.exception_id, d.due_at, d.steps, d.next_step, d.policy_version from due d order by d.exception_id offset 0) due
    cross join lateral (
      select x.due_at from exception x
      where x.workspace_id = ${workspaceId} and x.exception_id = due.exception_id and x.due_paused_at is null
      offset 0
    ) e
    cross join lateral (
      select p.body from sla_policy p where p.workspace_id = ${workspaceId} and p.version = due.policy_version
      offset 0
    ) v
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
