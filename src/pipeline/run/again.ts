import { z } from 'zod';
import { CHECK_NAMES } from '../../core/run-checks.ts';
import type { Tx } from '../../db/tx.ts';
import { NOTHING_PLANNED } from '../apply/plan.ts';
import { liveCounts } from './live-counts.sql.ts';
import type { RunReport } from './report.ts';
import { seenBefore } from './seen-before.sql.ts';

const count = z.number();

/** What a run keeps for the next one that finds nothing new. */
const kept = z.object({
  records: z.object({ expected: count, actual: count, later: count, ignored: count }),
  pending: count,
  unraised: count,
  late: count,
  capped: z
    .array(
      z.object({
        pass: z.string(),
        keys: count,
        records: count,
        how: z.enum(['nearest_only', 'not_searched', 'coincidence']).exactOptional(),
      }),
    )
    .default([]),
  matchRatePpm: count.optional(),
  checks: z
    .array(z.object({ name: z.enum(CHECK_NAMES), holds: z.boolean(), foundPpm: count, leastPpm: count }))
    .default([]),
});

type Input = Pick<RunReport, 'runId' | 'mode' | 'cutoffAt'> & {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly spec: { readonly key: string };
  readonly cutoffOn: string;
};

/** What the latest run said, as this one's report, when there is nothing new to decide on; undefined otherwise. */
export async function again(tx: Tx, input: Input): Promise<RunReport | undefined> {
  const counts = await seenBefore(tx, input);
  if (counts === undefined) return undefined;
  const before = kept.parse(counts);
  return {
    runId: input.runId,
    reconciliation: input.spec.key,
    mode: input.mode,
    cutoffAt: input.cutoffAt,
    status: 'unchanged',
    planHash: NOTHING_PLANNED,
    made: { matches: 0, superseded: 0, autoResolved: 0 },
    changes: { open: 0, update: 0, reopen: 0, clear: 0 },
    ...before,
    matchRatePpm: before.matchRatePpm,
    live: await liveCounts(tx, input),
  };
}
