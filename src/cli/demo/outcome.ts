import { z } from 'zod';
import type { ReconcileReport } from '../../pipeline/reconcile.ts';

const count = z.int();
const expectedRun = z.object({
  records: z.record(z.string(), count),
  groups: z.object({ equal: count, auto_resolved: count, excepted: count }),
  exceptionsByType: z.record(z.string(), count),
  exceptionsByTeam: z.record(z.string(), count),
  pending: z.array(z.string()),
  ignored: count,
  late: count,
});
type ExpectedRun = z.infer<typeof expectedRun>;
type Figures = Readonly<Record<string, number>>;

export type Outcome = {
  /** The cut-off it holds for. */
  readonly asOf: Date;
  /** Undefined where only the date is known: an example whose data lies elsewhere. */
  readonly figures: Figures | undefined;
};

/** What `expected.json` says a reconciliation comes to, as figures with their names. */
export function readOutcome(text: string, reconciliation: string): Outcome {
  const file = z
    .object({
      asOf: z.iso.datetime(),
      size: count.optional(),
      reconciliations: z.record(z.string(), z.unknown()),
    })
    .parse(JSON.parse(text));
  const isMade = file.size !== undefined;
  return {
    asOf: new Date(file.asOf),
    figures: isMade ? expectedFigures(expectedRun.parse(file.reconciliations[reconciliation])) : undefined,
  };
}

const expectedFigures = (run: ExpectedRun): Figures => ({
  'records read': sum(Object.values(run.records)),
  'left out': run.ignored,
  equal: run.groups.equal,
  'auto-resolved': run.groups.auto_resolved,
  'with an exception': run.groups.excepted,
  late: run.late,
  pending: run.pending.length,
  ...named('', run.exceptionsByType),
  ...named('for ', run.exceptionsByTeam),
});

function foundFigures({ run }: ReconcileReport): Figures {
  const { matches, exceptions } = run.live;
  return {
    'records read': run.records.expected + run.records.actual + run.records.ignored,
    'left out': run.records.ignored,
    equal: matches.equal,
    'auto-resolved': matches.autoResolved,
    'with an exception': matches.excepted,
    late: run.late,
    pending: run.pending,
    ...named('', counted(exceptions.map(({ type, live }) => [type, live]))),
    ...named('for ', counted(exceptions.map(({ team, live }) => [team, live]))),
  };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);

const named = (prefix: string, counts: Figures): Figures =>
  Object.fromEntries(Object.entries(counts).map(([name, one]) => [`${prefix}${name}`, one]));

function counted(pairs: readonly (readonly [string, number])[]): Figures {
  const counts: Record<string, number> = {};
  for (const [name, one] of pairs) counts[name] = (counts[name] ?? 0) + one;
  return counts;
}

export type Compared = {
  readonly text: string;
  /** False when a run over fresh data came to something else; what people did since is no mistake. */
  readonly holds: boolean;
};

/** What a run came to beside what was expected of it, in one line. */
export function compareOutcome(expected: Figures, report: ReconcileReport): Compared {
  const found = foundFigures(report);
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  const differences = names
    .filter((name) => (expected[name] ?? 0) !== (found[name] ?? 0))
    .map((name) => `${name} ${found[name] ?? 0} instead of ${expected[name] ?? 0}`);
  if (differences.length === 0) {
    return { text: `As expected: all ${names.length} figures are those of expected.json.`, holds: true };
  }
  const isFresh = report.deliveries.every(({ status }) => status !== 'already_delivered');
  const since = isFresh ? 'Not as expected' : 'Otherwise than on the first day, by what was done since';
  return { text: `${since}: ${differences.join(', ')}.`, holds: !isFresh };
}
