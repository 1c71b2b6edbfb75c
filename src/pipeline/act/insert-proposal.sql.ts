import type { ProposalKind } from '../../core/proposal.ts';
import type { Tx } from '../../db/tx.ts';

export type NewProposal = {
  readonly workspaceId: string;
  readonly proposalId: string;
  readonly kind: ProposalKind;
  readonly exceptionId: string | undefined;
  readonly holdId?: string | undefined;
  readonly reverses?: string | undefined;
  /** The resolution code of the entry. */
  readonly code?: string | undefined;
  readonly reasonCode: string;
  readonly note: string | undefined;
  readonly evidence: string | undefined;
  readonly amount?: { readonly minor: bigint; readonly currency: string } | undefined;
  readonly originalPeriod?: string | undefined;
  readonly personId: string;
  readonly now: Date;
  readonly expiresAt: Date;
  /** The event that made it. */
  readonly seq: bigint;
};

/** The proposal stands from now on. */
export async function insertProposal(tx: Tx, made: NewProposal): Promise<void> {
  await tx`
    insert into proposal (workspace_id, proposal_id, kind, exception_id, hold_id, reverses, code, reason_code, note, evidence,
      amount_minor, currency, original_period, proposed_by, proposed_at, expires_at, made_seq)
    values (${made.workspaceId}, ${made.proposalId}, ${made.kind}, ${made.exceptionId ?? null}::uuid,
      ${made.holdId ?? null}::uuid, ${made.reverses ?? null}::uuid, ${made.code ?? null}, ${made.reasonCode},
      ${made.note ?? null}, ${made.evidence ?? null}, ${made.amount?.minor.toString() ?? null}::bigint,
      ${made.amount?.currency ?? null}, ${made.originalPeriod ?? null}, ${made.personId},
      ${made.now.toISOString()}::timestamptz, ${made.expiresAt.toISOString()}::timestamptz,
      ${made.seq.toString()}::bigint)`;
}
