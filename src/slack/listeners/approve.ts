import { approve } from '../../pipeline/act/approve.ts';
import { reject } from '../../pipeline/act/reject.ts';
import { rejectModal } from '../views/modals.ts';
import type { ListenerContext } from './context.ts';
import { openModal } from './open-modal.ts';
import { onPress, toldAfter } from './press.ts';
import { onSubmission } from './submission.ts';

/** Approve: lets a proposal go. The message that asked does not change, so the approver is told. */
export const onApprove = (context: ListenerContext) =>
  onPress(context, async (press) => {
    const acted = await approve(context.sql, press, { zone: context.organisation.zone });
    return acted.ok ? press.reader.words.press.approved : toldAfter(context, press, acted);
  });

/** Reject: opens the form. */
export const onReject = (context: ListenerContext) =>
  onPress(context, (press) =>
    openModal(context, press, { action: 'reject', render: ({ facts }) => rejectModal(facts, press.reader) }),
  );

/** The reject form, sent. */
export const onRejectSubmitted = (context: ListenerContext) =>
  onSubmission(context, ({ entry, ...input }) =>
    reject(context.sql, { ...input, reason: entry('reason') ?? '' }),
  );
