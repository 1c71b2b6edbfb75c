import { inWorkspace } from '../../../db/tx.ts';
import { approveProposal, rejectProposal } from '../../../pipeline/act/decide-four-eyes.ts';
import { proposalFacts } from '../../../pipeline/report/shown-proposal.sql.ts';
import { proposalRejectModal } from '../../views/proposal.ts';
import type { ListenerContext } from '../context.ts';
import { openWhenRead, type Prepared } from '../open-modal.ts';
import { onPress, type Press, refusedPress } from '../press.ts';
import { refusedWords } from '../refused.ts';
import { onSubmission } from '../submission.ts';

/** Approve a release or a reversal: done with the press. */
export const onApproveProposal = (context: ListenerContext) =>
  onPress(context, async (press) => {
    const { workspaceId, personId, requestKey, exceptionId: proposalId } = press;
    const input = { workspaceId, personId, requestKey, proposalId };
    const approved = await approveProposal(context.sql, input, context.organisation);
    if (!approved.ok) return refusedPress(context, press, approved.refusal);
    return press.reader.words.proposal.approved;
  });

/** Reject: the form that asks why. */
export const onRejectProposal = (context: ListenerContext) =>
  onPress(context, (press) =>
    openWhenRead(context, press, { name: 'proposal_reject', prepared: prepare(context, press) }),
  );

async function prepare(context: ListenerContext, press: Press): Promise<Prepared> {
  const { sql, workspaceId } = context;
  const { exceptionId: proposalId, reader } = press;
  const facts = await inWorkspace(sql, workspaceId, (tx) => proposalFacts(tx, { workspaceId, proposalId }));
  if (!facts)
    return { ok: false, words: refusedWords(context, { code: 'not_found' }, { reader, proposalId }) };
  if (facts.state === 'open') return { ok: true, view: proposalRejectModal(facts, reader) };
  const refusal = { code: 'proposal_over', how: facts.state } as const;
  return { ok: false, words: refusedWords(context, refusal, { reader, proposalId }) };
}

/** The form, sent. */
export const onRejectProposalSubmitted = (context: ListenerContext) =>
  onSubmission(context, ({ workspaceId, personId, requestKey, exceptionId: proposalId, entry }) =>
    rejectProposal(context.sql, {
      ...{ workspaceId, personId, requestKey, proposalId },
      reason: entry('reason') ?? '',
    }),
  );
