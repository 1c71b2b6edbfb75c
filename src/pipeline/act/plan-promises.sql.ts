import type { Promised } from '../../core/sla-policy.ts';
import type { Tx } from '../../db/tx.ts';

export type PlannedPromise = {
  readonly exceptionId: string;
  readonly policyVersion: string;
  readonly promised: Promised;
};

/** Gives promises their steps; the first one's instant is when a sweep looks at it again. */
export async function planPromises(
  tx: Tx,
  workspaceId: string,
  planned: readonly PlannedPromise[],
): Promise<void> {
  const rows = planned.map(({ exceptionId, policyVersion, promised }) => ({
    exception_id: exceptionId,
    policy_version: policyVersion,
    claim_by_at: promised.claimBy?.toISOString() ?? null,
    steps: promised.steps,
    next_at: promised.steps[0]?.at.toISOString() ?? null,
  }));
  await tx`
    update promise p
    set policy_version = r.policy_version, claim_by_at = r.claim_by_at, steps = r.steps, next_at = r.next_at,
        finished_at = case when r.next_at is null then p.promised_at end
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r (
      exception_id uuid, policy_version text, claim_by_at timestamptz, steps jsonb, next_at timestamptz)
    where p.workspace_id = ${workspaceId} and p.exception_id = r.exception_id and p.is_current`;
}
