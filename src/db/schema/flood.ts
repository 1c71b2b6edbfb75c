import { sql } from 'drizzle-orm';
import { check, foreignKey, index, jsonb, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { tieout, workspaceId } from './tieout.ts';
import { person, team } from './workspace.ts';

/** Many new exceptions of one type for one team at once: one group card stands for them all. */
export const floodGroup = tieout.table(
  'flood_group',
  {
    workspaceId: workspaceId(),
    groupId: uuid('group_id').notNull(),
    teamId: uuid('team_id').notNull(),
    type: text('type').notNull(),
    openedAt: timestamp('opened_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'flood_group_pk', columns: [t.workspaceId, t.groupId] }),
    index('flood_group_recent_idx').on(t.workspaceId, t.teamId, t.type, t.openedAt),
    foreignKey({
      name: 'flood_group_team_fk',
      columns: [t.workspaceId, t.teamId],
      foreignColumns: [team.workspaceId, team.teamId],
    }),
  ],
);

/** An exception that has no card of its own: its group's card shows it. */
export const floodMember = tieout.table(
  'flood_member',
  {
    workspaceId: workspaceId(),
    exceptionId: uuid('exception_id').notNull(),
    groupId: uuid('group_id').notNull(),
  },
  (t) => [
    primaryKey({ name: 'flood_member_pk', columns: [t.workspaceId, t.exceptionId] }),
    index('flood_member_group_idx').on(t.workspaceId, t.groupId),
  ],
);

/** Something done to many exceptions at once, as one person confirmed it. Each of them moves, or is refused, by itself. */
export const bulk = tieout.table(
  'bulk',
  {
    workspaceId: workspaceId(),
    bulkId: uuid('bulk_id').notNull(),
    groupId: uuid('group_id').notNull(),
    personId: uuid('person_id').notNull(),
    action: text('action').notNull(),
    /** What was counted when it was asked to confirm: fixed from then on. */
    exceptionIds: uuid('exception_ids').array().notNull(),
    /** What was entered with the confirmation: code and note, person and note, or reason. */
    entered: jsonb('entered'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'bulk_pk', columns: [t.workspaceId, t.bulkId] }),
    index('bulk_unfinished_idx')
      .on(t.workspaceId, t.confirmedAt)
      .where(sql`${t.confirmedAt} is not null and ${t.finishedAt} is null`),
    foreignKey({
      name: 'bulk_group_fk',
      columns: [t.workspaceId, t.groupId],
      foreignColumns: [floodGroup.workspaceId, floodGroup.groupId],
    }),
    foreignKey({
      name: 'bulk_person_fk',
      columns: [t.workspaceId, t.personId],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    check('bulk_action_check', sql`${t.action} in ('claim', 'resolve', 'hand_over', 'accept', 'decline')`),
    check('bulk_confirmed_check', sql`(${t.confirmedAt} is null) = (${t.entered} is null)`),
    check('bulk_finished_check', sql`${t.finishedAt} is null or ${t.confirmedAt} is not null`),
  ],
);
