import type { Proposal, ProposalState } from '../../core/adjust.ts';
import type { Booking } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';

/** The newest proposal to settle the exception, open or decided; undefined when there never was one. */
export async function newestProposal(
  tx: Tx,
  { workspaceId, exceptionId }: { workspaceId: string; exceptionId: string },
): Promise<Proposal | undefined> {
  const [row] = await tx<Row[]>`
    select p.proposal_id, p.kind, p.code, p.reason_code, p.note, p.evidence, p.amount_minor, p.currency,
           p.original_period, p.proposed_by, b.name as proposer, p.expires_at, p.state
    from proposal p
    join person b on b.workspace_id = p.workspace_id and b.person_id = p.proposed_by
    where p.workspace_id = ${workspaceId} and p.exception_id = ${exceptionId}
      and p.kind in ('adjustment', 'write_off')
    order by p.made_seq desc
    limit 1`;
  return (
    row && {
      proposalId: row.proposal_id,
      kind: row.kind,
      code: row.code,
      reasonCode: row.reason_code,
      note: row.note ?? undefined,
      evidence: row.evidence ?? undefined,
      amount: { minor: row.amount_minor, currency: row.currency },
      originalPeriod: row.original_period,
      proposedBy: { personId: row.proposed_by, name: row.proposer },
      expiresAt: row.expires_at,
      state: row.state,
    }
  );
}

type Row = {
  proposal_id: string;
  kind: Booking;
  code: string;
  reason_code: string;
  note: string | null;
  evidence: string | null;
  amount_minor: bigint;
  currency: string;
  original_period: string;
  proposed_by: string;
  proposer: string;
  expires_at: Date;
  state: ProposalState;
};
