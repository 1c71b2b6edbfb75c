import type { Tx } from '../../db/tx.ts';

/**
 * Takes a Slack request for answering. True the first time; false when it was taken before, after waiting for a twin that
 * is being answered at this moment.
 */
export async function takeRequest(
  tx: Tx,
  input: { workspaceId: string; requestKey: string },
): Promise<boolean> {
  const rows = await tx`
    insert into inbox (workspace_id, request_key, outcome)
    values (${input.workspaceId}, ${input.requestKey}, '{}'::jsonb)
    on conflict do nothing
    returning request_key`;
  return rows.length === 1;
}
