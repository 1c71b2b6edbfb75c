import { holdLabel } from '../../core/hold.ts';
import { type HoldNotice, storedMoney } from '../../core/message.ts';
import type { Sql } from '../../db/client.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import { wakeSoon } from '../../db/outbox/wake-soon.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { sayReleased } from './decide-release.ts';
import { type HoldNow, holdNow } from './hold-now.sql.ts';
import { releaseHold } from './release-hold.sql.ts';

type Expiring = {
  readonly workspaceId: string;
  readonly holdId: string;
  readonly program: string;
  readonly now: Date;
  /** The team that owns money here; its channel is told. */
  readonly moneyTeam: string | undefined;
};

/** Why a hold ended that nobody ended. */
const REASON = 'HOLD_EXPIRED';

/**
 * Ends a hold whose time by policy is over, and says so: on the trail, on its exception's card and thread, to the team and the
 * owner, to finance, and to whoever placed it. Returns whether it still held.
 */
export async function expireHold(sql: Sql, expiring: Expiring): Promise<boolean> {
  const { workspaceId } = expiring;
  const isDone = await inWorkspace(sql, workspaceId, (tx) => expire(tx, expiring), { repeatable: true });
  if (isDone) wakeSoon(sql, workspaceId);
  return isDone;
}

async function expire(tx: Tx, expiring: Expiring): Promise<boolean> {
  const { workspaceId, holdId, program, now } = expiring;
  const actor = { kind: 'program', name: program } as const;
  const hold = await holdNow(tx, { workspaceId, hold: holdId });
  if (!hold?.isOpen || hold.expiresAt === undefined || hold.expiresAt > now) return false;
  const { exceptionId } = hold;
  const about = { reason: REASON, note: undefined };
  if (
    exceptionId !== undefined &&
    !(await sayReleased(tx, { workspaceId, exceptionId, actor, hold, about }))
  ) {
    return false;
  }
  const nobody = { personId: undefined, note: undefined };
  const released = {
    workspaceId,
    holdId,
    how: 'expired',
    at: now,
    reason: REASON,
    actor,
    ...nobody,
  } as const;
  if (!(await releaseHold(tx, released))) return false;
  await tell(tx, hold, expiring);
  return true;
}

async function tell(tx: Tx, hold: HoldNow, { workspaceId, moneyTeam }: Expiring): Promise<void> {
  const people = [hold.ownerId, hold.placedById].flatMap((id) => (id === undefined ? [] : [`person:${id}`]));
  const teams = [hold.team, moneyTeam].flatMap((key) => (key === undefined ? [] : [`team:${key}`]));
  const payload: HoldNotice = {
    notice: 'hold_expired',
    label: holdLabel(hold.number),
    kind: hold.kind,
    client: hold.client ?? null,
    orderRef: hold.orderRef ?? null,
    payee: hold.payee ?? null,
    amount: hold.amount === undefined ? null : storedMoney(hold.amount),
  };
  for (const address of new Set([...teams, ...people])) {
    const dedupeKey = `hold-expired:${hold.holdId}:${address}`;
    const { exceptionId } = hold;
    const about = exceptionId === undefined ? {} : { exceptionId };
    await enqueueNotice(tx, { workspaceId, dedupeKey, address, ...about, payload });
  }
}
