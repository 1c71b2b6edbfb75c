import type { Tx } from '../../db/tx.ts';

export type ItemDecision = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  readonly outcome: 'assign' | 'rule_change';
  readonly personId: string;
  readonly assignedTo: string | undefined;
  readonly note: string | undefined;
  readonly now: Date;
};

/** Keeps what the meeting decided about an exception. Throws when it is on no agenda any more, which takes the act back. */
export async function decideItem(tx: Tx, decision: ItemDecision): Promise<void> {
  const { workspaceId, exceptionId, outcome, personId, assignedTo, note, now } = decision;
  const { count } = await tx`
    update triage_item
    set outcome = ${outcome}, decided_at = ${now.toISOString()}::timestamptz, decided_by = ${personId},
        assigned_to = ${assignedTo ?? null}::uuid, note = ${note ?? null}
    where workspace_id = ${workspaceId} and exception_id = ${exceptionId} and outcome is null`;
  if (count !== 1) throw new Error(`exception ${exceptionId} left the agenda while it was decided`);
}
