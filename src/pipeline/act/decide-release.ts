import { unchanged } from '../../core/act.ts';
import { checkApproval } from '../../core/adjust.ts';
import { holdLabel } from '../../core/hold.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Tx } from '../../db/tx.ts';
import { exceptionNow } from './act-facts.sql.ts';
import { Overtaken } from './decide-once.ts';
import { decideProposal } from './decide-proposal.sql.ts';
import { type HoldNow, holdNow } from './hold-now.sql.ts';
import type { AnyProposal } from './lock-proposal.sql.ts';
import { move } from './move.ts';
import { releaseHold } from './release-hold.sql.ts';

type Deciding = {
  readonly workspaceId: string;
  readonly personId: string;
  readonly proposal: AnyProposal;
  readonly now: Date;
  /** Puts the decision on the trail and returns its number. */
  readonly decided: () => Promise<bigint>;
};

/** Lets the payment go that was asked about. Returns why not, with nothing written, when it is on hold no more. */
export async function carryOutRelease(tx: Tx, deciding: Deciding): Promise<Refusal | undefined> {
  const { workspaceId, personId, proposal, now } = deciding;
  const refusal = checkApproval(proposal, { personId, now });
  if (refusal) return refusal;
  const actor = { kind: 'person', id: personId } as const;
  const { holdId = '', proposalId, reasonCode, note } = proposal;
  const hold = await holdNow(tx, { workspaceId, hold: holdId });
  if (!hold) throw new Error(`proposal ${proposalId} is about no hold`);
  if (!hold.isOpen) return { code: 'hold_over', label: holdLabel(hold.number) };
  if (hold.exceptionId !== undefined) {
    const about = { reason: reasonCode, note, target: proposal.proposedBy.name };
    const isLive = await sayReleased(tx, { workspaceId, exceptionId: hold.exceptionId, actor, hold, about });
    if (!isLive) return { code: 'hold_over', label: holdLabel(hold.number) };
  }
  const seq = await deciding.decided();
  const decided = {
    workspaceId,
    proposalId,
    state: 'approved',
    personId,
    note: undefined,
    now,
    seq,
  } as const;
  await decideProposal(tx, decided);
  const released = {
    workspaceId,
    holdId,
    how: 'approved',
    at: now,
    personId,
    reason: reasonCode,
    note,
    actor,
  } as const;
  if (!(await releaseHold(tx, released))) throw new Overtaken(`hold ${holdId} ended while it was decided`);
  return undefined;
}

type Saying = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  readonly actor: Parameters<typeof move>[1]['actor'];
  readonly hold: HoldNow;
  readonly about: { readonly reason: string; readonly note: string | undefined; readonly target?: string };
};

/** Its exception says so: on the trail, on the card, in the thread. False when the hold ended with it meanwhile. */
export async function sayReleased(tx: Tx, saying: Saying): Promise<boolean> {
  const { workspaceId, exceptionId, actor, hold, about } = saying;
  const { reason, note, target } = about;
  for (;;) {
    const seen = await exceptionNow(tx, { workspaceId, exceptionId });
    if (!seen || seen.closedAt) return false;
    const data = { hold: holdLabel(hold.number), ...(target === undefined ? {} : { target }) };
    const intent = { next: unchanged(seen), reason, note, data };
    const moved = { workspaceId, exceptionId, actor };
    const applied = await move(tx, moved, { audited: 'exception.release', seen, intent });
    if (applied.verdict === 'applied') return true;
  }
}
