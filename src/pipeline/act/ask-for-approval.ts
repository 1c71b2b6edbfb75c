import { type StoredMoney, storedMoney, toldException } from '../../core/message.ts';
import type { MoneySettings } from '../../core/organisation.ts';
import { readCardFacts } from '../../db/cards/card-facts.sql.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import type { Tx } from '../../db/tx.ts';
import { newestProposal } from './open-proposal.sql.ts';

type Asked = { readonly workspaceId: string; readonly exceptionId: string; readonly seq: bigint };

/** Asks those who may approve, in the channel the configuration names, with buttons to decide. */
export async function askForApproval(
  tx: Tx,
  { workspaceId, exceptionId, seq }: Asked,
  { approvals }: { approvals: MoneySettings['approvals'] },
): Promise<void> {
  const [facts] = await readCardFacts(tx, workspaceId, [exceptionId]);
  const proposal = await newestProposal(tx, { workspaceId, exceptionId });
  if (!facts || !proposal) throw new Error(`exception ${exceptionId} has no proposal to ask about`);
  const amount: StoredMoney = storedMoney(proposal.amount);
  await enqueueNotice(tx, {
    workspaceId,
    dedupeKey: `proposed:${exceptionId}:${seq}`,
    address: `team:${approvals.team ?? facts.team.key}`,
    exceptionId,
    payload: {
      notice: 'proposed',
      by: proposal.proposedBy.name,
      books: proposal.kind,
      amount,
      reasonCode: proposal.reasonCode,
      period: proposal.originalPeriod,
      note: proposal.note ?? null,
      evidence: proposal.evidence ?? null,
      answerBy: proposal.expiresAt.toISOString(),
      exception: toldException(facts),
    },
  });
}
