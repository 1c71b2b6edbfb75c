import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { exception } from './exception.ts';
import { reconciliation } from './match.ts';
import { record } from './record.ts';
import { tieout, workspaceId } from './tieout.ts';
import { person } from './workspace.ts';

/** A match that a person made, and from which exception. It stands until it is ended; runs plan it before anything else. */
export const handMatch = tieout.table(
  'hand_match',
  {
    workspaceId: workspaceId(),
    handMatchId: uuid('hand_match_id').notNull(),
    reconciliationId: uuid('reconciliation_id').notNull(),
    exceptionId: uuid('exception_id').notNull(),
    code: text('code').notNull(),
    note: text('note'),
    madeBy: uuid('made_by').notNull(),
    madeAt: timestamp('made_at', { withTimezone: true }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    endedBy: uuid('ended_by'),
  },
  (t) => [
    primaryKey({ name: 'hand_match_pk', columns: [t.workspaceId, t.handMatchId] }),
    uniqueIndex('hand_match_exception_unique')
      .on(t.workspaceId, t.exceptionId)
      .where(sql`${t.endedAt} is null`),
    foreignKey({
      name: 'hand_match_reconciliation_fk',
      columns: [t.workspaceId, t.reconciliationId],
      foreignColumns: [reconciliation.workspaceId, reconciliation.reconciliationId],
    }),
    foreignKey({
      name: 'hand_match_exception_fk',
      columns: [t.workspaceId, t.exceptionId],
      foreignColumns: [exception.workspaceId, exception.exceptionId],
    }),
    foreignKey({
      name: 'hand_match_made_by_fk',
      columns: [t.workspaceId, t.madeBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    foreignKey({
      name: 'hand_match_ended_by_fk',
      columns: [t.workspaceId, t.endedBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    check('hand_match_ended_check', sql`(${t.endedAt} is null) = (${t.endedBy} is null)`),
  ],
);

/** A record of a match by hand, with what it held when the person looked: the decision is about that. */
export const handMatchMember = tieout.table(
  'hand_match_member',
  {
    workspaceId: workspaceId(),
    handMatchId: uuid('hand_match_id').notNull(),
    recordId: uuid('record_id').notNull(),
    reconciliationId: uuid('reconciliation_id').notNull(),
    side: text('side').notNull(),
    recordVersion: integer('record_version').notNull(),
    contentHash: text('content_hash').notNull(),
    isStanding: boolean('is_standing').notNull().default(true),
  },
  (t) => [
    primaryKey({ name: 'hand_match_member_pk', columns: [t.workspaceId, t.handMatchId, t.recordId] }),
    uniqueIndex('hand_match_member_record_unique')
      .on(t.workspaceId, t.reconciliationId, t.recordId)
      .where(sql`${t.isStanding}`),
    foreignKey({
      name: 'hand_match_member_match_fk',
      columns: [t.workspaceId, t.handMatchId],
      foreignColumns: [handMatch.workspaceId, handMatch.handMatchId],
    }),
    foreignKey({
      name: 'hand_match_member_record_fk',
      columns: [t.workspaceId, t.recordId],
      foreignColumns: [record.workspaceId, record.recordId],
    }),
    check('hand_match_member_side_check', sql`${t.side} in ('expected', 'actual')`),
  ],
);

/** Two records that no machine pairs: ever, or as long as both hold what they held when a person took them apart. */
export const neverPair = tieout.table(
  'never_pair',
  {
    workspaceId: workspaceId(),
    neverPairId: uuid('never_pair_id').notNull(),
    reconciliationId: uuid('reconciliation_id').notNull(),
    kind: text('kind').notNull(),
    expectedId: uuid('expected_id').notNull(),
    actualId: uuid('actual_id').notNull(),
    expectedHash: text('expected_hash').notNull(),
    actualHash: text('actual_hash').notNull(),
    exceptionId: uuid('exception_id'),
    note: text('note').notNull(),
    saidBy: uuid('said_by').notNull(),
    saidAt: timestamp('said_at', { withTimezone: true }).notNull(),
    liftedAt: timestamp('lifted_at', { withTimezone: true }),
    liftedBy: uuid('lifted_by'),
  },
  (t) => [
    primaryKey({ name: 'never_pair_pk', columns: [t.workspaceId, t.neverPairId] }),
    uniqueIndex('never_pair_unique')
      .on(t.workspaceId, t.reconciliationId, t.expectedId, t.actualId)
      .where(sql`${t.liftedAt} is null`),
    index('never_pair_actual_idx').on(t.workspaceId, t.actualId).where(sql`${t.liftedAt} is null`),
    foreignKey({
      name: 'never_pair_reconciliation_fk',
      columns: [t.workspaceId, t.reconciliationId],
      foreignColumns: [reconciliation.workspaceId, reconciliation.reconciliationId],
    }),
    foreignKey({
      name: 'never_pair_expected_fk',
      columns: [t.workspaceId, t.expectedId],
      foreignColumns: [record.workspaceId, record.recordId],
    }),
    foreignKey({
      name: 'never_pair_actual_fk',
      columns: [t.workspaceId, t.actualId],
      foreignColumns: [record.workspaceId, record.recordId],
    }),
    foreignKey({
      name: 'never_pair_exception_fk',
      columns: [t.workspaceId, t.exceptionId],
      foreignColumns: [exception.workspaceId, exception.exceptionId],
    }),
    foreignKey({
      name: 'never_pair_said_by_fk',
      columns: [t.workspaceId, t.saidBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    foreignKey({
      name: 'never_pair_lifted_by_fk',
      columns: [t.workspaceId, t.liftedBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    check('never_pair_kind_check', sql`${t.kind} in ('never', 'unmatched')`),
    check('never_pair_lifted_check', sql`(${t.liftedAt} is null) = (${t.liftedBy} is null)`),
  ],
);

/** What a person made of what a pass paired or proposed: the input of calibration. Never changed. */
export const answeredSuggestion = tieout.table(
  'answered_suggestion',
  {
    workspaceId: workspaceId(),
    answeredSuggestionId: uuid('answered_suggestion_id').notNull(),
    reconciliationId: uuid('reconciliation_id').notNull(),
    exceptionId: uuid('exception_id').notNull(),
    pass: text('pass').notNull(),
    /** What the machine had said: `paired`, or the verdict of a candidate. */
    verdict: text('verdict').notNull(),
    rank: integer('rank'),
    probability: doublePrecision('probability'),
    answer: text('answer').notNull(),
    answeredBy: uuid('answered_by').notNull(),
    answeredAt: timestamp('answered_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'answered_suggestion_pk', columns: [t.workspaceId, t.answeredSuggestionId] }),
    index('answered_suggestion_idx').on(t.workspaceId, t.reconciliationId, t.answeredAt),
    foreignKey({
      name: 'answered_suggestion_exception_fk',
      columns: [t.workspaceId, t.exceptionId],
      foreignColumns: [exception.workspaceId, exception.exceptionId],
    }),
    foreignKey({
      name: 'answered_suggestion_by_fk',
      columns: [t.workspaceId, t.answeredBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    check(
      'answered_suggestion_verdict_check',
      sql`${t.verdict} in ('paired', 'suggested', 'ambiguous', 'competition', 'below', 'blocked')`,
    ),
    check('answered_suggestion_answer_check', sql`${t.answer} in ('accepted', 'rejected')`),
  ],
);
