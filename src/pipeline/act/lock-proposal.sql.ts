import type { ProposalState } from '../../core/adjust.ts';
import type { ProposalKind } from '../../core/proposal.ts';
import type { Tx } from '../../db/tx.ts';

/** A proposal, whatever it is about, that nobody else decides until the transaction ends. */
export type AnyProposal = {
  readonly proposalId: string;
  readonly kind: ProposalKind;
  readonly state: ProposalState;
  readonly exceptionId: string | undefined;
  readonly holdId: string | undefined;
  readonly reverses: string | undefined;
  readonly reasonCode: string;
  readonly note: string | undefined;
  readonly evidence: string | undefined;
  readonly proposedBy: { readonly personId: string; readonly name: string };
  readonly expiresAt: Date;
};

/** Locks the proposal; undefined when there is none. */
export async function lockProposal(
  tx: Tx,
  { workspaceId, proposalId }: { workspaceId: string; proposalId: string },
): Promise<AnyProposal | undefined> {
  const [row] = await tx<Row[]>`
    select p.proposal_id, p.kind, p.state, p.exception_id, p.hold_id, p.reverses, p.reason_code, p.note, p.evidence,
           p.proposed_by, b.name as proposer, p.expires_at
    from proposal p
    join person b on b.workspace_id = p.workspace_id and b.person_id = p.proposed_by
    where p.workspace_id = ${workspaceId} and p.proposal_id = ${proposalId}
    for update of p`;
  return (
    row && {
      proposalId: row.proposal_id,
      kind: row.kind,
      state: row.state,
      exceptionId: row.exception_id ?? undefined,
      holdId: row.hold_id ?? undefined,
      reverses: row.reverses ?? undefined,
      reasonCode: row.reason_code,
      note: row.note ?? undefined,
      evidence: row.evidence ?? undefined,
      proposedBy: { personId: row.proposed_by, name: row.proposer },
      expiresAt: row.expires_at,
    }
  );
}

type Row = {
  proposal_id: string;
  kind: ProposalKind;
  state: ProposalState;
  exception_id: string | null;
  hold_id: string | null;
  reverses: string | null;
  reason_code: string;
  note: string | null;
  evidence: string | null;
  proposed_by: string;
  proposer: string;
  expires_at: Date;
};
