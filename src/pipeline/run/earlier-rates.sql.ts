import { z } from 'zod';
import { CHECK_NAMES } from '../../core/run-checks.ts';
import type { Tx } from '../../db/tx.ts';

const kept = z.object({
  matchRatePpm: z.number().nullish(),
  checks: z.array(z.object({ name: z.enum(CHECK_NAMES), holds: z.boolean() })).nullish(),
});

export type EarlierRates = {
  /** Shares that runs which changed something matched, the latest first. */
  readonly rates: readonly number[];
  /** Which checks the latest run failed: of those nobody has to be told again. */
  readonly failing: readonly string[];
};

/** What the latest active runs of a reconciliation matched, and which checks the very latest failed. */
export async function earlierRates(
  tx: Tx,
  input: { workspaceId: string; reconciliationId: string; runId: string; most: number },
): Promise<EarlierRates> {
  const rows = await tx<{ status: string; counts: unknown; is_latest: boolean }[]>`
    (select status, counts, true as is_latest from run
     where workspace_id = ${input.workspaceId} and reconciliation_id = ${input.reconciliationId}
       and run_id <> ${input.runId} and mode = 'active' and status in ('applied', 'unchanged')
       and plan_hash <> '' -- one that found another under way looked at nothing
     order by started_at desc, run_id desc limit 1)
    union all
    (select status, counts, false from run
     where workspace_id = ${input.workspaceId} and reconciliation_id = ${input.reconciliationId}
       and run_id <> ${input.runId} and mode = 'active' and status = 'applied'
     order by started_at desc, run_id desc limit ${input.most})`;
  const [latest, ...others] = [rows.find((row) => row.is_latest), ...rows.filter((row) => !row.is_latest)];
  const checks = latest ? (kept.parse(latest.counts ?? {}).checks ?? []) : [];
  return {
    rates: others.flatMap((row) => (row ? (kept.parse(row.counts ?? {}).matchRatePpm ?? []) : [])),
    failing: checks.filter(({ holds }) => !holds).map(({ name }) => name),
  };
}
