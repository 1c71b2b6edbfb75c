import type { Seat } from '../../core/rule-change.ts';
import type { Tx } from '../../db/tx.ts';

export type NewRuleApproval = {
  readonly workspaceId: string;
  readonly changeId: string;
  readonly seat: Seat;
  readonly personId: string;
  readonly note: string | undefined;
  readonly now: Date;
  readonly seq: bigint;
};

/** Keeps that somebody agreed; the database refuses a seat or a person a second time. */
export async function insertRuleApproval(tx: Tx, approval: NewRuleApproval): Promise<void> {
  await tx`
    insert into rule_approval (workspace_id, change_id, seat, person_id, note, approved_at, seq)
    values (${approval.workspaceId}, ${approval.changeId}, ${approval.seat}, ${approval.personId},
            ${approval.note ?? null}, ${approval.now.toISOString()}::timestamptz, ${approval.seq.toString()}::bigint)`;
}
