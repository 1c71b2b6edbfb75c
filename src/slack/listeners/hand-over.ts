import { acceptOffer, declineOffer, whyNoAnswer } from '../../pipeline/act/answer-offer.ts';
import { handOver, readColleagues } from '../../pipeline/act/hand-over.ts';
import { declineModal, handOverModal, tellModal } from '../views/modals.ts';
import { refusalWords } from '../views/refusals.ts';
import type { ListenerContext } from './context.ts';
import { openModal } from './open-modal.ts';
import { onPress } from './press.ts';
import { onSubmission } from './submission.ts';

/** Hand over: opens the form, or says that an offer stands already. */
export const onHandOver = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, {
      action: 'hand_over',
      render: async ({ facts }) => {
        const { offer } = facts;
        // One whose time is over stands until the next sweep; it is no obstacle to another.
        if (!offer || offer.expiresAt <= new Date()) {
          return handOverModal(facts, await readColleagues(context.sql, press));
        }
        const { toName, expiresAt } = offer;
        return tellModal('Hand over', refusalWords({ code: 'already_offered', toName, until: expiresAt }));
      },
    }),
  );

/** The hand-over form, sent. */
export const onHandOverSubmitted = (context: ListenerContext) =>
  onSubmission(context, ({ entry, ...input }) =>
    handOver(
      context.sql,
      { ...input, person: entry('person') ?? '', note: entry('note') ?? '' },
      context.organisation,
    ),
  );

/** Accept: the message it stands in does not change, so the new owner is told. */
export const onAcceptOffer = (context: ListenerContext) =>
  onPress(context, async (press) => {
    const accepted = await acceptOffer(context.sql, press);
    return accepted.ok
      ? 'It is yours now. Its card in the channel has the buttons to go on with.'
      : refusalWords(accepted.refusal);
  });

/** Decline: opens the form. */
export const onDeclineOffer = (context: ListenerContext) =>
  onPress(context, async (press) => {
    const refusal = await whyNoAnswer(context.sql, press);
    if (refusal) return refusalWords(refusal);
    return await openModal(context, press, {
      action: 'details',
      render: ({ facts }) => declineModal(facts, press.version),
    });
  });

/** The decline form, sent. */
export const onDeclineOfferSubmitted = (context: ListenerContext) =>
  onSubmission(context, ({ entry, ...input }) =>
    declineOffer(context.sql, { ...input, reason: entry('reason') ?? '' }),
  );
