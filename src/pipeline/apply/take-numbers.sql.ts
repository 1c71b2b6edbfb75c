import type { Tx } from '../../db/tx.ts';

/** Takes `count` consecutive exception numbers and returns the first. */
export async function takeNumbers(tx: Tx, input: { workspaceId: string; count: number }): Promise<number> {
  const [row] = await tx<{ first: number }[]>`
    update workspace
    set next_exception_number = next_exception_number + ${input.count}::integer
    where workspace_id = ${input.workspaceId}
    returning next_exception_number - ${input.count}::integer as first`;
  if (!row) throw new Error(`workspace ${input.workspaceId} is gone`);
  return row.first;
}
