import { escalated } from '../../core/act.ts';
import type { AuditedAction, AuditFact } from '../../core/audit.ts';
import { isLive } from '../../core/lifecycle.ts';
import type { StepKind } from '../../core/message.ts';
import { instantOf, type NextMove, nextMove, type PolicyStep } from '../../core/sla-policy.ts';
import type { Told } from '../../core/step-notices.ts';
import { kindOfStep, type Places, type Reached, reach } from '../../core/step-reach.ts';
import { enqueueCards } from '../../db/outbox/enqueue.ts';
import { insertEventLines } from '../../db/outbox/insert-event-lines.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { changeItems } from './bulk-change-items.sql.ts';
import { type Item, readItems } from './bulk-items.sql.ts';
import { lockItems } from './bulk-lock-items.sql.ts';
import { type DuePromise, duePromises, MOST_DUE } from './due-promises.sql.ts';
import { movePromises, type PromiseMove } from './move-promises.sql.ts';

/** One step of one exception that is taken now. */
type Taken = {
  readonly item: Item;
  readonly step: PolicyStep;
  readonly kind: StepKind;
  readonly reached: readonly Reached[];
  /** A later step is due as well, so this one is on the record and tells nobody. */
  readonly isPassed: boolean;
};

export type Round = {
  readonly told: readonly Told[];
  readonly escalated: number;
  readonly reminded: number;
  /** How many were due, whatever became of them. */
  readonly looked: number;
};

/**
 * Takes the next due step of every promise that has one, set by set: the exception's level, the audit event, the card, the
 * line in its thread, and the promise's progress. Of several steps that are due at once each is a round of its own, and
 * only the last tells anybody. Returns undefined when nothing was due.
 */
export async function takeDueSteps(
  tx: Tx,
  { workspaceId, now, places }: { workspaceId: string; now: Date; places: Places },
): Promise<Round | undefined> {
  const due = await duePromises(tx, { workspaceId, now });
  if (due.length === 0) return undefined;
  const exceptionIds = due.map(({ exceptionId }) => exceptionId);
  await lockItems(tx, { workspaceId, exceptionIds });
  const items = new Map(
    (await readItems(tx, { workspaceId, exceptionIds })).map((it) => [it.exceptionId, it]),
  );
  const decided = due.flatMap((one) => {
    const item = items.get(one.exceptionId);
    return item ? [{ one, item, move: decide(one, item, now) }] : [];
  });
  const taken = decided.flatMap(({ one, item, move }) =>
    move.kind === 'take' ? [take(one, item, { move, places })] : [],
  );
  await movePromises(tx, { workspaceId, moves: decided.map((one) => progressOf(one)), now });
  await record(tx, workspaceId, taken);
  if (taken.length === 0 && due.length < MOST_DUE && decided.every(({ move }) => move.kind !== 'skip'))
    return undefined;
  return {
    told: taken.filter(({ isPassed }) => !isPassed).map(toTold),
    escalated: taken.filter(({ step }) => step.does === 'escalate').length,
    reminded: taken.filter(({ step }) => step.does === 'remind').length,
    looked: due.length,
  };
}

/** Closed meanwhile: nothing is promised any more. */
type Move = NextMove | { readonly kind: 'closed' };

function decide({ policy, progress }: DuePromise, { now: seen }: Item, now: Date): Move {
  if (!isLive(seen.status)) return { kind: 'closed' };
  return nextMove(policy, progress, { now, isUnclaimed: seen.owner === undefined });
}

function progressOf({ one, move }: { one: DuePromise; move: Move }): PromiseMove {
  const { exceptionId, progress } = one;
  const { steps, next } = progress;
  if (move.kind === 'closed') return { exceptionId, nextStep: next, nextAt: undefined, isFinished: false };
  if (move.kind === 'later') return { exceptionId, nextStep: next, nextAt: move.at, isFinished: false };
  const upcoming = steps[next + 1];
  return {
    exceptionId,
    nextStep: Math.min(next + 1, steps.length),
    nextAt: upcoming && instantOf(upcoming, progress),
    isFinished: upcoming === undefined,
  };
}

function take(
  { policy }: DuePromise,
  item: Item,
  { move, places }: { move: Extract<NextMove, { kind: 'take' }>; places: Places },
): Taken {
  const step = policy.steps[move.planned.step];
  if (!step) throw new Error(`policy ${policy.key} has no step ${move.planned.step}`);
  const reached = reach(step.to, { teamId: item.teamId, ownerId: item.now.owner?.personId }, places);
  return { item, step, kind: kindOfStep(step), reached, isPassed: !move.isLast };
}

const toTold = ({ item, kind, reached }: Taken): Told => ({
  step: kind,
  exceptionId: item.exceptionId,
  atStake: item.atStake,
  reached,
});

const REASONS = {
  reminder: 'DUE_SOON',
  unclaimed: 'NOT_CLAIMED_IN_TIME',
  breach: 'NOT_RESOLVED_IN_TIME',
  escalation: 'STILL_NOT_RESOLVED',
} as const satisfies Partial<Record<StepKind, string>>;

/** Escalations change the exception, each with its event; reminders are events alone. */
async function record(tx: Tx, workspaceId: string, taken: readonly Taken[]): Promise<void> {
  const raised = taken.filter(({ step }) => step.does === 'escalate');
  const reminded = taken.filter(({ step }) => step.does === 'remind');
  const seqs = await changeItems(tx, {
    workspaceId,
    changes: raised.map((one) => ({
      exceptionId: one.item.exceptionId,
      next: levelUp(one.item),
      fact: factOf(one),
    })),
  });
  const told = await appendAudit(tx, { workspaceId, facts: reminded.map(factOf) });
  const raisedIds = raised.map(({ item }) => item.exceptionId);
  await enqueueCards(tx, workspaceId, raisedIds);
  await insertEventLines(tx, workspaceId, [
    ...raisedIds.map((exceptionId) => ({ exceptionId, seq: seqs.get(exceptionId) ?? 0n })),
    ...reminded.map(({ item }, index) => ({ exceptionId: item.exceptionId, seq: told[index] ?? 0n })),
  ]);
}

const levelUp = ({ now }: Item) => escalated(now);

function factOf({ item, step, kind, reached, isPassed }: Taken): AuditFact {
  const isRaised = step.does === 'escalate';
  const action: AuditedAction = !isRaised
    ? 'exception.remind'
    : kind === 'breach'
      ? 'exception.breach'
      : 'exception.escalate';
  return {
    action,
    entity: 'exception',
    entityId: item.exceptionId,
    actor: { kind: 'program', name: 'sla' },
    reason: REASONS[kind as keyof typeof REASONS],
    ...(isRaised ? { state: stateOf(item) } : {}),
    data: {
      step: step.text,
      ...(isPassed ? { passed: true } : { target: reached.map(({ name }) => name).join(', ') }),
    },
  };
}

const stateOf = ({ now }: Item) => ({
  status: now.status,
  from: now.status,
  version: now.version + 1,
  level: now.level + 1,
  ownerId: now.owner?.personId ?? null,
});
