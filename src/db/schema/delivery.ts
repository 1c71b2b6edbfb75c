import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { exception } from './exception.ts';
import { tieout, workspaceId } from './tieout.ts';

/**
 * Messages decided but not yet sent, written in the transaction that decided them. A row says what must be shown
 * (`wanted_revision`), not which text to post: the sender renders the state it finds.
 */
export const outbox = tieout.table(
  'outbox',
  {
    workspaceId: workspaceId(),
    outboxId: uuid('outbox_id').notNull(),
    /** `card`: the one message of an exception, `group`: of many. `reply`: a line in a thread. `notice`, `digest`: a message of its own. */
    kind: text('kind').notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    /** `team:<key>`, `person:<person id>` or a Slack channel id. */
    address: text('address').notNull(),
    exceptionId: uuid('exception_id'),
    /** What a reply or notice says, as data for its view; a card reads the exception instead. */
    payload: jsonb('payload'),
    wantedRevision: integer('wanted_revision').notNull().default(1),
    sentRevision: integer('sent_revision').notNull().default(0),
    status: text('status').notNull().default('pending'),
    attempts: integer('attempts').notNull().default(0),
    firstAttemptAt: timestamp('first_attempt_at', { withTimezone: true }),
    lastAttemptAt: timestamp('last_attempt_at', { withTimezone: true }),
    nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true }).notNull().defaultNow(),
    leaseUntil: timestamp('lease_until', { withTimezone: true }),
    leaseToken: uuid('lease_token'),
    lastError: text('last_error'),
    /** Where the last attempt was to post: there a look-up looks, whatever the lane's place is by then. For a line its channel, and its thread. */
    triedPlace: text('tried_place'),
    triedThreadTs: text('tried_thread_ts'),
    /** Until then a call whose outcome nobody learnt may still take effect in Slack. */
    settlesAt: timestamp('settles_at', { withTimezone: true }),
    channelId: text('channel_id'),
    ts: text('ts'),
    /** The card must not stay where it stands: it is posted at its lane's place, and a pointer is left behind. */
    isLeaving: boolean('is_leaving').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'outbox_pk', columns: [t.workspaceId, t.outboxId] }),
    unique('outbox_dedupe_key_unique').on(t.workspaceId, t.dedupeKey),
    index('outbox_due_idx')
      .on(t.workspaceId, t.address, t.createdAt)
      .where(sql`${t.status} in ('pending', 'sending')`),
    // What was given up is few and looked for often, by whoever asks how things stand.
    index('outbox_dead_idx').on(t.workspaceId, t.createdAt).where(sql`${t.status} = 'dead'`),
    index('outbox_exception_idx').on(t.workspaceId, t.exceptionId),
    // From a message in Slack to what it shows.
    index('outbox_place_idx').on(t.workspaceId, t.channelId, t.ts).where(sql`${t.ts} is not null`),
    foreignKey({
      name: 'outbox_exception_fk',
      columns: [t.workspaceId, t.exceptionId],
      foreignColumns: [exception.workspaceId, exception.exceptionId],
    }),
    check('outbox_kind_check', sql`${t.kind} in ('card', 'group', 'reply', 'notice', 'digest')`),
    check('outbox_status_check', sql`${t.status} in ('pending', 'sending', 'sent', 'dead')`),
    check(
      'outbox_sent_check',
      sql`${t.status} <> 'sent' or (${t.ts} is not null and ${t.channelId} is not null)`,
    ),
    check('outbox_lease_check', sql`(${t.leaseToken} is null) = (${t.leaseUntil} is null)`),
  ],
);

/**
 * One lane per address keeps Slack's pace: one message in flight, the next not before `next_at`.
 *
 * A lane with a `reason` (core/place.ts) is in trouble: its own channel takes no messages. They go to `stand_in` meanwhile, or wait when
 * there is none, and the channel is tried again at `probe_at`.
 */
export const lane = tieout.table(
  'lane',
  {
    workspaceId: workspaceId(),
    address: text('address').notNull(),
    nextAt: timestamp('next_at', { withTimezone: true }).notNull().defaultNow(),
    leaseUntil: timestamp('lease_until', { withTimezone: true }),
    leaseToken: uuid('lease_token'),
    reason: text('reason'),
    troubledAt: timestamp('troubled_at', { withTimezone: true }),
    /** A channel by name or id, `person:<person id>`, or the lane's own address when it is being tried. */
    standIn: text('stand_in'),
    probeAt: timestamp('probe_at', { withTimezone: true }),
    probes: integer('probes').notNull().default(0),
    /** When its channel is next looked through for cards that somebody deleted, and from which message back. */
    patrolAt: timestamp('patrol_at', { withTimezone: true })
      .notNull()
      .default(sql`now() + interval '1 minute'`),
    patrolBefore: text('patrol_before'),
  },
  (t) => [
    primaryKey({ name: 'lane_pk', columns: [t.workspaceId, t.address] }),
    check('lane_lease_check', sql`(${t.leaseToken} is null) = (${t.leaseUntil} is null)`),
    check(
      'lane_trouble_check',
      sql`(${t.reason} is null) = (${t.troubledAt} is null) and (${t.reason} is null) = (${t.probeAt} is null) and (${t.reason} is not null or ${t.standIn} is null)`,
    ),
  ],
);

/**
 * What stands in Slack where a card stood before it went elsewhere: a pointer to the new place, or, while it cannot be
 * changed (`is_card`), still the card. Coming back to that channel, the card takes the same message again.
 */
export const remnant = tieout.table(
  'remnant',
  {
    workspaceId: workspaceId(),
    outboxId: uuid('outbox_id').notNull(),
    channelId: text('channel_id').notNull(),
    ts: text('ts').notNull(),
    isCard: boolean('is_card').notNull(),
    leftAt: timestamp('left_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'remnant_pk', columns: [t.workspaceId, t.outboxId, t.channelId] }),
    foreignKey({
      name: 'remnant_outbox_fk',
      columns: [t.workspaceId, t.outboxId],
      foreignColumns: [outbox.workspaceId, outbox.outboxId],
    }),
  ],
);

/** Requests already answered: the same one again has no second effect. Forgotten after 90 days. */
export const inbox = tieout.table(
  'inbox',
  {
    workspaceId: workspaceId(),
    requestKey: text('request_key').notNull(),
    outcome: jsonb('outcome').notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'inbox_pk', columns: [t.workspaceId, t.requestKey] }),
    index('inbox_received_idx').on(t.workspaceId, t.receivedAt),
  ],
);

/** What is due is decided here, not by the clock that wakes us. */
export const scheduleWatermark = tieout.table(
  'schedule_watermark',
  {
    workspaceId: workspaceId(),
    scheduleKey: text('schedule_key').notNull(),
    /** The latest slot that was completed. */
    completedSlotAt: timestamp('completed_slot_at', { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ name: 'schedule_watermark_pk', columns: [t.workspaceId, t.scheduleKey] })],
);
