import type { Tx } from '../../db/tx.ts';

/** Two records may be paired again. */
export async function liftNever(
  tx: Tx,
  input: { workspaceId: string; neverPairIds: readonly string[]; personId: string; now: Date },
): Promise<void> {
  await tx`
    update never_pair set lifted_at = ${input.now.toISOString()}::timestamptz, lifted_by = ${input.personId}
    where workspace_id = ${input.workspaceId} and never_pair_id = any(${input.neverPairIds as string[]}::uuid[])`;
}
