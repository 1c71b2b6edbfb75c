import type { Tx } from '../../db/tx.ts';

/** Every role that somebody has on the record, by the person's key. */
export const roleRows = (tx: Tx, workspaceId: string) => tx<{ key: string; role: string }[]>`
  select p.key, g.role
  from role_grant g
  join person p on p.workspace_id = g.workspace_id and p.person_id = g.person_id
  where g.workspace_id = ${workspaceId}
  order by p.key, g.role`;
