import type { Tx } from '../../db/tx.ts';

/**
 * Takes many requests for answering, and returns those taken now. The others were taken before; one that is being answered
 * at this moment is waited for.
 */
export async function takeRequests(
  tx: Tx,
  { workspaceId, requestKeys }: { workspaceId: string; requestKeys: readonly string[] },
): Promise<Set<string>> {
  const rows = await tx<{ request_key: string }[]>`
    insert into inbox (workspace_id, request_key, outcome)
    select ${workspaceId}, k.request_key, '{}'::jsonb
    from unnest(${requestKeys as string[]}::text[]) as k (request_key)
    order by k.request_key
    on conflict do nothing
    returning request_key`;
  return new Set(rows.map((row) => row.request_key));
}
