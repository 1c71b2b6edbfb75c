import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  integer,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { exception } from './exception.ts';
import { tieout, workspaceId } from './tieout.ts';
import { person, workspace } from './workspace.ts';

/** A triage meeting whose agenda was posted. */
export const triageMeeting = tieout.table(
  'triage_meeting',
  {
    workspaceId: workspaceId(),
    meetingId: uuid('meeting_id').notNull(),
    meetsAt: timestamp('meets_at', { withTimezone: true }).notNull(),
    postedAt: timestamp('posted_at', { withTimezone: true }).notNull(),
    /** Whose channel got the agenda. */
    teamKey: text('team_key').notNull(),
    /** What did not fit, and waits for the next meeting. */
    leftOver: integer('left_over').notNull().default(0),
  },
  (t) => [
    primaryKey({ name: 'triage_meeting_pk', columns: [t.workspaceId, t.meetingId] }),
    unique('triage_meeting_meets_at_unique').on(t.workspaceId, t.meetsAt),
    check('triage_meeting_left_over_check', sql`${t.leftOver} >= 0`),
    foreignKey({
      name: 'triage_meeting_workspace_fk',
      columns: [t.workspaceId],
      foreignColumns: [workspace.workspaceId],
    }),
  ],
);

/** An exception on an agenda, what was proposed, and what became of it. */
export const triageItem = tieout.table(
  'triage_item',
  {
    workspaceId: workspaceId(),
    meetingId: uuid('meeting_id').notNull(),
    exceptionId: uuid('exception_id').notNull(),
    place: integer('place').notNull(),
    page: integer('page').notNull(),
    proposed: text('proposed').notNull(),
    /** Null while it is on the table. */
    outcome: text('outcome'),
    decidedAt: timestamp('decided_at', { withTimezone: true }),
    decidedBy: uuid('decided_by'),
    assignedTo: uuid('assigned_to'),
    note: text('note'),
    resolutionCode: text('resolution_code'),
  },
  (t) => [
    primaryKey({ name: 'triage_item_pk', columns: [t.workspaceId, t.meetingId, t.exceptionId] }),
    uniqueIndex('triage_item_open_unique').on(t.workspaceId, t.exceptionId).where(sql`${t.outcome} is null`),
    check(
      'triage_item_proposed_check',
      sql`${t.proposed} in ('assign', 'write_off', 'accept', 'rule_change')`,
    ),
    check(
      'triage_item_outcome_check',
      sql`${t.outcome} in ('assign', 'rule_change', 'resolved', 'cleared', 'carried')`,
    ),
    check('triage_item_decided_check', sql`(${t.outcome} is null) = (${t.decidedAt} is null)`),
    check(
      'triage_item_assigned_check',
      sql`(${t.outcome} is not distinct from 'assign') = (${t.assignedTo} is not null)`,
    ),
    foreignKey({
      name: 'triage_item_meeting_fk',
      columns: [t.workspaceId, t.meetingId],
      foreignColumns: [triageMeeting.workspaceId, triageMeeting.meetingId],
    }),
    foreignKey({
      name: 'triage_item_exception_fk',
      columns: [t.workspaceId, t.exceptionId],
      foreignColumns: [exception.workspaceId, exception.exceptionId],
    }),
    foreignKey({
      name: 'triage_item_decider_fk',
      columns: [t.workspaceId, t.decidedBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    foreignKey({
      name: 'triage_item_assigned_fk',
      columns: [t.workspaceId, t.assignedTo],
      foreignColumns: [person.workspaceId, person.personId],
    }),
  ],
);
