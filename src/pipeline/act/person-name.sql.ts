import type { Tx } from '../../db/tx.ts';

/** What a person is called. Throws for an id that is nobody's: a bug of the caller. */
export async function personName(tx: Tx, workspaceId: string, personId: string): Promise<string> {
  const [row] = await tx<{ name: string }[]>`
    select name from person where workspace_id = ${workspaceId} and person_id = ${personId}`;
  if (!row) throw new Error(`there is no person ${personId}`);
  return row.name;
}
