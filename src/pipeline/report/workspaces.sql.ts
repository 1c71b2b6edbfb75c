import type { Sql } from '../../db/client.ts';

/** Every workspace of the database, by name: the only table that is readable without acting for one. */
export async function listWorkspaces(sql: Sql): Promise<{ workspaceId: string; name: string }[]> {
  return await sql<{ workspaceId: string; name: string }[]>`
    select workspace_id as "workspaceId", name from workspace order by name`;
}
