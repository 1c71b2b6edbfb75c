import { createHash, randomBytes } from 'node:crypto';
import { type ApiKey, type ApiScope, writeKey } from '../../core/api-key.ts';
import type { AuditFact } from '../../core/audit.ts';
import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/new-id.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { insertApiKey } from './insert-api-key.sql.ts';
import { markRevoked } from './revoke-api-key.sql.ts';

/** A secret is 32 random bytes, so a plain hash is as good as a slow one. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

type Naming = { readonly workspaceId: string; readonly name: string; readonly now: Date };

/** A new key, and the one text that opens it, which is kept nowhere; undefined when an unrevoked key has that name. */
export async function createApiKey(
  sql: Sql,
  input: Naming & { readonly scopes: readonly ApiScope[]; readonly expiresAt: Date; readonly by: string },
): Promise<{ readonly key: Omit<ApiKey, 'revokedAt' | 'lastUsedAt'>; readonly text: string } | undefined> {
  const { workspaceId, name, scopes, now: createdAt, expiresAt, by } = input;
  const secret = randomBytes(32).toString('base64url');
  const key = { apiKeyId: newId(), name, scopes: [...new Set(scopes)].sort(), createdAt, expiresAt };
  const isNew = await inWorkspace(sql, workspaceId, async (tx) => {
    if (!(await insertApiKey(tx, workspaceId, { key, hash: hashOfSecret(secret) }))) return false;
    const data = { name, scopes: key.scopes, expires_at: expiresAt.toISOString(), by };
    await keep(tx, workspaceId, { action: 'api_key.created', entityId: key.apiKeyId, data });
    return true;
  });
  return isNew ? { key, text: writeKey({ workspaceId, secret }) } : undefined;
}

/** Takes a key away at once; false when no unrevoked key has that name. */
export const revokeApiKey = (sql: Sql, input: Naming & { readonly by: string }): Promise<boolean> =>
  inWorkspace(sql, input.workspaceId, async (tx) => {
    const apiKeyId = await markRevoked(tx, input);
    if (apiKeyId === undefined) return false;
    const data = { name: input.name, by: input.by };
    await keep(tx, input.workspaceId, { action: 'api_key.revoked', entityId: apiKeyId, data });
    return true;
  });

const keep = (
  tx: Tx,
  workspaceId: string,
  fact: Pick<AuditFact, 'action' | 'entityId' | 'data'>,
): Promise<bigint[]> =>
  appendAudit(tx, {
    workspaceId,
    facts: [{ ...fact, entity: 'api_key', actor: { kind: 'program', name: 'cli' } }],
  });
