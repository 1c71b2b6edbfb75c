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
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { auditEvent } from './audit.ts';
import { specVersion } from './match.ts';
import { tieout, workspaceId } from './tieout.ts';
import { person } from './workspace.ts';

/** A proposed change of one reconciliation. What it says never changes; it is decided once. */
export const ruleChange = tieout.table(
  'rule_change',
  {
    workspaceId: workspaceId(),
    changeId: uuid('change_id').notNull(),
    reconciliationId: uuid('reconciliation_id').notNull(),
    /** The version that was active when it was proposed, and the one that it would make active. */
    fromVersion: integer('from_version').notNull(),
    toVersion: integer('to_version').notNull(),
    state: text('state').notNull().default('pending'),
    proposedBy: uuid('proposed_by').notNull(),
    reason: text('reason').notNull(),
    /** What would change, in sentences and by place: what its approvers read. */
    difference: jsonb('difference').notNull(),
    proposedAt: timestamp('proposed_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    madeSeq: bigint('made_seq', { mode: 'bigint' }).notNull(),
    /** Null when the clock did. */
    decidedBy: uuid('decided_by'),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
    decidedSeq: bigint('decided_seq', { mode: 'bigint' }),
    decisionNote: text('decision_note'),
  },
  (t) => [
    primaryKey({ name: 'rule_change_pk', columns: [t.workspaceId, t.changeId] }),
    unique('rule_change_made_seq_unique').on(t.workspaceId, t.madeSeq),
    uniqueIndex('rule_change_pending_unique')
      .on(t.workspaceId, t.reconciliationId)
      .where(sql`${t.state} = 'pending'`),
    index('rule_change_expires_idx').on(t.workspaceId, t.expiresAt).where(sql`${t.state} = 'pending'`),
    foreignKey({
      name: 'rule_change_from_fk',
      columns: [t.workspaceId, t.reconciliationId, t.fromVersion],
      foreignColumns: [specVersion.workspaceId, specVersion.reconciliationId, specVersion.version],
    }),
    foreignKey({
      name: 'rule_change_to_fk',
      columns: [t.workspaceId, t.reconciliationId, t.toVersion],
      foreignColumns: [specVersion.workspaceId, specVersion.reconciliationId, specVersion.version],
    }),
    foreignKey({
      name: 'rule_change_proposed_by_fk',
      columns: [t.workspaceId, t.proposedBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    foreignKey({
      name: 'rule_change_decided_by_fk',
      columns: [t.workspaceId, t.decidedBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    foreignKey({
      name: 'rule_change_made_seq_fk',
      columns: [t.workspaceId, t.madeSeq],
      foreignColumns: [auditEvent.workspaceId, auditEvent.seq],
    }),
    foreignKey({
      name: 'rule_change_decided_seq_fk',
      columns: [t.workspaceId, t.decidedSeq],
      foreignColumns: [auditEvent.workspaceId, auditEvent.seq],
    }),
    check(
      'rule_change_state_check',
      sql`${t.state} in ('pending', 'activated', 'rejected', 'withdrawn', 'expired')`,
    ),
    check('rule_change_versions_check', sql`${t.fromVersion} <> ${t.toVersion}`),
    check(
      'rule_change_decided_check',
      sql`(${t.state} = 'pending') = (${t.decidedAt} is null) and (${t.state} = 'pending') = (${t.decidedSeq} is null)`,
    ),
    check(
      'rule_change_decider_check',
      sql`(${t.state} in ('pending', 'expired')) = (${t.decidedBy} is null)`,
    ),
    check(
      'rule_change_four_eyes_check',
      sql`${t.state} not in ('activated', 'rejected') or ${t.decidedBy} <> ${t.proposedBy}`,
    ),
    check('rule_change_withdrawn_check', sql`${t.state} <> 'withdrawn' or ${t.decidedBy} = ${t.proposedBy}`),
    check('rule_change_in_time_check', sql`${t.state} <> 'activated' or ${t.decidedAt} < ${t.expiresAt}`),
    check('rule_change_expires_check', sql`${t.expiresAt} > ${t.proposedAt}`),
  ],
);

/** One agreement to one change. Each seat is taken once, and nobody has two of them. */
export const ruleApproval = tieout.table(
  'rule_approval',
  {
    workspaceId: workspaceId(),
    changeId: uuid('change_id').notNull(),
    seat: text('seat').notNull(),
    personId: uuid('person_id').notNull(),
    note: text('note'),
    approvedAt: timestamp('approved_at', { withTimezone: true }).notNull(),
    seq: bigint('seq', { mode: 'bigint' }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'rule_approval_pk', columns: [t.workspaceId, t.changeId, t.seat] }),
    unique('rule_approval_person_unique').on(t.workspaceId, t.changeId, t.personId),
    foreignKey({
      name: 'rule_approval_change_fk',
      columns: [t.workspaceId, t.changeId],
      foreignColumns: [ruleChange.workspaceId, ruleChange.changeId],
    }),
    foreignKey({
      name: 'rule_approval_person_fk',
      columns: [t.workspaceId, t.personId],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    foreignKey({
      name: 'rule_approval_seq_fk',
      columns: [t.workspaceId, t.seq],
      foreignColumns: [auditEvent.workspaceId, auditEvent.seq],
    }),
    check('rule_approval_seat_check', sql`${t.seat} in ('data_owner', 'ops_lead', 'governance')`),
  ],
);
