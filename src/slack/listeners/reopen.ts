import { reopen } from '../../pipeline/act/reopen.ts';
import { reopenModal } from '../views/modals.ts';
import type { ListenerContext } from './context.ts';
import { openModal } from './open-modal.ts';
import { onPress } from './press.ts';
import { onSubmission } from './submission.ts';

/** Reopen: opens the form. */
export const onReopen = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, { action: 'reopen', render: ({ facts }) => reopenModal(facts, press.reader) }),
  );

/** The reopen form, sent. */
export const onReopenSubmitted = (context: ListenerContext) =>
  onSubmission(context, ({ entry, ...input }) =>
    reopen(
      context.sql,
      { ...input, reason: entry('reason') ?? '' },
      { calendar: context.organisation.calendar },
    ),
  );
