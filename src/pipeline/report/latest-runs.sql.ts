import { z } from 'zod';
import type { LatestRun } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';

const countsShape = z
  .object({
    records: z.record(z.string(), z.number()),
    made: z.record(z.string(), z.number()),
    changes: z.record(z.string(), z.number()),
  })
  .partial();

type Row = Omit<LatestRun, 'finishedAt' | 'problem' | 'counts'> & {
  readonly finishedAt: Date | null;
  readonly problem: string | null;
  readonly counts: unknown;
};

/** The newest run of each reconciliation, in whatever mode, by the reconciliation's key; one that found another under way planned nothing and is none. */
export async function latestRuns(tx: Tx, workspaceId: string): Promise<LatestRun[]> {
  const rows = await tx<Row[]>`
    select distinct on (r.key) r.key as reconciliation, u.mode, u.status, u.cutoff_at as "cutoffAt",
           u.started_at as "startedAt", u.finished_at as "finishedAt", u.problem, u.counts
    from reconciliation r
    join run u on u.workspace_id = r.workspace_id and u.reconciliation_id = r.reconciliation_id
    where r.workspace_id = ${workspaceId} and u.plan_hash is distinct from ''
    order by r.key, u.started_at desc, u.run_id desc`;
  return rows.map((row) => {
    const { records, made, changes } = countsShape.parse(row.counts ?? {});
    return {
      ...row,
      finishedAt: row.finishedAt ?? undefined,
      problem: row.problem ?? undefined,
      counts: { ...records, ...made, ...changes },
    };
  });
}
