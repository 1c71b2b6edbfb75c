import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  char,
  check,
  foreignKey,
  index,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { exception } from './exception.ts';
import { hold } from './hold.ts';
import { currency } from './record.ts';
import { tieout, workspaceId } from './tieout.ts';
import { person, workspace } from './workspace.ts';

/** What one person proposes and another decides. What it says never changes; it is decided once. */
export const proposal = tieout.table(
  'proposal',
  {
    workspaceId: workspaceId(),
    proposalId: uuid('proposal_id').notNull(),
    kind: text('kind').notNull(),
    exceptionId: uuid('exception_id'),
    /** The resolution code an adjustment would settle its exception with. */
    code: text('code'),
    reasonCode: text('reason_code').notNull(),
    note: text('note'),
    evidence: text('evidence'),
    amountMinor: bigint('amount_minor', { mode: 'bigint' }),
    currency: char('currency', { length: 3 }),
    originalPeriod: char('original_period', { length: 7 }),
    /** The hold that would be released; the entry that would be taken back. */
    holdId: uuid('hold_id'),
    reverses: uuid('reverses'),
    proposedBy: uuid('proposed_by').notNull(),
    proposedAt: timestamp('proposed_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    madeSeq: bigint('made_seq', { mode: 'bigint' }).notNull(),
    state: text('state').notNull().default('open'),
    /** Null when the clock did. */
    decidedBy: uuid('decided_by'),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
    decidedSeq: bigint('decided_seq', { mode: 'bigint' }),
    decisionNote: text('decision_note'),
  },
  (t) => [
    primaryKey({ name: 'proposal_pk', columns: [t.workspaceId, t.proposalId] }),
    unique('proposal_made_seq_unique').on(t.workspaceId, t.madeSeq),
    uniqueIndex('proposal_open_unique')
      .on(t.workspaceId, t.exceptionId)
      .where(sql`${t.state} = 'open' and ${t.kind} in ('adjustment', 'write_off')`),
    uniqueIndex('proposal_hold_unique').on(t.workspaceId, t.holdId).where(sql`${t.state} = 'open'`),
    uniqueIndex('proposal_reverses_unique').on(t.workspaceId, t.reverses).where(sql`${t.state} = 'open'`),
    index('proposal_expires_idx').on(t.workspaceId, t.expiresAt).where(sql`${t.state} = 'open'`),
    foreignKey({
      name: 'proposal_exception_fk',
      columns: [t.workspaceId, t.exceptionId],
      foreignColumns: [exception.workspaceId, exception.exceptionId],
    }),
    foreignKey({
      name: 'proposal_proposed_by_fk',
      columns: [t.workspaceId, t.proposedBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    foreignKey({
      name: 'proposal_decided_by_fk',
      columns: [t.workspaceId, t.decidedBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    foreignKey({
      name: 'proposal_hold_fk',
      columns: [t.workspaceId, t.holdId],
      foreignColumns: [hold.workspaceId, hold.holdId],
    }),
    foreignKey({ name: 'proposal_currency_fk', columns: [t.currency], foreignColumns: [currency.code] }),
    check('proposal_state_check', sql`${t.state} in ('open', 'approved', 'rejected', 'withdrawn', 'lapsed')`),
    check('proposal_four_eyes_check', sql`${t.state} <> 'approved' or ${t.decidedBy} <> ${t.proposedBy}`),
    check('proposal_in_time_check', sql`${t.state} <> 'approved' or ${t.decidedAt} < ${t.expiresAt}`),
  ],
);

/** Which months take no entries any more: each by itself (`scope` is the month), and all up to one (`through`). */
export const period = tieout.table(
  'period',
  {
    workspaceId: workspaceId(),
    scope: text('scope').notNull(),
    period: char('period', { length: 7 }).notNull(),
    isClosed: boolean('is_closed').notNull(),
    /** Null when the configuration says so. */
    changedBy: uuid('changed_by'),
    reason: text('reason').notNull(),
    changedAt: timestamp('changed_at', { withTimezone: true }).notNull(),
    lastSeq: bigint('last_seq', { mode: 'bigint' }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'period_pk', columns: [t.workspaceId, t.scope] }),
    foreignKey({
      name: 'period_workspace_fk',
      columns: [t.workspaceId],
      foreignColumns: [workspace.workspaceId],
    }),
    foreignKey({
      name: 'period_changed_by_fk',
      columns: [t.workspaceId, t.changedBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
  ],
);

/** An entry for the ledger. It is never changed: a reversal is another entry. */
export const adjustment = tieout.table(
  'adjustment',
  {
    workspaceId: workspaceId(),
    adjustmentId: uuid('adjustment_id').notNull(),
    /** The event that applied it; people see `A-<number>`. */
    number: bigint('number', { mode: 'bigint' }).notNull(),
    kind: text('kind').notNull(),
    exceptionId: uuid('exception_id').notNull(),
    proposalId: uuid('proposal_id'),
    reverses: uuid('reverses'),
    code: text('code').notNull(),
    reasonCode: text('reason_code').notNull(),
    note: text('note'),
    evidence: text('evidence'),
    amountMinor: bigint('amount_minor', { mode: 'bigint' }).notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    /** The month it belongs to. */
    originalPeriod: char('original_period', { length: 7 }).notNull(),
    /** The month whose ledger has it. */
    bookedPeriod: char('booked_period', { length: 7 }).notNull(),
    client: text('client'),
    orderRef: text('order_ref'),
    payee: text('payee'),
    direction: text('direction'),
    madeBy: uuid('made_by').notNull(),
    /** Null when it was within the limit of whoever made it. */
    approvedBy: uuid('approved_by'),
    limitMinor: bigint('limit_minor', { mode: 'bigint' }),
    appliedAt: timestamp('applied_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'adjustment_pk', columns: [t.workspaceId, t.adjustmentId] }),
    unique('adjustment_number_unique').on(t.workspaceId, t.number),
    unique('adjustment_proposal_unique').on(t.workspaceId, t.proposalId),
    unique('adjustment_reverses_unique').on(t.workspaceId, t.reverses),
    index('adjustment_exception_idx').on(t.workspaceId, t.exceptionId),
    foreignKey({
      name: 'adjustment_exception_fk',
      columns: [t.workspaceId, t.exceptionId],
      foreignColumns: [exception.workspaceId, exception.exceptionId],
    }),
    foreignKey({
      name: 'adjustment_proposal_fk',
      columns: [t.workspaceId, t.proposalId],
      foreignColumns: [proposal.workspaceId, proposal.proposalId],
    }),
    foreignKey({
      name: 'adjustment_reverses_fk',
      columns: [t.workspaceId, t.reverses],
      foreignColumns: [t.workspaceId, t.adjustmentId],
    }),
    foreignKey({ name: 'adjustment_currency_fk', columns: [t.currency], foreignColumns: [currency.code] }),
    check('adjustment_kind_check', sql`${t.kind} in ('adjustment', 'write_off', 'reversal')`),
  ],
);
