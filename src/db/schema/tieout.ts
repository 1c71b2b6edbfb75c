import { customType, pgSchema, uuid } from 'drizzle-orm/pg-core';

/** Every table lives here, so that a shared database keeps its own `public`. */
export const tieout = pgSchema('tieout');

/** The tenant: first in every key, compared by row-level security, and the distribution column when one Postgres is no longer enough. */
export const workspaceId = () => uuid('workspace_id').notNull();

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
