import type { Tx } from '../../db/tx.ts';

/** The number by which people know the exception; undefined when there is none with this id. */
export async function exceptionNumber(
  tx: Tx,
  workspaceId: string,
  exceptionId: string,
): Promise<number | undefined> {
  const [row] = await tx<{ number: number }[]>`
    select number from exception where workspace_id = ${workspaceId} and exception_id = ${exceptionId}`;
  return row?.number;
}
