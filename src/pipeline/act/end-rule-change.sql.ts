import type { RuleChangeState } from '../../core/rule-change.ts';
import type { Tx } from '../../db/tx.ts';

/** The change is over, once; `seq` is the event that says so. The clock is nobody. */
export async function endRuleChange(
  tx: Tx,
  ended: {
    workspaceId: string;
    changeId: string;
    state: Exclude<RuleChangeState, 'pending'>;
    personId: string | undefined;
    note: string | undefined;
    now: Date;
    seq: bigint;
  },
): Promise<void> {
  const rows = await tx`
    update rule_change
    set state = ${ended.state}, decided_by = ${ended.personId ?? null}::uuid,
        decided_at = ${ended.now.toISOString()}::timestamptz, decided_seq = ${ended.seq.toString()}::bigint,
        decision_note = ${ended.note ?? null}
    where workspace_id = ${ended.workspaceId} and change_id = ${ended.changeId} and state = 'pending'
    returning change_id`;
  if (rows.length === 0) throw new Error(`rule change ${ended.changeId} was decided by somebody else`);
}
