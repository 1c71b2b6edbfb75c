import type { AuditFact } from '../../core/audit.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { Change, PlannedException, RecordedException } from '../../core/plan.ts';
import { inTurns } from '../../db/in-turns.ts';
import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';
import { appendBodies, auditBodies } from '../audit/append.sql.ts';
import { clearExceptions } from './clear-exceptions.sql.ts';
import { draftExceptions, draftText, dropDrafted, type ExceptionRow } from './draft-exceptions.sql.ts';
import { clearedFact, openedFact, reopenedFact, updatedFact } from './facts.ts';
import { insertExceptions } from './insert-exceptions.sql.ts';
import { lockExceptions } from './lock-exceptions.sql.ts';
import { type Arrival, placeCards, planPlaces } from './place-cards.ts';
import { memberText, replaceMembers } from './replace-members.sql.ts';
import { toMembers, toRow } from './rows.ts';
import { takeNumbers } from './take-numbers.sql.ts';
import { updateExceptions } from './update-exceptions.sql.ts';

export type ApplyInput = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly runId: string;
  readonly domain: string;
  readonly now: Date;
  readonly teams: ReadonlyMap<string, string>;
  readonly flood: Organisation['flood'];
  /** What the trail says of a change, where that is not what a run would say. */
  readonly sayOf?: (change: Change) => Saying | undefined;
  /** Done by the database while what goes on the trail is written here, before the chain is locked. */
  readonly meanwhile?: (() => Promise<void>) | undefined;
  /** How many are written at once. */
  readonly atOnce?: number;
};

/** Who changed it and why, under which action. */
export type Saying = Partial<Pick<AuditFact, 'action' | 'actor' | 'reason' | 'note' | 'requestKey' | 'data'>>;

type Step = {
  readonly exceptionId: string;
  readonly number: number;
  readonly change: Change;
};

/** A change on the record, with the place on the trail of the event that says it. */
export type AppliedChange = Step & { readonly seq: bigint };

/**
 * Applies exactly the planned changes: every exception with its audit event, its members and its card in the outbox.
 * A change whose exception somebody touched since planning is left to the next run. Returns the changes applied.
 */
export async function applyExceptions(
  tx: Tx,
  input: ApplyInput,
  changes: readonly Change[],
): Promise<AppliedChange[]> {
  const standing = await withoutTouched(tx, input.workspaceId, changes);
  if (standing.length === 0) return [];
  const opened = standing.filter((change) => change.kind === 'open').length;
  const first = opened > 0 ? await takeNumbers(tx, { workspaceId: input.workspaceId, count: opened }) : 0;
  const steps = toSteps(standing, first);
  const places = await planPlaces(
    tx,
    input,
    steps.flatMap((step) => arrivalsOf(step, input)),
  );
  const applied: AppliedChange[][] = [];
  for (let from = 0; from < steps.length; from += input.atOnce ?? AT_ONCE) {
    const some = steps.slice(from, from + (input.atOnce ?? AT_ONCE));
    applied.push(
      await applySome(tx, { ...input, meanwhile: from === 0 ? input.meanwhile : undefined }, some),
    );
  }
  await placeCards(tx, input, { places, changed: steps.map((step) => step.exceptionId) });
  return applied.flat();
}

/** So many are written at once: what is sent of each is more than what the plan keeps of it. */
const AT_ONCE = 150_000;

async function applySome(tx: Tx, input: ApplyInput, steps: readonly Step[]): Promise<AppliedChange[]> {
  const [bodies] = await Promise.all([
    auditBodies(steps, (step) => factOf(step, input)),
    input.meanwhile?.(),
  ]);
  const found = steps.filter(isFound);
  const [seqs, texts] = await Promise.all([
    appendBodies(tx, { workspaceId: input.workspaceId, bodies }),
    inTurns(found, (step) => draftText(rowOf(step, input))),
  ]);
  const applied = steps.map(({ exceptionId, number, change }, index) => ({
    exceptionId,
    number,
    change,
    seq: seqs[index] ?? 0n,
  }));
  await write(tx, input, { applied, texts });
  return applied;
}

