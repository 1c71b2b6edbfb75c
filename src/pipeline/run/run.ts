import { cutoffDay } from '../../core/cutoff.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PlannedException } from '../../core/plan.ts';
import { listsUnpaired } from '../../core/resting.ts';
import { ENGINE } from '../../core/run-inputs.ts';
import { type Standing, standingWith } from '../../core/standing.ts';
import type { Sql } from '../../db/client.ts';
import { inTurns } from '../../db/in-turns.ts';
import { newId } from '../../db/new-id.ts';
import { once } from '../../db/once.ts';
import { countChanges, refreshStatistics } from '../../db/refresh-statistics.sql.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { apply } from '../apply/apply.ts';
import { type Compared, changesMatches, compare, isEmptyPlan, plan } from '../apply/plan.ts';
import { readHead } from '../audit/head.sql.ts';
import { classifyGroups, classifyUngrouped, type Left } from '../classify/classify.ts';
import { standDuplicates } from '../classify/stand-duplicates.sql.ts';
import { type Matched, type MatchInput, match } from '../match/match.ts';
import { router } from '../route/route.ts';
import { gatherTold } from '../validate/undecided-groups.sql.ts';
import { validate } from '../validate/validate.ts';
import { again } from './again.ts';
import { changedSince } from './changed-since.sql.ts';
import { check } from './check.ts';
import { finishRun } from './finish-run.sql.ts';
import { listUnpaired } from './list-unpaired.sql.ts';
import { type ListedSince, listedSince } from './listed-since.sql.ts';
import { liveCounts, liveExceptions } from './live-counts.sql.ts';
import { lockPairs } from './lock-pairs.sql.ts';
import { lockReconciliation } from './lock-reconciliation.sql.ts';
import { onlyRecordsChanged } from './only-records-changed.sql.ts';
import { recordDraft } from './record-draft.sql.ts';
import { gatherNames, rememberNames } from './remember-names.sql.ts';
import { busyReport, type RunReport, toReport } from './report.ts';
import type { Seen } from './seen-before.sql.ts';
import { seenUpTo } from './seen-up-to.sql.ts';
import { type RunMode, type RunnableSpec, startRun } from './start-run.sql.ts';

export type RunInput = {
  readonly workspaceId: string;
  readonly spec: RunnableSpec;
  readonly organisation: Organisation;
  readonly mode: RunMode;
  /** Records of later days wait for the next run. */
  readonly cutoffAt: Date;
  readonly now: Date;
  /**
   * Says what the latest run said, without looking again, when nothing has come in or been decided since; where records came
   * in and nothing else happened, looks again only at what they may change.
   */
  readonly unlessSeen?: boolean;
  /** In a sandbox: the content of a spec that nobody recorded. It is discarded with the run. */
  readonly draft?: string;
};

/**
 * One run of a reconciliation: match, validate, classify, route, and then exactly what was planned is applied, all in one
 * transaction. The same records give the same plan, and an empty plan writes nothing but the run's own row.
 *
 * Modes:  `active` applies; `shadow` keeps the run's row and its counts; `sandbox` leaves nothing behind.
 * Throws: Fault of the database; the failed run is then a row with its problem.
 */
export async function run(sql: Sql, input: RunInput): Promise<RunReport> {
  const runId = newId();
  if (input.mode === 'sandbox') return await sandboxed(sql, input, runId);
  const { reconciliationId } = await inWorkspace(sql, input.workspaceId, (tx) =>
    startRun(tx, { ...input, runId }),
  );
  // The caller's clock, and what the run took by ours: a row whose two times are one tells nobody how long a night takes.
  const began = performance.now();
  const endedAt = () => new Date(input.now.getTime() + performance.now() - began);
  try {
    const done = await inWorkspace(sql, input.workspaceId, async (tx) => {
      const staged = await stages(tx, { ...input, runId, reconciliationId });
      await finishRun(tx, { ...input, runId, endedAt: endedAt(), ...endingOf(staged) });
      await countChanges(tx);
      return staged.report;
    });
    if (done.status === 'applied') await refreshStatistics(sql);
    return done;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    // What cannot be written for the same cause (a full disk, a server that is gone) must not stand before that cause.
    await inWorkspace(sql, input.workspaceId, (tx) =>
      finishRun(tx, { ...input, runId, endedAt: endedAt(), status: 'failed', problem }),
    ).catch(() => undefined);
    throw error;
  }
}

