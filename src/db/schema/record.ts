import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  char,
  check,
  date,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, tieout, workspaceId } from './tieout.ts';
import { workspace } from './workspace.ts';

/** ISO 4217 codes and exponents; shared by all workspaces, so it carries no tenant. */
export const currency = tieout.table(
  'currency',
  { code: char('code', { length: 3 }).notNull(), exponent: integer('exponent').notNull() },
  (t) => [primaryKey({ name: 'currency_pk', columns: [t.code] })],
);

export const feed = tieout.table(
  'feed',
  {
    workspaceId: workspaceId(),
    feedId: uuid('feed_id').notNull(),
    key: text('key').notNull(),
    source: text('source').notNull(),
    /** The contract version rows are read by. */
    contractVersion: integer('contract_version').notNull(),
    /** A person wants deliveries with a breaking change held, whatever the contract's policy. */
    holdsDrift: boolean('holds_drift').notNull().default(false),
  },
  (t) => [
    primaryKey({ name: 'feed_pk', columns: [t.workspaceId, t.feedId] }),
    unique('feed_key_unique').on(t.workspaceId, t.key),
    foreignKey({
      name: 'feed_workspace_fk',
      columns: [t.workspaceId],
      foreignColumns: [workspace.workspaceId],
    }),
  ],
);

export const contractVersion = tieout.table(
  'contract_version',
  {
    workspaceId: workspaceId(),
    feedId: uuid('feed_id').notNull(),
    version: integer('version').notNull(),
    sha256: text('sha256').notNull(),
    body: json('body').notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'contract_version_pk', columns: [t.workspaceId, t.feedId, t.version] }),
    unique('contract_version_sha256_unique').on(t.workspaceId, t.feedId, t.sha256),
    foreignKey({
      name: 'contract_version_feed_fk',
      columns: [t.workspaceId, t.feedId],
      foreignColumns: [feed.workspaceId, feed.feedId],
    }),
  ],
);

export const delivery = tieout.table(
  'delivery',
  {
    workspaceId: workspaceId(),
    deliveryId: uuid('delivery_id').notNull(),
    feedId: uuid('feed_id').notNull(),
    contractVersion: integer('contract_version').notNull(),
    /** sha256 of the delivered bytes; the same bytes are the same delivery. */
    checksum: text('checksum').notNull(),
    name: text('name').notNull(),
    bytes: bigint('bytes', { mode: 'bigint' }).notNull(),
    /**
     * `accepted`: its rows are records. `quarantined`: nothing of it could be read, and `problem` says why. `held`: it waits for a person,
     * who makes it `released` (to be taken next) or `rejected`.
     */
    status: text('status').notNull(),
    problem: text('problem'),
    rowsRead: integer('rows_read').notNull(),
    rowsNew: integer('rows_new').notNull(),
    rowsChanged: integer('rows_changed').notNull(),
    rowsUnchanged: integer('rows_unchanged').notNull(),
    rowsQuarantined: integer('rows_quarantined').notNull(),
    /** Rows the contract's `where` says belong to another feed. */
    rowsSkipped: integer('rows_skipped').notNull(),
    /** Sum of accepted amounts per currency, minor units as text: `{"USD":"123456"}`. */
    amounts: jsonb('amounts').notNull(),
    /** What was noticed and does not stop the delivery: columns the contract does not know. */
    warnings: jsonb('warnings').notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
    version: integer('version').notNull().default(1),
    /** Its place among the feed's deliveries: when these bytes came first. */
    orderedAt: timestamp('ordered_at', { withTimezone: true }),
    /** Rows read and not taken, because the delivery waits or was rejected. */
    rowsHeld: integer('rows_held').notNull().default(0),
    recordsRemoved: integer('records_removed').notNull().default(0),
    /** How its bytes were read, so that they can be read again. */
    manner: jsonb('manner'),
    /** Its columns with their kinds and blanks, from a sample of its rows. */
    observed: jsonb('observed'),
    /** What of it differs from the contract or from the deliveries before. */
    findings: jsonb('findings').notNull().default([]),
    streamVersion: bigint('stream_version', { mode: 'bigint' }),
    decidedBy: uuid('decided_by'),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
    reasonCode: text('reason_code'),
    note: text('note'),
  },
  (t) => [
    primaryKey({ name: 'delivery_pk', columns: [t.workspaceId, t.deliveryId] }),
    unique('delivery_checksum_unique').on(t.workspaceId, t.feedId, t.contractVersion, t.checksum),
    foreignKey({
      name: 'delivery_feed_fk',
      columns: [t.workspaceId, t.feedId],
      foreignColumns: [feed.workspaceId, feed.feedId],
    }),
    index('delivery_recent_idx').on(t.workspaceId, t.feedId, t.receivedAt.desc()),
    index('delivery_undecided_idx')
      .on(t.workspaceId, t.feedId)
      .where(sql`${t.status} in ('held', 'released')`),
    check(
      'delivery_status_check',
      sql`${t.status} in ('accepted', 'quarantined', 'held', 'released', 'rejected')`,
    ),
    check(
      'delivery_problem_check',
      sql`${t.status} not in ('accepted', 'quarantined') or (${t.status} = 'quarantined') = (${t.problem} is not null)`,
    ),
    check('delivery_held_check', sql`${t.rowsHeld} = 0 or ${t.status} in ('held', 'released', 'rejected')`),
    check(
      'delivery_decision_check',
      sql`(${t.decidedAt} is null) = (${t.reasonCode} is null) and (${t.status} not in ('released', 'rejected') or ${t.decidedAt} is not null)`,
    ),
    check('delivery_version_check', sql`${t.version} >= 1`),
    check(
      'delivery_control_total_check',
      sql`${t.rowsRead} = ${t.rowsNew} + ${t.rowsChanged} + ${t.rowsUnchanged} + ${t.rowsQuarantined} + ${t.rowsSkipped} + ${t.rowsHeld}`,
    ),
  ],
);