/** What is opened, for the first time or again, must be seen in Slack as something new. */
function arrivalsOf({ exceptionId, change }: Step, input: ApplyInput): Arrival[] {
  if (change.kind !== 'open' && change.kind !== 'reopen') return [];
  const { type, ownership } = change.planned;
  return [{ exceptionId, type, teamId: teamIdOf(input, ownership.team), isNew: change.kind === 'open' }];
}

async function withoutTouched(tx: Tx, workspaceId: string, changes: readonly Change[]): Promise<Change[]> {
  const planned = changes.flatMap((change) => (change.kind === 'open' ? [] : [change.recorded]));
  const standing = await lockExceptions(tx, { workspaceId, planned });
  return changes.filter((change) => change.kind === 'open' || standing.has(change.recorded.exceptionId));
}

function toSteps(changes: readonly Change[], firstNumber: number): Step[] {
  let next = firstNumber;
  return changes.map((change) => {
    if (change.kind !== 'open') {
      const { exceptionId, number } = change.recorded;
      return { exceptionId, number, change };
    }
    const number = next;
    next += 1;
    return { exceptionId: newId(), number, change };
  });
}

/** What the trail says of a change. */
function factOf({ change, ...about }: Step, { runId, sayOf }: ApplyInput): AuditFact {
  const saying = sayOf?.(change);
  const fact = runFact(change, { ...about, runId });
  return saying ? { ...fact, ...saying, data: { ...fact.data, ...saying.data } } : fact;
}

function runFact(change: Change, about: { exceptionId: string; number: number; runId: string }): AuditFact {
  if (change.kind === 'open') return openedFact(change.planned, about);
  if (change.kind === 'clear') return clearedFact(change.recorded, about.runId);
  const make: (planned: PlannedException, recorded: RecordedException, runId: string) => AuditFact =
    change.kind === 'update' ? updatedFact : reopenedFact;
  return make(change.planned, change.recorded, about.runId);
}

type Found = { readonly change: Exclude<Change, { kind: 'clear' }> };

/** Whether the exception says afterwards what was found. */
const isFound = <T extends Step>(step: T): step is T & Found => step.change.kind !== 'clear';

async function write(
  tx: Tx,
  input: ApplyInput,
  { applied, texts }: { applied: readonly AppliedChange[]; texts: readonly string[] },
): Promise<void> {
  const found = applied.filter(isFound);
  await writeFound(tx, input, { found, texts });
  await clearExceptions(tx, { ...input, rows: applied.filter((row) => !isFound(row)) });
  await replaceMembers(tx, {
    workspaceId: input.workspaceId,
    changed: found.filter(isRecorded).map(({ exceptionId }) => exceptionId),
    members: memberTexts(found),
  });
}

async function writeFound(
  tx: Tx,
  input: ApplyInput,
  { found, texts }: { found: readonly (AppliedChange & Found)[]; texts: readonly string[] },
): Promise<void> {
  if (found.length === 0) return;
  await draftExceptions(
    tx,
    found.map(({ seq }, at) => ({ seq, text: texts[at] ?? '' })),
  );
  await insertExceptions(tx, input);
  if (found.some(isRecorded)) await updateExceptions(tx, input);
  await dropDrafted(tx);
}

/** Whether the exception was there before. */
const isRecorded = ({ change }: Step): boolean => change.kind !== 'open';

function rowOf({ change, ...about }: Step & Found, input: ApplyInput): ExceptionRow {
  const teamId = teamIdOf(input, change.planned.ownership.team);
  const { domain, now } = input;
  return toRow(change.planned, { ...about, kind: change.kind, teamId, domain, now });
}

/** Written as they are sent: beforehand, they were in memory beside everything that the plan holds. */
function* memberTexts(found: readonly (Step & Found)[]): Generator<string> {
  for (const { exceptionId, change } of found) yield* toMembers(exceptionId, change.planned).map(memberText);
}

function teamIdOf({ teams }: ApplyInput, key: string): string {
  const teamId = teams.get(key);
  if (!teamId) throw new Error(`team ${key} is in the configuration but not in the database`);
  return teamId;
}