type StagesInput = RunInput & { readonly runId: string; readonly reconciliationId: string };

type Staged = {
  readonly report: RunReport;
  readonly learnt: Matched['learnt'];
  /** How far it saw; a run that was not made saw nothing, and one that left something to the next wants it to see all. */
  readonly seen: Seen | undefined;
};

/** How the run's row says that it ended. The next run may be answered with its counts. */
const endingOf = ({ report, learnt, seen }: Staged) => ({
  status: report.status === 'applied' ? ('applied' as const) : ('unchanged' as const),
  planHash: report.planHash,
  counts: {
    records: report.records,
    made: report.made,
    changes: report.changes,
    pending: report.pending,
    unraised: report.unraised,
    late: report.late,
    ...(report.capped.length > 0 && { capped: report.capped }),
    ...(report.matchRatePpm !== undefined && { matchRatePpm: report.matchRatePpm }),
    ...(report.checks.length > 0 && { checks: report.checks }),
    ...(seen && { seen }),
  },
  learnt,
});

async function stages(tx: Tx, input: StagesInput): Promise<Staged> {
  if (!(await lockReconciliation(tx, input.reconciliationId))) {
    return { report: busyReport(input, await liveCounts(tx, input)), learnt: {}, seen: undefined };
  }
  // Another mode writes nothing that a decision could meet.
  if (input.mode === 'active') await lockPairs(tx, input.reconciliationId);
  const cutoffOn = cutoffDay(input.cutoffAt, input.spec.zone);
  const { seq: from } = await readHead(tx, input.workspaceId);
  const isAnsweredBefore = input.mode === 'active' && input.unlessSeen === true;
  const since = isAnsweredBefore ? await listedSince(tx, input) : undefined;
  const seenTo = (seq: bigint, unpaired: ListedSince | undefined): Seen => ({
    seq: seq.toString(),
    cutoffOn,
    engine: ENGINE,
    ...(unpaired && { unpaired }),
  });
  const before = isAnsweredBefore ? await again(tx, { ...input, cutoffOn }) : undefined;
  if (before) return { report: before, learnt: {}, seen: seenTo(from, since) };
  const mayRest = isAnsweredBefore && (await onlyRecordsChanged(tx, input));
  const changedBy = mayRest && since ? await changedSince(tx, { ...input, cutoffOn, since }) : undefined;
  const standing = changedBy && since?.standing;
  const { isWhole, listed, ...decided } = await decide(tx, {
    ...input,
    cutoffOn,
    mayRest,
    changedBy,
    standing,
  });
  const seq = await seenUpTo(tx, { workspaceId: input.workspaceId, from });
  // What changed nothing left the list as it was.
  const stillSince = mayRest && decided.report.status === 'unchanged' ? since : undefined;
  const unpaired = listed ? { seq: seq.toString(), cutoffOn, standing: listed } : stillSince;
  return { ...decided, seen: isWhole ? seenTo(seq, unpaired) : undefined };
}

