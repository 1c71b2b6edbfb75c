import { z } from 'zod';
import type { Sql } from './client.ts';

const sessionRow = z.object({
  user: z.string(),
  via: z.string(),
  is_superuser: z.boolean(),
  bypasses_rls: z.boolean(),
  creates_roles: z.boolean(),
  owns_schema: z.boolean(),
  synchronous_commit: z.string(),
  server_version: z.string(),
  server_version_num: z.coerce.number(),
});

export type SessionRow = z.infer<typeof sessionRow>;

/** One row for the current and (when another) the session's user: what PostgreSQL would let each of them do. */
export async function readSession(sql: Sql): Promise<SessionRow[]> {
  const rows = await sql`
    with identity(rolname, via) as (
      select current_user::text, 'current_user'
      union all
      select session_user::text, 'session_user' where session_user <> current_user
    )
    select
      identity.rolname as user,
      identity.via,
      r.rolsuper as is_superuser,
      r.rolbypassrls as bypasses_rls,
      r.rolcreaterole as creates_roles,
      coalesce((
        select pg_has_role(identity.rolname, o.oid, 'member')
        from pg_roles o
        where o.rolname = 'tieout_owner'
      ), false)
        or exists (
          select from pg_namespace n
          where n.nspname = 'tieout' and pg_has_role(identity.rolname, n.nspowner, 'member')
        )
        or exists (
          select from pg_class c
          join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'tieout' and pg_has_role(identity.rolname, c.relowner, 'member')
        ) as owns_schema,
      current_setting('synchronous_commit') as synchronous_commit,
      current_setting('server_version') as server_version,
      current_setting('server_version_num') as server_version_num
    from identity
    join pg_roles r on r.rolname = identity.rolname
    order by identity.via
  `;
  return rows.map((row) => sessionRow.parse(row));
}
