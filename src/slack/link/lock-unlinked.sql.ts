import type { Tx } from '../../db/tx.ts';
import type { Unlinked } from './search-unlinked.sql.ts';

/** The active person with this key, locked until the transaction ends, if they have no Slack user. */
export async function lockUnlinked(tx: Tx, workspaceId: string, key: string): Promise<Unlinked | undefined> {
  const [row] = await tx<Unlinked[]>`
    select person_id as "personId", key, name
    from person
    where workspace_id = ${workspaceId} and key = ${key} and is_active and slack_user_id is null
    for update`;
  return row;
}
