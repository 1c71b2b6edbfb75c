import { sql } from 'drizzle-orm';
import { check, foreignKey, integer, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { delivery, feed, quarantinedRow } from './record.ts';
import { bytea, tieout, workspaceId } from './tieout.ts';

/** A quarantined row that needs nobody any more. The row itself is never changed. */
export const settledRow = tieout.table(
  'settled_row',
  {
    workspaceId: workspaceId(),
    deliveryId: uuid('delivery_id').notNull(),
    line: integer('line').notNull(),
    how: text('how').notNull(),
    settledAt: timestamp('settled_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'settled_row_pk', columns: [t.workspaceId, t.deliveryId, t.line] }),
    foreignKey({
      name: 'settled_row_row_fk',
      columns: [t.workspaceId, t.deliveryId, t.line],
      foreignColumns: [quarantinedRow.workspaceId, quarantinedRow.deliveryId, quarantinedRow.line],
    }),
    check('settled_row_how_check', sql`${t.how} in ('replayed', 'redelivered', 'superseded')`),
  ],
);

/** The bytes of a delivery that is not taken yet, packed, in parts; gone once it is. */
export const keptPart = tieout.table(
  'kept_part',
  {
    workspaceId: workspaceId(),
    deliveryId: uuid('delivery_id').notNull(),
    part: integer('part').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [
    primaryKey({ name: 'kept_part_pk', columns: [t.workspaceId, t.deliveryId, t.part] }),
    foreignKey({
      name: 'kept_part_delivery_fk',
      columns: [t.workspaceId, t.deliveryId],
      foreignColumns: [delivery.workspaceId, delivery.deliveryId],
    }),
  ],
);

/** While a delivery of the feed waits: keys that later deliveries brought without a change. They are newer than what waits. */
export const seenRow = tieout.table(
  'seen_row',
  {
    workspaceId: workspaceId(),
    feedId: uuid('feed_id').notNull(),
    sourceRef: text('source_ref').notNull(),
    orderedAt: timestamp('ordered_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'seen_row_pk', columns: [t.workspaceId, t.feedId, t.sourceRef] }),
    foreignKey({
      name: 'seen_row_feed_fk',
      columns: [t.workspaceId, t.feedId],
      foreignColumns: [feed.workspaceId, feed.feedId],
    }),
  ],
);

/** What a source took back before it brought it: an older revision that comes later does not stand. */
export const removedKey = tieout.table(
  'removed_key',
  {
    workspaceId: workspaceId(),
    feedId: uuid('feed_id').notNull(),
    sourceRef: text('source_ref').notNull(),
    revision: text('revision').notNull(),
  },
  (t) => [
    primaryKey({ name: 'removed_key_pk', columns: [t.workspaceId, t.feedId, t.sourceRef] }),
    foreignKey({
      name: 'removed_key_feed_fk',
      columns: [t.workspaceId, t.feedId],
      foreignColumns: [feed.workspaceId, feed.feedId],
    }),
  ],
);
