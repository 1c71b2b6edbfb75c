import { wait } from '../../pipeline/act/wait.ts';
import { waitModal } from '../views/modals.ts';
import type { ListenerContext } from './context.ts';
import { openModal } from './open-modal.ts';
import { onPress } from './press.ts';
import { onSubmission } from './submission.ts';

/** Wait: opens the form. */
export const onWait = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, {
      action: 'wait',
      render: ({ facts }) => waitModal(facts, { acting: context.organisation.acting, reader: press.reader }),
    }),
  );

/** The wait form, sent. */
export const onWaitSubmitted = (context: ListenerContext) =>
  onSubmission(context, ({ entry, ...input }) =>
    wait(context.sql, { ...input, until: entry('until'), note: entry('note') ?? '' }, context.organisation),
  );
