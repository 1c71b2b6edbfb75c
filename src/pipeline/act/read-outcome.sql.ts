import type { Tx } from '../../db/tx.ts';

/** How a request was answered before; whoever looks again at a refusal does so alone until the transaction ends. */
export async function readOutcome(
  tx: Tx,
  input: { workspaceId: string; requestKey: string },
): Promise<unknown> {
  const [row] = await tx<{ outcome: unknown }[]>`
    select outcome from inbox
    where workspace_id = ${input.workspaceId} and request_key = ${input.requestKey}
    for update`;
  return row?.outcome;
}
