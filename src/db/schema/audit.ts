import { bigint, foreignKey, index, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { tieout, workspaceId } from './tieout.ts';
import { workspace } from './workspace.ts';

/** The audit trail: one gap-free hash chain per workspace, written only by `audit_append`. */
export const auditEvent = tieout.table(
  'audit_event',
  {
    workspaceId: workspaceId(),
    seq: bigint('seq', { mode: 'bigint' }).notNull(),
    /** The database's clock when appended, as hashed: `2026-11-22T19:21:07.123456Z`. */
    at: text('at').notNull(),
    action: text('action').notNull(),
    entity: text('entity').notNull(),
    entityId: uuid('entity_id').notNull(),
    /** The canonical bytes that were hashed (RFC 8785); the columns above are copies for indexes. */
    body: text('body').notNull(),
    prev: text('prev').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ name: 'audit_event_pk', columns: [t.workspaceId, t.seq] }),
    unique('audit_event_prev_unique').on(t.workspaceId, t.prev),
    index('audit_event_entity_idx').on(t.workspaceId, t.entityId, t.seq),
  ],
);

/** Last link of each chain; locked first by whoever appends, which is what makes the chain gap-free. */
export const auditHead = tieout.table(
  'audit_head',
  {
    workspaceId: workspaceId(),
    seq: bigint('seq', { mode: 'bigint' }).notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ name: 'audit_head_pk', columns: [t.workspaceId] }),
    foreignKey({
      name: 'audit_head_workspace_fk',
      columns: [t.workspaceId],
      foreignColumns: [workspace.workspaceId],
    }),
  ],
);

/** Copies of the head that left the database; what makes a cut tail visible. */
export const auditAnchor = tieout.table(
  'audit_anchor',
  {
    workspaceId: workspaceId(),
    seq: bigint('seq', { mode: 'bigint' }).notNull(),
    hash: text('hash').notNull(),
    place: text('place').notNull(),
    anchoredAt: timestamp('anchored_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ name: 'audit_anchor_pk', columns: [t.workspaceId, t.seq, t.place] })],
);