/** The stages themselves, from the records to what was applied. */
async function decide(
  tx: Tx,
  input: StagesInput & Pick<MatchInput, 'mayRest' | 'changedBy' | 'standing'> & { readonly cutoffOn: string },
): Promise<Omit<Staged, 'seen'> & { readonly isWhole: boolean; readonly listed: Standing | undefined }> {
  // All sent at once: between them this process would not look up from what it weighs.
  const gather = ({ isStirred }: { readonly isStirred: boolean }) =>
    Promise.all([
      gatherTold(tx),
      input.mode === 'active' ? gatherNames(tx, input) : undefined,
      isStirred ? standDuplicates(tx, input) : undefined,
    ]);
  const matched = await match(tx, { ...input, meanwhile: gather });
  const { records, learnt, capped, isStirred } = matched;
  const isListed = listsUnpaired(input.spec);
  /** What the next run goes by. */
  const list = once(async () => {
    if (isListed) await listUnpaired(tx, { ...input, hasLater: records.later > 0, isStirred });
  });
  const isSure = (compared: Compared) => input.mode === 'active' && changesMatches(compared);
  const meanwhile = async (found: Compared) => {
    if (isSure(found)) await list();
  };
  const { planned, compared, late, left } = await examine(tx, { ...input, isStirred, meanwhile });
  // Names are written while the plan is put together and applied, as soon as it is sure that there is one to apply.
  const [{ thePlan, isApplied, applied }] = await Promise.all([
    planAndApply(tx, { ...input, isStirred }, { planned, compared }),
    isSure(compared) ? rememberNames(tx, input) : undefined,
  ]);
  if (isApplied && !isSure(compared)) await rememberNames(tx, input);
  if (isApplied) await list();
  const standing = isApplied ? standingWith(matched.resting, compared.matches.planned) : undefined;
  const live = standing
    ? { matches: standing.matches, exceptions: await liveExceptions(tx, input) }
    : await liveCounts(tx, input);
  const checked = await check(tx, input, { records, left });
  const status = isApplied ? 'applied' : isEmptyPlan(thePlan) ? 'unchanged' : 'planned';
  return {
    report: toReport(input, { status, records, thePlan, applied, left, late, capped, live, ...checked }),
    learnt,
    listed: isListed ? standing : undefined,
    // Of exceptions that somebody touched meanwhile nothing was said.
    isWhole: applied.length === thePlan.changes.length,
  };
}

type Examined = {
  readonly planned: readonly PlannedException[];
  readonly compared: Compared;
  /** Groups that came together after they were due. */
  readonly late: number;
  readonly left: Left;
};

/**
 * What needs a person, and who that is, and which matches change. The database and this process work at the same time: one
 * reads what no group holds while the other makes exceptions of it, and compares matches, and does what follows from that alone
 * (`meanwhile`), while they are routed.
 */
async function examine(
  tx: Tx,
  input: StagesInput & {
    readonly cutoffOn: string;
    readonly isStirred: boolean;
    readonly meanwhile: (compared: Compared) => Promise<void>;
  },
): Promise<Examined> {
  const [{ drafts, left }, { excepted, late }] = await Promise.all([
    classifyUngrouped(tx, input),
    validate(tx, input),
  ]);
  const routed = async () => {
    const ofGroups = await classifyGroups(input.spec, excepted);
    return await inTurns([...ofGroups, ...drafts], router(input));
  };
  const comparing = async () => {
    const compared = await compare(tx, input);
    await input.meanwhile(compared);
    return compared;
  };
  const [compared, planned] = await Promise.all([comparing(), routed()]);
  return { planned, compared, late, left };
}

/** Puts the plan together, and applies exactly that, in active mode and unless it is empty. */
async function planAndApply(
  tx: Tx,
  input: StagesInput & { readonly isStirred: boolean },
  found: { planned: readonly PlannedException[]; compared: Compared },
) {
  const thePlan = await plan(tx, input, found);
  const isApplied = input.mode === 'active' && !isEmptyPlan(thePlan);
  return { thePlan, isApplied, applied: isApplied ? await apply(tx, input, thePlan) : thePlan.changes };
}

class Discard extends Error {
  readonly report: RunReport;
  constructor(report: RunReport) {
    super('sandbox run discarded');
    this.report = report;
  }
}

/** Runs the stages and rolls everything back: what a sandbox leaves is its answer. */
async function sandboxed(sql: Sql, input: RunInput, runId: string): Promise<RunReport> {
  try {
    return await inWorkspace(sql, input.workspaceId, async (tx) => {
      if (input.draft !== undefined) await recordDraft(tx, { ...input, body: input.draft });
      const { reconciliationId } = await startRun(tx, { ...input, runId });
      const { report } = await stages(tx, { ...input, runId, reconciliationId });
      throw new Discard(report);
    });
  } catch (error) {
    if (error instanceof Discard) return error.report;
    throw error;
  }
}