export const quarantinedRow = tieout.table(
  'quarantined_row',
  {
    workspaceId: workspaceId(),
    deliveryId: uuid('delivery_id').notNull(),
    /** Line of the file the row starts on, counted from 1; 0 when the whole delivery is meant. */
    line: integer('line').notNull(),
    reason: text('reason').notNull(),
    field: text('field'),
    detail: text('detail').notNull(),
    /** The row's bytes as they came. */
    raw: bytea('raw').notNull(),
    /** The row's key, where it could be read: a later delivery of that key corrects it. */
    sourceRef: text('source_ref'),
    /** The row's revision, with its key; an older one corrects nothing. */
    revision: text('revision'),
  },
  (t) => [
    primaryKey({ name: 'quarantined_row_pk', columns: [t.workspaceId, t.deliveryId, t.line] }),
    index('quarantined_row_source_ref_idx')
      .on(t.workspaceId, t.sourceRef)
      .where(sql`${t.sourceRef} is not null`),
    foreignKey({
      name: 'quarantined_row_delivery_fk',
      columns: [t.workspaceId, t.deliveryId],
      foreignColumns: [delivery.workspaceId, delivery.deliveryId],
    }),
  ],
);

const recordColumns = {
  workspaceId: workspaceId(),
  recordId: uuid('record_id').notNull(),
  version: integer('version').notNull(),
  contentHash: bytea('content_hash').notNull(),
  /** Sorts versions of one record when the feed declares a revision; '' otherwise. */
  revision: text('revision').notNull(),
  /** Null, with its currency, where the record has no amount: a lead, a task without a fee. */
  amountMinor: bigint('amount_minor', { mode: 'bigint' }),
  currency: char('currency', { length: 3 }),
  occurredOn: date('occurred_on', { mode: 'string' }).notNull(),
  client: text('client'),
  orderRef: text('order_ref'),
  /**
   * Every canonical field but the amount, each a text, as canonical JSON. Whoever looks into it casts: what only the application writes need not be parsed
   * for every new record.
   */
  fields: text('fields').notNull(),
  deliveryId: uuid('delivery_id').notNull(),
  line: integer('line').notNull(),
  /** Its source took it back: it takes no part in matching, and stays with all its versions. */
  isRemoved: boolean('is_removed').notNull().default(false),
};

/** The current version of each canonical line; its natural key is (feed, source_ref). */
export const record = tieout.table(
  'record',
  {
    ...recordColumns,
    feedId: uuid('feed_id').notNull(),
    sourceRef: text('source_ref').notNull(),
    /** What the source had delivered, of a record that a person edited. */
    editedFrom: bytea('edited_from'),
  },
  (t) => [
    // Every new record enters both: its id first, and no workspace before the feed's, are cheaper to find a place for.
    primaryKey({ name: 'record_pk', columns: [t.recordId, t.workspaceId] }),
    unique('record_source_ref_unique').on(t.feedId, t.sourceRef),
    index('record_order_ref_idx').on(t.workspaceId, t.orderRef).where(sql`${t.orderRef} <> ${t.sourceRef}`),
    check('record_version_check', sql`${t.version} >= 1`),
    check('record_amount_check', sql`(${t.amountMinor} is null) = (${t.currency} is null)`),
  ],
);

/** Versions that a later delivery superseded; with `record`, every version ever accepted. */
export const recordVersion = tieout.table(
  'record_version',
  {
    ...recordColumns,
    supersededAt: timestamp('superseded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ name: 'record_version_pk', columns: [t.workspaceId, t.recordId, t.version] })],
);

/** What a delivery made new, changed or took back, so that a run need not look for it; not of a feed's first, which is all of it. */
export const changedRecord = tieout.table(
  'changed_record',
  {
    workspaceId: workspaceId(),
    deliveryId: uuid('delivery_id').notNull(),
    recordId: uuid('record_id').notNull(),
  },
  (t) => [primaryKey({ name: 'changed_record_pk', columns: [t.workspaceId, t.deliveryId, t.recordId] })],
);
