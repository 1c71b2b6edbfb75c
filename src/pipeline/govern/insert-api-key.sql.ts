import type { ApiKey } from '../../core/api-key.ts';
import type { Tx } from '../../db/tx.ts';

/** Keeps a new key by the hash of its secret; false when an unrevoked one has that name. */
export async function insertApiKey(
  tx: Tx,
  workspaceId: string,
  { key, hash }: { key: Omit<ApiKey, 'revokedAt' | 'lastUsedAt'>; hash: string },
): Promise<boolean> {
  const rows = await tx`
    insert into api_key (workspace_id, api_key_id, name, secret_hash, scopes, created_at, expires_at)
    values (${workspaceId}, ${key.apiKeyId}, ${key.name}, decode(${hash}, 'hex'), ${key.scopes as string[]}::text[],
            ${key.createdAt.toISOString()}::timestamptz, ${key.expiresAt.toISOString()}::timestamptz)
    on conflict (workspace_id, name) where revoked_at is null do nothing
    returning api_key_id`;
  return rows.length === 1;
}
