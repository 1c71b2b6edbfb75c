import { approveRuleChange, rejectRuleChange } from '../../../pipeline/act/decide-rule-change.ts';
import type { ListenerContext } from '../context.ts';
import { onSubmission } from '../submission.ts';

/** The approval, sent: committed first, then the form closes; the message shows it by the outbox. */
export const onApproveRuleSubmitted = (context: ListenerContext) =>
  onSubmission(context, async ({ workspaceId, personId, requestKey, exceptionId: changeId, entry }) => {
    const input = { workspaceId, personId, requestKey, changeId, seat: entry('seat'), note: entry('note') };
    const approved = await approveRuleChange(context.sql, input, context.organisation);
    if (approved.ok && approved.value.isActive) context.rulesChanged();
    return approved;
  });

/** The rejection, sent. */
export const onRejectRuleSubmitted = (context: ListenerContext) =>
  onSubmission(context, ({ workspaceId, personId, requestKey, exceptionId: changeId, entry }) =>
    rejectRuleChange(
      context.sql,
      { workspaceId, personId, requestKey, changeId, reason: entry('reason') ?? '' },
      context.organisation,
    ),
  );
