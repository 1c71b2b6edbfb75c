import type { SpecDifference } from '../../core/spec-difference.ts';
import type { Tx } from '../../db/tx.ts';

export type NewRuleChange = {
  readonly workspaceId: string;
  readonly changeId: string;
  readonly reconciliationId: string;
  readonly from: number;
  readonly to: number;
  readonly personId: string;
  readonly reason: string;
  readonly difference: SpecDifference;
  readonly now: Date;
  readonly expiresAt: Date;
  readonly seq: bigint;
};

/** Keeps a proposed change; `seq` is the event that says so. */
export async function insertRuleChange(tx: Tx, change: NewRuleChange): Promise<void> {
  await tx`
    insert into rule_change (workspace_id, change_id, reconciliation_id, from_version, to_version, proposed_by, reason,
                             difference, proposed_at, expires_at, made_seq)
    values (${change.workspaceId}, ${change.changeId}, ${change.reconciliationId}, ${change.from}, ${change.to},
            ${change.personId}, ${change.reason}, ${JSON.stringify(change.difference)}::text::jsonb,
            ${change.now.toISOString()}::timestamptz, ${change.expiresAt.toISOString()}::timestamptz,
            ${change.seq.toString()}::bigint)`;
}
