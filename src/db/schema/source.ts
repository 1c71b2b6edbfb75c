import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { delivery, feed } from './record.ts';
import { bytea, tieout, workspaceId } from './tieout.ts';

/** How far a feed was pulled. The cursor moves in the transaction of the delivery, from the version that was read. */
export const sourceState = tieout.table(
  'source_state',
  {
    workspaceId: workspaceId(),
    feedId: uuid('feed_id').notNull(),
    version: bigint('version', { mode: 'bigint' }).notNull().default(sql`1`),
    /** What the next pull asks for begins here, less the look-back. */
    cursor: text('cursor'),
    /** Where a pull of several deliveries stands; null when the last one came to its end. */
    position: jsonb('position'),
    /** The last delivery's bytes and the name it got by them, so that a source that answers the same delivers nothing. */
    lastContent: text('last_content'),
    lastIdentity: text('last_identity'),
    pulledAt: timestamp('pulled_at', { withTimezone: true }),
    failures: integer('failures').notNull().default(0),
    problemCode: text('problem_code'),
    problem: text('problem'),
    failedAt: timestamp('failed_at', { withTimezone: true }),
    retryAt: timestamp('retry_at', { withTimezone: true }),
    refreshTokenSealed: text('refresh_token_sealed'),
    /** The hash of the configured token that the kept one descends from: another configured one starts anew. */
    refreshTokenSeed: text('refresh_token_seed'),
  },
  (t) => [
    primaryKey({ name: 'source_state_pk', columns: [t.workspaceId, t.feedId] }),
    foreignKey({
      name: 'source_state_feed_fk',
      columns: [t.workspaceId, t.feedId],
      foreignColumns: [feed.workspaceId, feed.feedId],
    }),
    check(
      'source_state_problem_check',
      sql`(${t.problem} is null) = (${t.problemCode} is null) and (${t.problem} is null) = (${t.failedAt} is null)`,
    ),
    check(
      'source_state_token_check',
      sql`(${t.refreshTokenSealed} is null) = (${t.refreshTokenSeed} is null)`,
    ),
  ],
);

/** What was pushed to a feed, as it came: stored before it is answered, made records in batches. */
export const webhookEvent = tieout.table(
  'webhook_event',
  {
    workspaceId: workspaceId(),
    feedId: uuid('feed_id').notNull(),
    /** The provider's name of it: the same one again has no second effect. */
    eventId: text('event_id').notNull(),
    bodySha256: text('body_sha256').notNull(),
    body: bytea('body').notNull(),
    eventType: text('event_type'),
    /** `stored`: waits. `taken`: became part of a delivery, or of a pull. `parked`: of a type that the feed does not want. */
    status: text('status').notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull().default(sql`clock_timestamp()`),
    deliveryId: uuid('delivery_id'),
  },
  (t) => [
    primaryKey({ name: 'webhook_event_pk', columns: [t.workspaceId, t.feedId, t.eventId] }),
    foreignKey({
      name: 'webhook_event_feed_fk',
      columns: [t.workspaceId, t.feedId],
      foreignColumns: [feed.workspaceId, feed.feedId],
    }),
    foreignKey({
      name: 'webhook_event_delivery_fk',
      columns: [t.workspaceId, t.deliveryId],
      foreignColumns: [delivery.workspaceId, delivery.deliveryId],
    }),
    index('webhook_event_stored_idx')
      .on(t.workspaceId, t.feedId, t.receivedAt, t.eventId)
      .where(sql`${t.status} = 'stored'`),
    check('webhook_event_status_check', sql`${t.status} in ('stored', 'taken', 'parked')`),
    check('webhook_event_taken_check', sql`${t.status} = 'taken' or ${t.deliveryId} is null`),
  ],
);
