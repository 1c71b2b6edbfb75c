import type { Finding } from './card.ts';
import type { ExceptionDraft } from './classify.ts';
import { isLive, nextStatus, type Status } from './lifecycle.ts';
import type { MatchRecord } from './match.ts';
import type { OwnershipRow } from './organisation.ts';
import type { Severity } from './severity.ts';

/**
 * A draft that knows its inputs' hash, its owner and when it would be due. Of its records it keeps which they are: with all that they
 * say, those of a night's exceptions are most of what is in memory.
 */
export type PlannedException = Omit<ExceptionDraft, 'members' | 'inputs'> & {
  readonly members: readonly Pick<MatchRecord, 'recordId' | 'side' | 'version'>[];
  readonly inputsHash: string;
  readonly ownership: OwnershipRow;
  /** Who would be paid; undefined where no record of it says so. */
  readonly payee?: string | undefined;
  readonly dueAt: Date;
};

/** What the record holds of an exception that the plan may change. */
export type RecordedException = {
  readonly exceptionId: string;
  readonly number: number;
  readonly fingerprint: string;
  readonly inputsHash: string;
  readonly type: string;
  readonly reason: string;
  readonly severity: Severity;
  readonly status: Status;
  readonly version: number;
  readonly level: number;
  readonly ownerId: string | undefined;
  /** What it says, where that is more than one thing, which its records come to; undefined where that was not read. */
  readonly says?: readonly Finding[] | undefined;
  /** The fingerprint of the match by hand that was made from it and stands: it speaks of that from then on. */
  readonly speaksFor?: string | undefined;
};

export type Change =
  | { readonly kind: 'open'; readonly planned: PlannedException }
  | { readonly kind: 'update'; readonly planned: PlannedException; readonly recorded: RecordedException }
  | { readonly kind: 'reopen'; readonly planned: PlannedException; readonly recorded: RecordedException }
  | { readonly kind: 'clear'; readonly recorded: RecordedException };

/**
 * What must change so that the record says what was found; nothing else.
 *
 * The same difference found again, for the same reasons, changes nothing. A person's decision stands until the inputs change, and then the
 * exception is reopened. What is no longer found is cleared, except where somebody is deciding on it right now.
 *
 * Shape:  changes ordered by fingerprint, whatever order the drafts came in.
 * Throws: when two drafts carry one fingerprint; that is a bug in how keys are built.
 */
export function planChanges(
  planned: readonly PlannedException[],
  recorded: readonly RecordedException[],
): Change[] {
  const names = namesOf(planned, recorded);
  const byFingerprint = new Map(recorded.map((row) => [names.get(row) ?? row.fingerprint, row]));
  const found = new Set<string>();
  const changes: Change[] = [];
  for (const draft of planned) {
    if (found.has(draft.fingerprint)) throw new Error(`two drafts of ${draft.fingerprint}`);
    found.add(draft.fingerprint);
    const change = changeFor(draft, byFingerprint.get(draft.fingerprint));
    if (change) changes.push(change);
  }
  for (const row of recorded) {
    const isGone = !found.has(names.get(row) ?? row.fingerprint) && isLive(row.status);
    if (isGone && nextStatus(row.status, 'clear')) changes.push({ kind: 'clear', recorded: row });
  }
  return changes.sort((a, b) => (fingerprintOf(a) < fingerprintOf(b) ? -1 : 1));
}

/**
 * Under which fingerprint each recorded exception is looked for, where that is not its own: one from which a match was
 * made by hand speaks of that match, unless what it spoke of before is found too, or another exception speaks of it.
 */
function namesOf(
  planned: readonly PlannedException[],
  recorded: readonly RecordedException[],
): ReadonlyMap<RecordedException, string> {
  const found = new Set(planned.map(({ fingerprint }) => fingerprint));
  const own = new Set(recorded.map(({ fingerprint }) => fingerprint));
  return new Map(
    recorded.flatMap((row) => {
      const { speaksFor, fingerprint } = row;
      if (speaksFor === undefined || found.has(fingerprint) || own.has(speaksFor)) return [];
      return [[row, speaksFor] as const];
    }),
  );
}

function changeFor(planned: PlannedException, recorded: RecordedException | undefined): Change | undefined {
  // Nobody is asked to look for what may lie in a delivery that waits; what is open already stays so.
  if (planned.isAwaited && (!recorded || !isLive(recorded.status))) return undefined;
  if (!recorded) return { kind: 'open', planned };
  if (recorded.status === 'cleared') return { kind: 'reopen', planned, recorded };
  const sameInputs = recorded.inputsHash === planned.inputsHash;
  if (recorded.status === 'resolved') return sameInputs ? undefined : { kind: 'reopen', planned, recorded };
  return sameInputs && sameFinding(planned, recorded) ? undefined : { kind: 'update', planned, recorded };
}

const sameFinding = (planned: PlannedException, recorded: RecordedException): boolean =>
  planned.reason === recorded.reason && planned.severity === recorded.severity && saysSame(planned, recorded);

/**
 * Whether people read the same of it. Of the same records that is not given: the newest rate is another one once more days
 * came, and another set adds up once more documents did (2026-12-01: it kept naming a rate that was not the newest any more).
 */
function saysSame({ findings }: PlannedException, { says }: RecordedException): boolean {
  if (says === undefined || (findings.length < 2 && says.length === 0)) return true;
  if (findings.length !== says.length) return false;
  return findings.every((one, at) => isSame(one, says[at]));
}

const isSame = (one: Finding, other: Finding | undefined): boolean =>
  one.field === other?.field &&
  (one.expected ?? null) === (other.expected ?? null) &&
  (one.actual ?? null) === (other.actual ?? null);

export const fingerprintOf = (change: Change): string =>
  change.kind === 'clear' ? change.recorded.fingerprint : change.planned.fingerprint;
