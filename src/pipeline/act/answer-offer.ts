import { readNote, unchanged } from '../../core/act.ts';
import { checkAnswer, handedOver, type Offer } from '../../core/hand-over.ts';
import type { Happening } from '../../core/message.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { type Acted, type ActInput, act } from './act.ts';
import { actFacts } from './act-facts.sql.ts';
import { endOffer } from './end-offer.sql.ts';
import { offerMade, openOffer } from './offers.sql.ts';
import { endPingPong } from './ping-pong.ts';
import { tellPeople } from './tell-person.ts';
import { type TickInput, tick } from './tick.ts';

/** An answer to an offer: `version` is the one that the offer made, so that an old message never answers a newer offer. */
type Answer = ActInput;

/** Makes the offered person the owner, and tells whoever offered it and whoever had it. */
export const acceptOffer = (
  sql: Sql,
  input: Answer,
  now: Date = new Date(),
): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: undefined,
    audited: 'exception.hand_over',
    decide: async (facts, tx) => {
      const offer = await offerMade(tx, input);
      const refusal = checkAnswer(facts, { offer, now });
      if (refusal || !offer) return refuse(refusal ?? { code: 'not_found' });
      const before = facts.owner?.personId ?? offer.from.personId;
      return accept({
        next: handedOver(facts, now),
        data: { from_id: before, to_id: offer.to.personId, offered_by: offer.from.personId },
        also: async (transaction, seq) => {
          const happening = { notice: 'taken_over', by: offer.to.name } as const;
          const personIds = [offer.from.personId, before];
          await tellPeople(transaction, { ...input, seq }, { personIds, happening });
          await endPingPong(transaction, { ...input, exceptionIds: [input.exceptionId], now });
        },
      });
    },
  });

/** Ends the offer with a reason, and tells whoever made it. */
export const declineOffer = (
  sql: Sql,
  input: Answer & { readonly reason: string },
  now: Date = new Date(),
): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: undefined,
    audited: 'exception.hand_over_decline',
    decide: async (facts, tx) => {
      const offer = await offerMade(tx, input);
      const refusal = checkAnswer(facts, { offer, now });
      if (refusal || !offer) return refuse(refusal ?? { code: 'not_found' });
      const read = readNote(input.reason);
      if (!read.ok) return read;
      const reason = read.value;
      if (reason === undefined) return refuse({ code: 'reason_required' });
      return accept({
        next: unchanged(facts),
        note: reason,
        also: async (transaction, seq) => {
          await endOffer(transaction, { ...input, ...offer, state: 'declined', now });
          const happening = { notice: 'declined', by: offer.to.name, note: reason } as const;
          await tellPeople(transaction, { ...input, seq }, { personIds: [offer.from.personId], happening });
        },
      });
    },
  });

/** Ends an offer that nobody answered in time, and tells both. Returns whether there was one. */
export const lapseOffer = (sql: Sql, input: TickInput, now: Date): Promise<boolean> =>
  tick(sql, input, {
    audited: 'exception.hand_over_lapse',
    decide: async (seen, tx) => {
      const offer = await openOffer(tx, input);
      if (!offer || offer.expiresAt > now) return undefined;
      return {
        next: unchanged(seen),
        reason: 'OFFER_NOT_ANSWERED',
        data: { to_id: offer.to.personId, offered_by: offer.from.personId },
        also: async (transaction, seq) => {
          await endOffer(transaction, { ...input, ...offer, state: 'lapsed', now });
          await tellPeople(
            transaction,
            { ...input, seq },
            { personIds: bothOf(offer), happening: lapsed(offer) },
          );
        },
      };
    },
  });

const bothOf = ({ from, to }: Offer): string[] => [from.personId, to.personId];

const lapsed = ({ from, to }: Offer): Happening => ({
  notice: 'offer_lapsed',
  from: from.name,
  to: to.name,
});

/** Why the person cannot answer this offer now; undefined when they can. For before a form opens. */
export const whyNoAnswer = (sql: Sql, input: Answer, now: Date = new Date()): Promise<Refusal | undefined> =>
  inWorkspace(sql, input.workspaceId, async (tx) => {
    const facts = await actFacts(tx, input);
    if (!facts) return { code: 'not_found' } as const;
    return checkAnswer(facts, { offer: await offerMade(tx, input), now });
  });
