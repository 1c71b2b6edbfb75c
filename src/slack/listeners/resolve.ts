import { resolve } from '../../pipeline/act/resolve.ts';
import { resolveModal } from '../views/modals.ts';
import type { ListenerContext } from './context.ts';
import { openModal } from './open-modal.ts';
import { onPress } from './press.ts';
import { onSubmission } from './submission.ts';

/** Resolve: opens the form. */
export const onResolve = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, {
      action: 'resolve',
      render: ({ facts }) =>
        resolveModal(facts, { codes: context.organisation.resolutionCodes, reader: press.reader }),
    }),
  );

/** The resolve form, sent. */
export const onResolveSubmitted = (context: ListenerContext) =>
  onSubmission(context, ({ entry, ...input }) => {
    const entered = {
      code: entry('code') ?? '',
      note: entry('note') ?? '',
      amount: entry('amount'),
      evidence: entry('evidence'),
    };
    return resolve(context.sql, { ...input, ...entered }, { codes: context.organisation.resolutionCodes });
  });
