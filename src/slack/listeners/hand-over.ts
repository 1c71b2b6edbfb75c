import { acceptOffer, declineOffer, whyNoAnswer } from '../../pipeline/act/answer-offer.ts';
import { handOver, readColleagues } from '../../pipeline/act/hand-over.ts';
import { declineModal, handOverModal, tellModal } from '../views/modals.ts';
import { refusalWords } from '../views/refusals.ts';
import type { ListenerContext } from './context.ts';
import { openModal } from './open-modal.ts';
import { onPress, refusedPress } from './press.ts';
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
          const candidates = await readColleagues(context.sql, press);
          return handOverModal(facts, { candidates, reader: press.reader });
        }
        const { toName, expiresAt } = offer;
        const refusal = { code: 'already_offered', toName, until: expiresAt } as const;
        return tellModal(press.reader, {
          title: press.reader.words.modal.handOver.plainTitle,
          words: refusalWords(refusal, press.reader),
        });
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
    return accepted.ok ? press.reader.words.press.isYours : refusedPress(context, press, accepted.refusal);
  });

/** Decline: opens the form. */
export const onDeclineOffer = (context: ListenerContext) =>
  onPress(context, async (press) => {
    const refusal = await whyNoAnswer(context.sql, press);
    if (refusal) return refusedPress(context, press, refusal);
    return await openModal(context, press, {
      action: 'details',
      render: ({ facts }) => declineModal(facts, press),
    });
  });

/** The decline form, sent. */
export const onDeclineOfferSubmitted = (context: ListenerContext) =>
  onSubmission(context, ({ entry, ...input }) =>
    declineOffer(context.sql, { ...input, reason: entry('reason') ?? '' }),
  );
