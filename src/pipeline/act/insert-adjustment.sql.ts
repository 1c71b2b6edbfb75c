import type { Tx } from '../../db/tx.ts';

export type NewAdjustment = {
  readonly workspaceId: string;
  readonly adjustmentId: string;
  readonly number: bigint;
  readonly kind: 'adjustment' | 'write_off' | 'reversal';
  readonly exceptionId: string;
  readonly proposalId: string | undefined;
  readonly reverses: string | undefined;
  readonly code: string;
  readonly reasonCode: string;
  readonly note: string | undefined;
  readonly evidence: string | undefined;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly originalPeriod: string;
  readonly bookedPeriod: string;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly payee: string | undefined;
  readonly direction: 'over' | 'under' | undefined;
  readonly madeBy: string;
  readonly approvedBy: string | undefined;
  readonly limitMinor: bigint | undefined;
  readonly appliedAt: Date;
};

/** An entry for the ledger. The database refuses one that nobody was allowed to make. */
export async function insertAdjustment(tx: Tx, made: NewAdjustment): Promise<void> {
  await tx`
    insert into adjustment (workspace_id, adjustment_id, number, kind, exception_id, proposal_id, reverses, code,
      reason_code, note, evidence, amount_minor, currency, original_period, booked_period, client, order_ref, payee,
      direction, made_by, approved_by, limit_minor, applied_at)
    values (${made.workspaceId}, ${made.adjustmentId}, ${made.number.toString()}::bigint, ${made.kind}, ${made.exceptionId},
      ${made.proposalId ?? null}::uuid, ${made.reverses ?? null}::uuid, ${made.code}, ${made.reasonCode},
      ${made.note ?? null}, ${made.evidence ?? null}, ${made.amountMinor.toString()}::bigint, ${made.currency},
      ${made.originalPeriod}, ${made.bookedPeriod}, ${made.client ?? null}, ${made.orderRef ?? null},
      ${made.payee ?? null}, ${made.direction ?? null}, ${made.madeBy}, ${made.approvedBy ?? null}::uuid,
      ${made.limitMinor?.toString() ?? null}::bigint, ${made.appliedAt.toISOString()}::timestamptz)`;
}
