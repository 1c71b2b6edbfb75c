import { addWorkedMs, type Calendar, workedMs } from './calendar.ts';
import { dueAt, type SlaTerm } from './sla.ts';

/** Whom a step tells: people and channels known by their place, or by name. */
export type StepTarget =
  | { readonly kind: 'owner' }
  | { readonly kind: 'lead' }
  | { readonly kind: 'channel' }
  | { readonly kind: 'person' | 'team' | 'role'; readonly key: string };

/** When a step is due: at a share of the promised time, when nobody claimed in time, or when and after it is due. */
export type StepTime =
  | { readonly kind: 'share'; readonly percent: number }
  | { readonly kind: 'claim' }
  | { readonly kind: 'due'; readonly after: SlaTerm | undefined };

export type PolicyStep = {
  readonly at: StepTime;
  /** The time as it is written in the configuration. */
  readonly text: string;
  /** A reminder tells; an escalation raises the level as well. */
  readonly does: 'remind' | 'escalate';
  readonly to: readonly StepTarget[];
};

/** What is promised for an exception, and what happens by itself when the promise comes close or is broken. */
export type SlaPolicy = {
  readonly key: string;
  readonly claim: SlaTerm | undefined;
  readonly resolve: SlaTerm | undefined;
  /** Whether the promised time stands still while something waits; undefined leaves it to `acting.wait_pauses_sla`. */
  readonly waitPauses: boolean | undefined;
  readonly steps: readonly PolicyStep[];
  /** How long a claim may lie without anything done: then its owner is reminded, later it is given back. */
  readonly stale: { readonly remind: SlaTerm; readonly release: SlaTerm } | undefined;
};

export const DEFAULT_POLICY = 'default';

/** What holds where the configuration states no policy: when it is due, the team's lead and its channel are told. */
export const BUILT_IN_POLICY: SlaPolicy = {
  key: DEFAULT_POLICY,
  claim: undefined,
  resolve: undefined,
  waitPauses: undefined,
  steps: [
    {
      at: { kind: 'due', after: undefined },
      text: 'due',
      does: 'escalate',
      to: [{ kind: 'lead' }, { kind: 'channel' }],
    },
  ],
  stale: undefined,
};

/** A step of a promise with its instant; `step` is its place in the policy, from 0. */
export type PlannedStep = { readonly step: number; readonly at: Date };

/** What was promised when an exception was opened: by when it is claimed and resolved, and every step's instant. */
export type Promised = {
  readonly claimBy: Date | undefined;
  readonly dueAt: Date;
  /** In the order in which they come; those of one instant in the order of the policy. */
  readonly steps: readonly PlannedStep[];
};

/**
 * The promise that a policy makes for an exception opened then and due then. A share is one of elapsed time where the
 * promise counts elapsed time, and of worked time where it counts business days or hours.
 */
export function promise(
  policy: SlaPolicy,
  { openedAt, due, term }: { openedAt: Date; due: Date; term: SlaTerm },
  calendar: Calendar,
): Promised {
  const claimBy = policy.claim && dueAt(openedAt, policy.claim, calendar);
  const instantOf = ({ at }: PolicyStep): Date | undefined => {
    if (at.kind === 'claim') return claimBy;
    if (at.kind === 'due') return at.after ? dueAt(due, at.after, calendar) : due;
    return share(at.percent / 100, { openedAt, due, term }, calendar);
  };
  const steps = policy.steps
    .flatMap((step, index) => {
      const at = instantOf(step);
      return at === undefined ? [] : [{ step: index, at }];
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.step - b.step);
  return { claimBy, dueAt: due, steps };
}

function share(
  part: number,
  { openedAt, due, term }: { openedAt: Date; due: Date; term: SlaTerm },
  calendar: Calendar,
): Date {
  const worked = term.kind === 'elapsed' ? 0 : workedMs(openedAt, due, calendar);
  // A promise between two closing times has no worked time to share; elapsed time is what is left.
  if (worked > 0) return addWorkedMs(openedAt, Math.round(worked * part), calendar);
  return new Date(openedAt.getTime() + Math.round((due.getTime() - openedAt.getTime()) * part));
}

/** How far a promise is carried out: the next step by its place in `steps`, and by how long waiting moved it. */
export type Progress = {
  readonly steps: readonly PlannedStep[];
  readonly next: number;
  /** Milliseconds by which the due time was moved since it was promised. */
  readonly movedMs: number;
};

/** What a sweep does about one promise. */
export type NextMove =
  /** The step is due; `isLast` when no later one is due as well, so only it sends messages. */
  | { readonly kind: 'take'; readonly planned: PlannedStep; readonly isLast: boolean }
  /** The step no longer concerns it: somebody claimed in time. */
  | { readonly kind: 'skip' }
  /** Waiting moved it: it is due then. */
  | { readonly kind: 'later'; readonly at: Date }
  /** Every step was taken. */
  | { readonly kind: 'done' };

/** Decides what is due of a promise at an instant. `isUnclaimed`: nobody has it. */
export function nextMove(
  policy: Pick<SlaPolicy, 'steps'>,
  progress: Progress,
  { now, isUnclaimed }: { now: Date; isUnclaimed: boolean },
): NextMove {
  const planned = progress.steps[progress.next];
  if (planned === undefined) return { kind: 'done' };
  const at = instantOf(planned, progress);
  if (at > now) return { kind: 'later', at };
  const concerns = ({ step }: PlannedStep): boolean => policy.steps[step]?.at.kind !== 'claim' || isUnclaimed;
  if (!concerns(planned)) return { kind: 'skip' };
  const isLast = !progress.steps
    .slice(progress.next + 1)
    .some((later) => concerns(later) && instantOf(later, progress) <= now);
  return { kind: 'take', planned, isLast };
}

/** When the step is due by now. */
export const instantOf = ({ at }: PlannedStep, { movedMs }: Pick<Progress, 'movedMs'>): Date =>
  new Date(at.getTime() + movedMs);

/**
 * The latest instant such that what began then, or before, has used up the term by `now`. Lets one comparison find every
 * claim that lies too long, whatever the calendar.
 */
export function latestStart(now: Date, term: SlaTerm, calendar: Calendar): Date {
  if (term.kind === 'elapsed') return new Date(now.getTime() - term.ms);
  // A term of business time is over later than the same elapsed time, and within two years of it.
  let low = now.getTime() - FURTHEST_MS;
  let high = now.getTime();
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dueAt(new Date(middle), term, calendar) <= now) low = middle;
    else high = middle;
  }
  return new Date(low);
}

const FURTHEST_MS = 800 * 86_400_000;

const SWEEP_MS = { least: 500, most: 5_000 };

/**
 * How often promises must be looked at so that the shortest of them is kept to a tenth of its time: five seconds, and less
 * only where a policy or an ownership row counts in seconds.
 */
export function sweepEveryMs(policies: readonly SlaPolicy[], terms: readonly SlaTerm[]): number {
  const all = policies.flatMap(({ claim, resolve, steps, stale }) => [
    claim,
    resolve,
    stale?.remind,
    stale?.release,
    ...steps.map(({ at }) => (at.kind === 'due' ? at.after : undefined)),
  ]);
  const elapsed = [...all, ...terms].flatMap((term) =>
    term?.kind === 'elapsed' && term.ms > 0 ? [term.ms] : [],
  );
  return Math.max(SWEEP_MS.least, Math.min(SWEEP_MS.most, ...elapsed.map((ms) => ms / 10)));
}
