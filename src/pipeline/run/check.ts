import type { ChecksNotice } from '../../core/message.ts';
import type { Organisation } from '../../core/organisation.ts';
import { ownershipOf } from '../../core/route.ts';
import { type CheckResult, checkRun, matchRateOf, USUAL_RUNS } from '../../core/run-checks.ts';
import type { Reconciliation } from '../../core/spec.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import type { Tx } from '../../db/tx.ts';
import type { Left } from '../classify/classify.ts';
import type { PoolCounts } from '../match/count-records.sql.ts';
import { earlierRates } from './earlier-rates.sql.ts';

type CheckInput = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly runId: string;
  readonly spec: Reconciliation;
  readonly organisation: Pick<Organisation, 'ownership'>;
  readonly mode: string;
};

export type Checked = {
  /** Of what is due; undefined where nothing is. */
  readonly matchRatePpm: number | undefined;
  readonly checks: readonly CheckResult[];
};

/** What the spec's checks say of a run; who gets the rest of what it raises is told of those that fail anew. */
export async function check(
  tx: Tx,
  input: CheckInput,
  { records, left }: { readonly records: PoolCounts; readonly left: Left },
): Promise<Checked> {
  const due = records.expected + records.actual - left.pending;
  const matchRatePpm = matchRateOf({ due, unmatched: left.unmatched });
  if (input.spec.checks === undefined) return { matchRatePpm, checks: [] };
  const earlier = await earlierRates(tx, { ...input, most: USUAL_RUNS });
  const checks = checkRun(input.spec.checks, matchRatePpm, earlier.rates);
  const news = checks.filter(({ name, holds }) => !holds && !earlier.failing.includes(name));
  if (input.mode === 'active' && news.length > 0) await tell(tx, input, news);
  return { matchRatePpm, checks };
}

async function tell(tx: Tx, input: CheckInput, failed: readonly CheckResult[]): Promise<void> {
  const { spec, organisation } = input;
  const { team } = ownershipOf(organisation.ownership, {
    reconciliation: spec.key,
    domain: spec.domain,
    type: 'check_failed',
    severity: 'manual_review',
    client: undefined,
    atStake: { minor: 0n, currency: spec.compareIn },
  });
  const payload: ChecksNotice = {
    notice: 'checks',
    reconciliation: spec.key,
    failed: failed.map(({ name, foundPpm, leastPpm }) => ({ name, foundPpm, leastPpm })),
  };
  await enqueueNotice(tx, {
    workspaceId: input.workspaceId,
    dedupeKey: `checks:${input.runId}`,
    address: `team:${team}`,
    payload,
  });
}
