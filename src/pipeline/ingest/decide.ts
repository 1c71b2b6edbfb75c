import type { Actor } from '../../core/audit.ts';
import {
  checkDecision,
  type Decision,
  type DecisionRefusal,
  type DeliveryStatus,
  mayDecide,
} from '../../core/intake/decision.ts';
import { printable } from '../../core/printable.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import { wakeSender } from '../../db/outbox/wake-sender.sql.ts';
import { wantDeliveryAgain } from '../../db/outbox/want-delivery-again.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { lockDelivery, type WaitingDelivery } from './lock-delivery.sql.ts';
import { setHoldsDrift } from './set-holds-drift.sql.ts';
import { writeDecision } from './write-decision.sql.ts';

export type DecisionInput = {
  readonly workspaceId: string;
  readonly deliveryId: string;
  readonly decision: Decision;
  readonly code: string;
  readonly note: string | undefined;
  /** The person who decides; undefined for whoever runs the service and types the command. */
  readonly personId: string | undefined;
  /** Who ran the command, as the system calls them; undefined for a person of the configuration. */
  readonly by?: string | undefined;
};

export type Decided = {
  readonly deliveryId: string;
  readonly feed: string;
  readonly name: string;
  readonly status: DeliveryStatus;
};

/** From which states. A delivery that was kept out can be held too: the next one like it waits then. Rejected, nobody need look at it any more. */
const CAN_BE: Readonly<Record<Decision, readonly DeliveryStatus[]>> = {
  release: ['held', 'quarantined', 'rejected'],
  reject: ['held', 'quarantined'],
  hold: ['held', 'quarantined'],
};

const BECOMES = { release: 'released', reject: 'rejected' } as const;

/**
 * Records a person's decision about a delivery that waits, with its audit event, and brings its message up to date. A released delivery is
 * taken afterwards (`takeReleased`): to read a large one takes longer than a person waits.
 */
export async function decideDelivery(
  tx: Tx,
  input: DecisionInput,
): Promise<Result<Decided, DecisionRefusal>> {
  const { workspaceId, deliveryId, decision, personId, by, code } = input;
  const note = input.note?.trim() === '' ? undefined : input.note && printable(input.note.trim());
  const problem = checkDecision(decision, { code, note });
  if (problem) return refuse(problem);
  const waiting = await lockDelivery(tx, { workspaceId, deliveryId, personId });
  const refusal = waiting ? refusalOf(waiting, input) : ({ code: 'delivery_unknown' } as const);
  if (refusal || !waiting) return refuse(refusal ?? { code: 'delivery_unknown' });
  const status = decision === 'hold' ? waiting.status : BECOMES[decision];
  await writeDecision(tx, { workspaceId, deliveryId, status, personId, code, note });
  if (decision !== 'reject') {
    await setHoldsDrift(tx, { workspaceId, feedId: waiting.feedId, holds: decision === 'hold' });
  }
  const actor: Actor =
    personId === undefined ? { kind: 'program', name: 'command' } : { kind: 'person', id: personId };
  const { feed, name } = waiting;
  await appendAudit(tx, {
    workspaceId,
    facts: [
      {
        action: decision === 'hold' ? 'delivery.kept_waiting' : `delivery.${BECOMES[decision]}`,
        entity: 'delivery',
        entityId: deliveryId,
        actor,
        reason: code,
        note,
        data: { feed, name: printable(name), ...(by === undefined ? {} : { by }) },
      },
    ],
  });
  await wantDeliveryAgain(tx, { workspaceId, deliveryId });
  await wakeSender(tx, workspaceId);
  return accept({ deliveryId, feed, name, status });
}

/** Why somebody cannot decide so at this moment, to be told before they are asked for a reason; undefined when they can. */
export async function whyNotDecide(
  tx: Tx,
  input: Omit<DecisionInput, 'code' | 'note'>,
): Promise<DecisionRefusal | undefined> {
  const waiting = await lockDelivery(tx, input);
  return waiting ? refusalOf(waiting, input) : { code: 'delivery_unknown' };
}

function refusalOf(
  waiting: WaitingDelivery,
  { decision, personId }: Pick<DecisionInput, 'decision' | 'personId'>,
): DecisionRefusal | undefined {
  if (personId !== undefined && !mayDecide(waiting)) return { code: 'may_not_decide' };
  const { status, decidedBy, decidedAt, isKept, othersCame } = waiting;
  const canBe = CAN_BE[decision];
  if (!canBe.includes(status)) {
    return { code: 'not_waiting', status, byName: decidedBy ?? undefined, at: decidedAt ?? undefined };
  }
  if (decision === 'release' && !isKept) return { code: 'bytes_gone' };
  // What came meanwhile was not compared with it, so nobody could say any more which of them stands.
  return decision === 'release' && status !== 'held' && othersCame ? { code: 'others_came' } : undefined;
}
