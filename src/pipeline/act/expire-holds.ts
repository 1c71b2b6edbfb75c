import { holdLabel } from '../../core/hold.ts';
import { type Expired, expiryMessages } from '../../core/hold-notices.ts';
import { type HoldNotice, storedMoney } from '../../core/message.ts';
import type { Sql } from '../../db/client.ts';
import { insertNotices } from '../../db/outbox/insert-notices.sql.ts';
import { wakeSoon } from '../../db/outbox/wake-soon.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { sayReleased } from './decide-release.ts';
import { type HoldNow, holdNow } from './hold-now.sql.ts';
import { releaseHold } from './release-hold.sql.ts';

type Expiring = {
  readonly workspaceId: string;
  readonly program: string;
  readonly now: Date;
  /** The team that owns money here; its channel is told. */
  readonly moneyTeam: string | undefined;
};

/** Why a hold ended that nobody ended. */
const REASON = 'HOLD_EXPIRED';

/**
 * Ends holds whose time by policy is over, together, and says so: on the trail, on the cards and threads of their exceptions, to the
 * teams and the owners, to finance, and to whoever placed them, in one message each. Returns how many still held.
 */
export async function expireHolds(sql: Sql, holdIds: readonly string[], expiring: Expiring): Promise<number> {
  const { workspaceId } = expiring;
  const ended = await inWorkspace(sql, workspaceId, (tx) => expireAll(tx, holdIds, expiring), {
    repeatable: true,
  });
  if (ended > 0) wakeSoon(sql, workspaceId);
  return ended;
}

async function expireAll(tx: Tx, holdIds: readonly string[], expiring: Expiring): Promise<number> {
  const ended: HoldNow[] = [];
  for (const holdId of holdIds) {
    const hold = await expire(tx, holdId, expiring);
    if (hold) ended.push(hold);
  }
  await tell(tx, ended, expiring);
  return ended.length;
}

/** The hold that ended; undefined where it did not hold any more, or still may. */
async function expire(
  tx: Tx,
  holdId: string,
  { workspaceId, program, now }: Expiring,
): Promise<HoldNow | undefined> {
  const actor = { kind: 'program', name: program } as const;
  const hold = await holdNow(tx, { workspaceId, hold: holdId });
  if (!hold?.isOpen || hold.expiresAt === undefined || hold.expiresAt > now) return undefined;
  const { exceptionId } = hold;
  const about = { reason: REASON, note: undefined };
  if (
    exceptionId !== undefined &&
    !(await sayReleased(tx, { workspaceId, exceptionId, actor, hold, about }))
  ) {
    return undefined;
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
  return (await releaseHold(tx, released)) ? hold : undefined;
}

/** Named by the first of them: each hold ends once. */
async function tell(tx: Tx, ended: readonly HoldNow[], { workspaceId, moneyTeam }: Expiring): Promise<void> {
  const [first, ...others] = ended;
  if (!first) return;
  const about =
    others.length > 0 || first.exceptionId === undefined ? {} : { exceptionId: first.exceptionId };
  const messages = expiryMessages(ended.map((hold) => toldTo(hold, moneyTeam)));
  await insertNotices(
    tx,
    messages.map(({ address, payload }) => ({
      workspaceId,
      dedupeKey: `hold-expired:${first.holdId}:${address}`,
      address,
      ...about,
      payload,
    })),
  );
}

function toldTo(hold: HoldNow, moneyTeam: string | undefined): Expired {
  const people = [hold.ownerId, hold.placedById].flatMap((id) => (id === undefined ? [] : [`person:${id}`]));
  const teams = [hold.team, moneyTeam].flatMap((key) => (key === undefined ? [] : [`team:${key}`]));
  const told: HoldNotice = {
    notice: 'hold_expired',
    label: holdLabel(hold.number),
    kind: hold.kind,
    client: hold.client ?? null,
    orderRef: hold.orderRef ?? null,
    payee: hold.payee ?? null,
    amount: hold.amount === undefined ? null : storedMoney(hold.amount),
  };
  return { hold: told, addresses: [...teams, ...people] };
}
