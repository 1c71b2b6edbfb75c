import type { Tx } from '../../db/tx.ts';

/** How a request was answered before. */
export async function readOutcome(
  tx: Tx,
  input: { workspaceId: string; requestKey: string },
): Promise<unknown> {
  const [row] = await tx<{ outcome: unknown }[]>`
    select outcome from inbox where workspace_id = ${input.workspaceId} and request_key = ${input.requestKey}`;
  return row?.outcome;
}
