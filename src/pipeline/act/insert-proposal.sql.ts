import type { BookingTerms } from '../../core/adjust.ts';
import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';

/** The proposal stands from now on; `seq` is the event that made it. */
export async function insertProposal(
  tx: Tx,
  made: {
    workspaceId: string;
    exceptionId: string;
    personId: string;
    terms: BookingTerms;
    code: string;
    currency: string;
    note: string | undefined;
    evidence: string | undefined;
    now: Date;
    expiresAt: Date;
    seq: bigint;
  },
): Promise<void> {
  const { terms } = made;
  await tx`
    insert into proposal (workspace_id, proposal_id, kind, exception_id, code, reason_code, note, evidence, amount_minor,
      currency, original_period, proposed_by, proposed_at, expires_at, made_seq)
    values (${made.workspaceId}, ${newId()}, ${terms.books}, ${made.exceptionId}, ${made.code}, ${terms.reasonCode},
      ${made.note ?? null}, ${made.evidence ?? null}, ${terms.amountMinor.toString()}::bigint, ${made.currency},
      ${terms.originalPeriod}, ${made.personId}, ${made.now.toISOString()}::timestamptz,
      ${made.expiresAt.toISOString()}::timestamptz, ${made.seq.toString()}::bigint)`;
}
