import type { Tx } from '../../db/tx.ts';

/** Keeps how a request was answered, so that the same request again gets the same answer. */
export async function keepOutcome(
  tx: Tx,
  input: { workspaceId: string; requestKey: string; outcome: unknown },
): Promise<void> {
  await tx`
    update inbox
    set outcome = ${JSON.stringify(input.outcome)}::text::jsonb
    where workspace_id = ${input.workspaceId} and request_key = ${input.requestKey}`;
}
