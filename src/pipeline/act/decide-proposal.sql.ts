import type { ProposalState } from '../../core/adjust.ts';
import type { Tx } from '../../db/tx.ts';

/** The proposal is decided, once; `seq` is the event that says so. The clock is nobody. */
export async function decideProposal(
  tx: Tx,
  decided: {
    workspaceId: string;
    proposalId: string;
    state: Exclude<ProposalState, 'open'>;
    personId: string | undefined;
    note: string | undefined;
    now: Date;
    seq: bigint;
  },
): Promise<void> {
  const rows = await tx`
    update proposal
    set state = ${decided.state}, decided_by = ${decided.personId ?? null}::uuid,
        decided_at = ${decided.now.toISOString()}::timestamptz, decided_seq = ${decided.seq.toString()}::bigint,
        decision_note = ${decided.note ?? null}
    where workspace_id = ${decided.workspaceId} and proposal_id = ${decided.proposalId} and state = 'open'
    returning proposal_id`;
  if (rows.length === 0) throw new Error(`proposal ${decided.proposalId} was decided by somebody else`);
}
