import type { DeliveryStatus } from '../../core/intake/decision.ts';
import type { Tx } from '../../db/tx.ts';

export type WrittenDecision = {
  readonly workspaceId: string;
  readonly deliveryId: string;
  readonly status: DeliveryStatus;
  readonly personId: string | undefined;
  readonly code: string;
  readonly note: string | undefined;
};

/** Writes a decision onto its delivery, which is locked. */
export async function writeDecision(tx: Tx, decision: WrittenDecision): Promise<void> {
  await tx`
    update delivery d
    set version = d.version + 1,
        status = ${decision.status},
        decided_by = ${decision.personId ?? null},
        decided_at = now(),
        reason_code = ${decision.code},
        note = ${decision.note ?? null}
    where d.workspace_id = ${decision.workspaceId} and d.delivery_id = ${decision.deliveryId}`;
}
