import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, tieout, workspaceId } from './tieout.ts';
import { workspace } from './workspace.ts';

/** A key of the API: what a caller shows, kept as its hash. */
export const apiKey = tieout.table(
  'api_key',
  {
    workspaceId: workspaceId(),
    apiKeyId: uuid('api_key_id').notNull(),
    name: text('name').notNull(),
    secretHash: bytea('secret_hash').notNull(),
    scopes: text('scopes').array().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    /** Within a minute or so. */
    lastUsedAt: timestamp('last_used_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'api_key_pk', columns: [t.workspaceId, t.apiKeyId] }),
    unique('api_key_secret_hash_unique').on(t.workspaceId, t.secretHash),
    uniqueIndex('api_key_name_unique').on(t.workspaceId, t.name).where(sql`${t.revokedAt} is null`),
    foreignKey({
      name: 'api_key_workspace_fk',
      columns: [t.workspaceId],
      foreignColumns: [workspace.workspaceId],
    }),
    check('api_key_secret_hash_check', sql`octet_length(${t.secretHash}) = 32`),
    check('api_key_expires_check', sql`${t.expiresAt} > ${t.createdAt}`),
  ],
);
