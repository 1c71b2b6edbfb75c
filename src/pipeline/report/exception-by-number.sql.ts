import type { Tx } from '../../db/tx.ts';

/** The id of the exception that people call `EX-<number>`; undefined when there is none. */
export async function exceptionByNumber(
  tx: Tx,
  workspaceId: string,
  number: number,
): Promise<string | undefined> {
  const [row] = await tx<{ exception_id: string }[]>`
    select exception_id from exception where workspace_id = ${workspaceId} and number = ${number}`;
  return row?.exception_id;
}
