import type { ApiKey } from '../../core/api-key.ts';
import type { Tx } from '../../db/tx.ts';
import { type ApiKeyRow, toApiKey } from './find-api-key.sql.ts';

/** Every key of the workspace, revoked ones too, by name and age. */
export async function listApiKeys(tx: Tx, workspaceId: string): Promise<ApiKey[]> {
  const rows = await tx<ApiKeyRow[]>`
    select k.api_key_id, k.name, k.scopes, k.created_at, k.expires_at, k.revoked_at, k.last_used_at
    from api_key k
    where k.workspace_id = ${workspaceId}
    order by k.name, k.created_at`;
  return rows.map(toApiKey);
}
