import type { Capped } from '../../core/caps.ts';
import type { Change } from '../../core/plan.ts';
import type { CheckResult } from '../../core/run-checks.ts';
import type { Plan } from '../apply/plan.ts';
import type { Left } from '../classify/classify.ts';
import type { PoolCounts } from '../match/count-records.sql.ts';
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

/** Of which run the report is. */
export type Reported = Pick<RunReport, 'runId' | 'mode' | 'cutoffAt'> & {
  readonly spec: { readonly key: string };
};

type Outcome = Pick<RunReport, 'records' | 'late' | 'capped' | 'live' | 'matchRatePpm' | 'checks'> & {
  readonly status: Exclude<RunReport['status'], 'busy'>;
  readonly thePlan: Plan;
  readonly applied: readonly Change[];
  readonly left: Left;
};

/** What a run says of what it did. */
export function toReport(about: Reported, { thePlan, applied, left, ...outcome }: Outcome): RunReport {
  const count = (kind: Change['kind']) => applied.filter((change) => change.kind === kind).length;
  const { made, superseded, autoResolved } = thePlan.matches;
  return {
    ...namesOf(about),
    ...outcome,
    planHash: thePlan.hash,
    made: { matches: made, superseded, autoResolved },
    changes: { open: count('open'), update: count('update'), reopen: count('reopen'), clear: count('clear') },
    pending: left.pending + outcome.records.later,
    unraised: left.unraised,
  };
}

/** What a run says that was not made, because another of the same reconciliation is. */
export const busyReport = (about: Reported, live: LiveCounts): RunReport => ({
  ...namesOf(about),
  status: 'busy',
  planHash: '',
  records: { expected: 0, actual: 0, later: 0, ignored: 0 },
  made: { matches: 0, superseded: 0, autoResolved: 0 },
  changes: { open: 0, update: 0, reopen: 0, clear: 0 },
  pending: 0,
  unraised: 0,
  late: 0,
  capped: [],
  matchRatePpm: undefined,
  checks: [],
  live,
});

const namesOf = ({ runId, mode, cutoffAt, spec }: Reported) => ({
  runId,
  reconciliation: spec.key,
  mode,
  cutoffAt,
});
