import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  char,
  check,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { tieout, workspaceId } from './tieout.ts';
import { workspace } from './workspace.ts';

export const reconciliation = tieout.table(
  'reconciliation',
  {
    workspaceId: workspaceId(),
    reconciliationId: uuid('reconciliation_id').notNull(),
    key: text('key').notNull(),
    /** The version that runs use; null until its first one is recorded. */
    activeVersion: integer('active_version'),
  },
  (t) => [
    primaryKey({ name: 'reconciliation_pk', columns: [t.workspaceId, t.reconciliationId] }),
    unique('reconciliation_key_unique').on(t.workspaceId, t.key),
    foreignKey({
      name: 'reconciliation_workspace_fk',
      columns: [t.workspaceId],
      foreignColumns: [workspace.workspaceId],
    }),
  ],
);

export const specVersion = tieout.table(
  'spec_version',
  {
    workspaceId: workspaceId(),
    reconciliationId: uuid('reconciliation_id').notNull(),
    version: integer('version').notNull(),
    sha256: text('sha256').notNull(),
    body: json('body').notNull(),
    /** The file as it was written; null in rows of earlier releases. */
    fileText: text('file_text'),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'spec_version_pk', columns: [t.workspaceId, t.reconciliationId, t.version] }),
    unique('spec_version_sha256_unique').on(t.workspaceId, t.reconciliationId, t.sha256),
    foreignKey({
      name: 'spec_version_reconciliation_fk',
      columns: [t.workspaceId, t.reconciliationId],
      foreignColumns: [reconciliation.workspaceId, reconciliation.reconciliationId],
    }),
  ],
);

export const run = tieout.table(
  'run',
  {
    workspaceId: workspaceId(),
    runId: uuid('run_id').notNull(),
    reconciliationId: uuid('reconciliation_id').notNull(),
    specVersion: integer('spec_version').notNull(),
    mode: text('mode').notNull(),
    cutoffAt: timestamp('cutoff_at', { withTimezone: true }).notNull(),
    status: text('status').notNull(),
    /** Hash of what was planned and, in mode active, applied. */
    planHash: text('plan_hash'),
    counts: jsonb('counts'),
    /** What its similar passes learnt, by pass: how fields agree among pairs, and by chance. */
    learnt: json('learnt'),
    problem: text('problem'),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'run_pk', columns: [t.workspaceId, t.runId] }),
    index('run_reconciliation_idx').on(t.workspaceId, t.reconciliationId, t.startedAt),
    foreignKey({
      name: 'run_reconciliation_fk',
      columns: [t.workspaceId, t.reconciliationId],
      foreignColumns: [reconciliation.workspaceId, reconciliation.reconciliationId],
    }),
    check('run_mode_check', sql`${t.mode} in ('active', 'shadow', 'sandbox')`),
    check('run_status_check', sql`${t.status} in ('running', 'applied', 'unchanged', 'failed')`),
  ],
);

/** An accepted group of records of both sides. A changed decision supersedes it; it is never overwritten. */
export const match = tieout.table(
  'match',
  {
    workspaceId: workspaceId(),
    matchId: uuid('match_id').notNull(),
    reconciliationId: uuid('reconciliation_id').notNull(),
    runId: uuid('run_id').notNull(),
    pass: text('pass').notNull(),
    /** The key values the pass paired on, joined; names the group across runs. */
    groupKey: text('group_key').notNull(),
    /** Hash over members and their content: equal inputs, equal hash. */
    inputsHash: text('inputs_hash').notNull(),
    /** Null where no record of the side has an amount. */
    expectedMinor: bigint('expected_minor', { mode: 'bigint' }),
    actualMinor: bigint('actual_minor', { mode: 'bigint' }),
    currency: char('currency', { length: 3 }),
    /** `equal`: no difference. `auto_resolved`: a rule settled it. `excepted`: an exception speaks of it. */
    outcome: text('outcome').notNull(),
    rule: text('rule'),
    reason: text('reason'),
    /** What a similar pass paired it on: `{prior, weight, probability, margin, parts}`; null where keys were equal. */
    explained: json('explained'),
    /** The records that it brings together, in order of their ids: how its rows of `match_member` are found. */
    recordIds: uuid('record_ids').array().notNull(),
    supersededBy: uuid('superseded_by'),
    isLive: boolean('is_live').notNull().default(true),
  },
  (t) => [
    primaryKey({ name: 'match_pk', columns: [t.matchId, t.workspaceId] }),
    uniqueIndex('match_live_group_unique').on(t.reconciliationId, t.pass, t.groupKey).where(sql`${t.isLive}`),
    index('match_settled_idx')
      .on(t.workspaceId, t.runId)
      .where(sql`${t.outcome} = 'auto_resolved' and ${t.isLive}`),
    check('match_outcome_check', sql`${t.outcome} in ('equal', 'auto_resolved', 'excepted')`),
    check('match_reason_check', sql`(${t.outcome} = 'auto_resolved') = (${t.reason} is not null)`),
  ],
);

export const matchMember = tieout.table(
  'match_member',
  {
    workspaceId: workspaceId(),
    matchId: uuid('match_id').notNull(),
    recordId: uuid('record_id').notNull(),
    reconciliationId: uuid('reconciliation_id').notNull(),
    side: text('side').notNull(),
    recordVersion: integer('record_version').notNull(),
    isLive: boolean('is_live').notNull().default(true),
  },
  (t) => [
    // No record is ever in two live matches of one reconciliation: the database's promise, not ours.
    uniqueIndex('match_member_live_record_unique').on(t.reconciliationId, t.recordId).where(sql`${t.isLive}`),
    check('match_member_side_check', sql`${t.side} in ('expected', 'actual')`),
  ],
);

/** Of a record that no pass paired, a candidate that came close, and why it was not taken. Replaced when that changes. */
export const rejectedCandidate = tieout.table(
  'rejected_candidate',
  {
    workspaceId: workspaceId(),
    reconciliationId: uuid('reconciliation_id').notNull(),
    recordId: uuid('record_id').notNull(),
    /** 1 came closest. */
    rank: integer('rank').notNull(),
    candidateId: uuid('candidate_id').notNull(),
    pass: text('pass').notNull(),
    verdict: text('verdict').notNull(),
    /** `{prior, weight, probability, margin, needed, parts, blocked}`: prior and parts, in bits, add up to the weight. */
    explained: json('explained').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'rejected_candidate_pk',
      columns: [t.workspaceId, t.reconciliationId, t.recordId, t.rank],
    }),
    check(
      'rejected_candidate_verdict_check',
      sql`${t.verdict} in ('suggested', 'ambiguous', 'below', 'competition', 'blocked')`,
    ),
  ],
);

/**
 * Records that no live match has, as the latest run left them that changed anything: with what deliveries changed since, all that
 * the next one must look at. Taken back ones are left out.
 */
export const unpairedRecord = tieout.table(
  'unpaired_record',
  {
    workspaceId: workspaceId(),
    reconciliationId: uuid('reconciliation_id').notNull(),
    recordId: uuid('record_id').notNull(),
  },
  (t) => [
    primaryKey({ name: 'unpaired_record_pk', columns: [t.workspaceId, t.reconciliationId, t.recordId] }),
  ],
);
