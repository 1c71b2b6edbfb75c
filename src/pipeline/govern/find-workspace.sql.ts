import type { Sql } from '../../db/client.ts';
import type { Tx } from '../../db/tx.ts';

/** The workspace's id by its name; undefined when there is none. */
export async function findWorkspace(sql: Sql | Tx, name: string): Promise<string | undefined> {
  const [row] = await sql<{ workspaceId: string }[]>`
    select workspace_id as "workspaceId" from tieout.workspace where name = ${name}`;
  return row?.workspaceId;
}
