import { unchanged, unclaimed } from '../../core/act.ts';
import { allows } from '../../core/lifecycle.ts';
import type { Sql } from '../../db/client.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { endOffer } from './end-offer.sql.ts';
import { type Held, hasLeft, heldByLeavers, keepLeft, offeredToLeavers } from './leavers.sql.ts';
import { openOffer } from './offers.sql.ts';
import { tellOffered } from './tell-offered.ts';
import { type TickInput, tick } from './tick.ts';

/** What a person who left holds, or is offered. */
export type Leaverships = { readonly held: readonly Held[]; readonly offered: readonly string[] };

/** Everything claimed by, or offered to, people who are no longer here. */
export const leaverships = (sql: Sql, workspaceId: string): Promise<Leaverships> =>
  inWorkspace(sql, workspaceId, async (tx) => ({
    held: await heldByLeavers(tx, workspaceId),
    offered: await offeredToLeavers(tx, workspaceId),
  }));

/**
 * Gives back to its team what somebody claimed who left, and tells the team's lead and the admins, once per person and day.
 * Returns whether there was anything to do.
 */
export const giveBack = (
  sql: Sql,
  input: TickInput,
  { held, now }: { held: Held; now: Date },
): Promise<boolean> =>
  tick(sql, input, {
    audited: 'exception.unclaim',
    decide: async (seen, tx) => {
      const isTheirs = seen.owner?.personId === held.personId;
      if (!isTheirs || !allows(seen.status, 'unclaim')) return undefined;
      if (!(await hasLeft(tx, { ...input, personId: held.personId }))) return undefined;
      const tellOther = tellOffered(seen, input, 'given_back');
      return {
        next: unclaimed(seen, now),
        reason: 'OWNER_LEFT',
        data: { target: held.name, owner_id: held.personId },
        also: async (transaction, seq) => {
          await tellOther?.(transaction, seq);
          await tellLeft(transaction, input, { held, now });
        },
      };
    },
  });

async function tellLeft(tx: Tx, { workspaceId }: TickInput, { held, now }: { held: Held; now: Date }) {
  const day = now.toISOString().slice(0, 10);
  for (const personId of held.tell) {
    await enqueueNotice(tx, {
      workspaceId,
      dedupeKey: `left:${held.personId}:${day}:${personId}`,
      address: `person:${personId}`,
      payload: { delivery: 'person_left', name: held.name, given: held.holds },
    });
  }
}

/** Ends an offer to somebody who left. Returns whether there was one. */
export const withdrawOffer = (sql: Sql, input: TickInput, now: Date): Promise<boolean> =>
  tick(sql, input, {
    audited: 'exception.hand_over_lapse',
    decide: async (seen, tx) => {
      const offer = await openOffer(tx, input);
      if (!offer || !(await hasLeft(tx, { ...input, personId: offer.to.personId }))) return undefined;
      return {
        next: unchanged(seen),
        reason: 'OFFERED_PERSON_LEFT',
        data: { target: offer.to.name, to_id: offer.to.personId, offered_by: offer.from.personId },
        also: (transaction) => endOffer(transaction, { ...input, ...offer, state: 'lapsed', now }),
      };
    },
  });

/** Slack says that an account is deactivated, or in use again. Returns whether that is news about a person we know. */
export const slackAccountChanged = (
  sql: Sql,
  said: { workspaceId: string; slackUserId: string; isGone: boolean; now: Date },
): Promise<boolean> => inWorkspace(sql, said.workspaceId, (tx) => keepLeft(tx, said));
