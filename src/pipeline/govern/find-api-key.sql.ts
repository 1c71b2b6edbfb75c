import type { ApiKey } from '../../core/api-key.ts';
import type { Tx } from '../../db/tx.ts';

export type ApiKeyRow = {
  api_key_id: string;
  name: string;
  scopes: string[];
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  last_used_at: Date | null;
};

export const toApiKey = (row: ApiKeyRow): ApiKey => ({
  apiKeyId: row.api_key_id,
  name: row.name,
  scopes: row.scopes,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at ?? undefined,
  lastUsedAt: row.last_used_at ?? undefined,
});

/** The key whose secret has this hash (sha256, hexadecimal); undefined when this workspace has none. */
export async function findApiKey(
  tx: Tx,
  { workspaceId, hash }: { workspaceId: string; hash: string },
): Promise<ApiKey | undefined> {
  const [row] = await tx<ApiKeyRow[]>`
    select k.api_key_id, k.name, k.scopes, k.created_at, k.expires_at, k.revoked_at, k.last_used_at
    from api_key k
    where k.workspace_id = ${workspaceId} and k.secret_hash = decode(${hash}, 'hex')`;
  return row && toApiKey(row);
}
