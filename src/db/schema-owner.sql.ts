import type { Sql } from './client.ts';

/** Who owns the schema of the tables; undefined where there is none. */
export async function schemaOwner(sql: Sql): Promise<string | undefined> {
  const [row] = await sql<{ owner: string }[]>`
    select pg_get_userbyid(nspowner) as owner from pg_namespace where nspname = 'tieout'`;
  return row?.owner;
}
