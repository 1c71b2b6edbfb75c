import type { Tx } from '../tx.ts';

/** Those of these exceptions that no message of their own shows: they never had a card, or a group showed them. */
export async function wantingAPlace(
  tx: Tx,
  workspaceId: string,
  exceptionIds: readonly string[],
): Promise<Set<string>> {
  if (exceptionIds.length === 0) return new Set();
  const rows = await tx<{ exception_id: string }[]>`
    select w.exception_id
    from unnest(${exceptionIds as string[]}::uuid[]) as w (exception_id)
    where not exists (
      select from outbox o
      where o.workspace_id = ${workspaceId} and o.dedupe_key = 'card:' || w.exception_id
    )`;
  return new Set(rows.map((row) => row.exception_id));
}
