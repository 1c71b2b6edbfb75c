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
  const rows = await tx<Row[]>`
    select p.exception_id, p.steps, p.next_step, v.body as policy,
           (extract(epoch from e.due_at - p.due_at) * 1000)::float8 as moved_ms
    from promise p
    join exception e on e.workspace_id = p.workspace_id and e.exception_id = p.exception_id
    join sla_policy v on v.workspace_id = p.workspace_id and v.version = p.policy_version
    where p.workspace_id = ${workspaceId} and p.next_at <= ${now.toISOString()} and e.due_paused_at is null
    order by p.exception_id
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
