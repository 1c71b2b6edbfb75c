import { sql } from 'drizzle-orm';
import {
  bigint,
  char,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { tieout, workspaceId } from './tieout.ts';
import { person } from './workspace.ts';

/** The unit of human work. Every change of a row comes with the audit event that `last_seq` names. */
export const exception = tieout.table(
  'exception',
  {
    workspaceId: workspaceId(),
    exceptionId: uuid('exception_id').notNull(),
    number: integer('number').notNull(),
    reconciliationId: uuid('reconciliation_id').notNull(),
    /** `type:version:key`: the same difference found again is the same exception. */
    fingerprint: text('fingerprint').notNull(),
    /** Hash over the records it speaks of; a person's decision stands until it changes. */
    inputsHash: text('inputs_hash').notNull(),
    type: text('type').notNull(),
    reason: text('reason').notNull(),
    severity: text('severity').notNull(),
    status: text('status').notNull(),
    version: integer('version').notNull().default(1),
    level: integer('level').notNull().default(0),
    domain: text('domain').notNull(),
    teamId: uuid('team_id').notNull(),
    ownerId: uuid('owner_id'),
    claimedAt: timestamp('claimed_at', { withTimezone: true }),
    client: text('client'),
    orderRef: text('order_ref'),
    /** Who would be paid, where the spec says which field names them. */
    payee: text('payee'),
    /** What payout it holds while it is live, as its ownership row says; a blocking severity holds in any case. */
    holdKind: text('hold_kind'),
    expectedMinor: bigint('expected_minor', { mode: 'bigint' }),
    actualMinor: bigint('actual_minor', { mode: 'bigint' }),
    /** What could be lost or gained, never negative. */
    atStakeMinor: bigint('at_stake_minor', { mode: 'bigint' }).notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    /** Field-level differences: `[{field, expected, actual}]`, values as people read them. */
    findings: jsonb('findings').notNull(),
    /** The ownership row that decided: `{row, source, team, conditions}`. */
    routedBy: jsonb('routed_by').notNull(),
    sla: text('sla').notNull(),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull(),
    closedAt: timestamp('closed_at', { withTimezone: true }),
    resolutionCode: text('resolution_code'),
    resolutionMinor: bigint('resolution_minor', { mode: 'bigint' }),
    /** The day on which a waiting exception is taken up again. */
    waitUntilOn: date('wait_until_on'),
    /** Since when the promised time stands still; due is moved by that long when the wait ends. */
    duePausedAt: timestamp('due_paused_at', { withTimezone: true }),
    runId: uuid('run_id').notNull(),
    lastSeq: bigint('last_seq', { mode: 'bigint' }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'exception_pk', columns: [t.workspaceId, t.exceptionId] }),
    unique('exception_number_unique').on(t.workspaceId, t.number),
    unique('exception_last_seq_unique').on(t.workspaceId, t.lastSeq),
    uniqueIndex('exception_fingerprint_unique').on(t.workspaceId, t.reconciliationId, t.fingerprint),
    index('exception_order_ref_idx').on(t.workspaceId, t.orderRef),
    index('exception_opened_idx').on(t.workspaceId, t.teamId, t.type, t.openedAt),
    index('exception_due_idx')
      .on(t.workspaceId, t.dueAt)
      .where(sql`${t.status} not in ('resolved', 'cleared')`),
    // What a digest counts of its period, beside what is live.
    index('exception_closed_idx').on(t.workspaceId, t.closedAt).where(sql`${t.closedAt} is not null`),
    index('exception_claimed_idx').on(t.workspaceId, t.claimedAt).where(sql`${t.status} = 'claimed'`),
    index('exception_wait_idx').on(t.workspaceId, t.waitUntilOn).where(sql`${t.status} = 'waiting'`),
    check(
      'exception_status_check',
      sql`${t.status} in ('open', 'claimed', 'waiting', 'awaiting_approval', 'resolved', 'cleared')`,
    ),
    check(
      'exception_severity_check',
      sql`${t.severity} in ('auto_resolve', 'manual_review', 'block_payout')`,
    ),
    check(
      'exception_owner_check',
      sql`(${t.status} in ('claimed', 'waiting', 'awaiting_approval') and ${t.ownerId} is not null) or (${t.status} = 'open' and ${t.ownerId} is null) or ${t.status} in ('resolved', 'cleared')`,
    ),
    check('exception_claimed_at_check', sql`(${t.ownerId} is null) = (${t.claimedAt} is null)`),
    check(
      'exception_closed_check',
      sql`(${t.status} in ('resolved', 'cleared')) = (${t.closedAt} is not null)`,
    ),
    check('exception_resolution_check', sql`(${t.status} = 'resolved') = (${t.resolutionCode} is not null)`),
    check('exception_wait_check', sql`(${t.status} = 'waiting') = (${t.waitUntilOn} is not null)`),
    check('exception_due_paused_check', sql`${t.duePausedAt} is null or ${t.status} = 'waiting'`),
    check('exception_at_stake_check', sql`${t.atStakeMinor} >= 0`),
    check('exception_version_check', sql`${t.version} >= 1`),
    check('exception_level_check', sql`${t.level} >= 0`),
  ],
);

/** The records an exception speaks of, at the version it saw. */
export const exceptionMember = tieout.table(
  'exception_member',
  {
    workspaceId: workspaceId(),
    exceptionId: uuid('exception_id').notNull(),
    recordId: uuid('record_id').notNull(),
    side: text('side').notNull(),
    recordVersion: integer('record_version').notNull(),
  },
  (t) => [
    primaryKey({ name: 'exception_member_pk', columns: [t.workspaceId, t.exceptionId, t.recordId] }),
    index('exception_member_record_idx').on(t.workspaceId, t.recordId),
    check('exception_member_side_check', sql`${t.side} in ('expected', 'actual')`),
  ],
);

/** An offer to take an exception over. Its owner stays the owner until the offered person accepts. */
export const handOver = tieout.table(
  'hand_over',
  {
    workspaceId: workspaceId(),
    handOverId: uuid('hand_over_id').notNull(),
    exceptionId: uuid('exception_id').notNull(),
    /** The version that the offer made of the exception: what the buttons of its message carry. */
    exceptionVersion: integer('exception_version').notNull(),
    fromId: uuid('from_id').notNull(),
    toId: uuid('to_id').notNull(),
    note: text('note').notNull(),
    offeredAt: timestamp('offered_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    state: text('state').notNull().default('open'),
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'hand_over_pk', columns: [t.workspaceId, t.handOverId] }),
    unique('hand_over_version_unique').on(t.workspaceId, t.exceptionId, t.exceptionVersion),
    uniqueIndex('hand_over_open_unique').on(t.workspaceId, t.exceptionId).where(sql`${t.state} = 'open'`),
    index('hand_over_expires_idx').on(t.workspaceId, t.expiresAt).where(sql`${t.state} = 'open'`),
    foreignKey({
      name: 'hand_over_exception_fk',
      columns: [t.workspaceId, t.exceptionId],
      foreignColumns: [exception.workspaceId, exception.exceptionId],
    }),
    foreignKey({
      name: 'hand_over_from_fk',
      columns: [t.workspaceId, t.fromId],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    foreignKey({
      name: 'hand_over_to_fk',
      columns: [t.workspaceId, t.toId],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    check(
      'hand_over_state_check',
      sql`${t.state} in ('open', 'accepted', 'declined', 'lapsed', 'withdrawn')`,
    ),
    check('hand_over_ended_check', sql`(${t.state} = 'open') = (${t.endedAt} is null)`),
  ],
);
