import { foreignKey, index, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { exception } from './exception.ts';
import { tieout, workspaceId } from './tieout.ts';
import { team } from './workspace.ts';

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
    foreignKey({
      name: 'flood_member_group_fk',
      columns: [t.workspaceId, t.groupId],
      foreignColumns: [floodGroup.workspaceId, floodGroup.groupId],
    }),
    foreignKey({
      name: 'flood_member_exception_fk',
      columns: [t.workspaceId, t.exceptionId],
      foreignColumns: [exception.workspaceId, exception.exceptionId],
    }),
  ],
);
