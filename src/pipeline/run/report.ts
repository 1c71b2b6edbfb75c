import type { Capped } from '../../core/caps.ts';
import type { Change } from '../../core/plan.ts';
import type { CheckResult } from '../../core/run-checks.ts';
import type { PoolCounts } from '../match/fill-pool.sql.ts';
import type { LiveCounts } from './live-counts.sql.ts';
import type { RunMode } from './start-run.sql.ts';

export type RunReport = {
  readonly runId: string;
  readonly reconciliation: string;
  readonly mode: RunMode;
  readonly cutoffAt: Date;
  /** `busy`: the same reconciliation is being run elsewhere at this moment, so nothing was done here. */
  readonly status: 'applied' | 'unchanged' | 'planned' | 'busy';
  readonly planHash: string;
  readonly records: PoolCounts;
  readonly made: { readonly matches: number; readonly superseded: number; readonly autoResolved: number };
  readonly changes: Readonly<Record<Change['kind'], number>>;
  /** Unpaired records that are not due yet, and those dated after the cut-off. */
  readonly pending: number;
  readonly unraised: number;
  /** Matched, but later than it was due. */
  readonly late: number;
  /** What passes left alone because too much stood behind one key. */
  readonly capped: readonly Capped[];
  /** The share of what is due that is matched, in millionths; undefined where nothing is due. */
  readonly matchRatePpm: number | undefined;
  /** What the spec's checks say of it. */
  readonly checks: readonly CheckResult[];
  readonly live: LiveCounts;
};
