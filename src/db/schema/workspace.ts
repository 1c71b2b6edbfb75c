import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { tieout, workspaceId } from './tieout.ts';

export const workspace = tieout.table(
  'workspace',
  {
    workspaceId: workspaceId(),
    name: text('name').notNull(),
    slackTeamId: text('slack_team_id'),
    /** The ownership matrix that live exceptions were routed by last. */
    routingSha256: text('routing_sha256'),
    nextExceptionNumber: integer('next_exception_number').notNull().default(1001),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'workspace_pk', columns: [t.workspaceId] }),
    unique('workspace_name_unique').on(t.name),
    unique('workspace_slack_team_unique').on(t.slackTeamId),
  ],
);

export const person = tieout.table(
  'person',
  {
    workspaceId: workspaceId(),
    personId: uuid('person_id').notNull(),
    key: text('key').notNull(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    slackUserId: text('slack_user_id'),
    /** Language and zone as Slack says they are, learnt when the person first acts. */
    slackLocale: text('slack_locale'),
    slackZone: text('slack_zone'),
    /** Since when Slack says that the account is deactivated; what they own is given back to its team. */
    leftAt: timestamp('left_at', { withTimezone: true }),
    isActive: boolean('is_active').notNull().default(true),
    /** Who stands in while they are away. */
    deputyId: uuid('deputy_id'),
  },
  (t) => [
    foreignKey({
      name: 'person_deputy_fk',
      columns: [t.workspaceId, t.deputyId],
      foreignColumns: [t.workspaceId, t.personId],
    }),
    primaryKey({ name: 'person_pk', columns: [t.workspaceId, t.personId] }),
    unique('person_key_unique').on(t.workspaceId, t.key),
    unique('person_email_unique').on(t.workspaceId, t.email),
    unique('person_slack_user_unique').on(t.workspaceId, t.slackUserId),
  ],
);

export const roleGrant = tieout.table(
  'role_grant',
  {
    workspaceId: workspaceId(),
    personId: uuid('person_id').notNull(),
    role: text('role').notNull(),
    grantedAt: timestamp('granted_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'role_grant_pk', columns: [t.workspaceId, t.personId, t.role] }),
    foreignKey({
      name: 'role_grant_person_fk',
      columns: [t.workspaceId, t.personId],
      foreignColumns: [person.workspaceId, person.personId],
    }),
  ],
);

export const team = tieout.table(
  'team',
  {
    workspaceId: workspaceId(),
    teamId: uuid('team_id').notNull(),
    key: text('key').notNull(),
    name: text('name').notNull(),
    channel: text('channel').notNull(),
    /** Slack's id of `channel`, learnt when it is first looked up; messages are addressed by it. */
    channelId: text('channel_id'),
    /** Channels to post in, in this order, when its own takes no messages. */
    fallback: text('fallback').array().notNull().default([]),
    leadId: uuid('lead_id'),
    /** Who stands in for a lead who is away and names nobody. */
    deputyId: uuid('deputy_id'),
    /** Slack's id of the group that is mentioned when the whole team must hear of something. */
    usergroup: text('usergroup'),
    isActive: boolean('is_active').notNull().default(true),
  },
  (t) => [
    primaryKey({ name: 'team_pk', columns: [t.workspaceId, t.teamId] }),
    unique('team_key_unique').on(t.workspaceId, t.key),
    foreignKey({
      name: 'team_lead_fk',
      columns: [t.workspaceId, t.leadId],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    foreignKey({
      name: 'team_deputy_fk',
      columns: [t.workspaceId, t.deputyId],
      foreignColumns: [person.workspaceId, person.personId],
    }),
  ],
);

/** Days on which a person is away; the instants are those days' beginning and end in the workspace's zone. */
export const absence = tieout.table(
  'absence',
  {
    workspaceId: workspaceId(),
    personId: uuid('person_id').notNull(),
    fromOn: date('from_on').notNull(),
    untilOn: date('until_on').notNull(),
    fromAt: timestamp('from_at', { withTimezone: true }).notNull(),
    untilAt: timestamp('until_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'absence_pk', columns: [t.workspaceId, t.personId, t.fromOn] }),
    foreignKey({
      name: 'absence_person_fk',
      columns: [t.workspaceId, t.personId],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    check('absence_check', sql`${t.fromOn} <= ${t.untilOn} and ${t.fromAt} < ${t.untilAt}`),
  ],
);

export const teamMember = tieout.table(
  'team_member',
  {
    workspaceId: workspaceId(),
    teamId: uuid('team_id').notNull(),
    personId: uuid('person_id').notNull(),
  },
  (t) => [
    primaryKey({ name: 'team_member_pk', columns: [t.workspaceId, t.teamId, t.personId] }),
    index('team_member_person_idx').on(t.workspaceId, t.personId),
    foreignKey({
      name: 'team_member_team_fk',
      columns: [t.workspaceId, t.teamId],
      foreignColumns: [team.workspaceId, team.teamId],
    }),
    foreignKey({
      name: 'team_member_person_fk',
      columns: [t.workspaceId, t.personId],
      foreignColumns: [person.workspaceId, person.personId],
    }),
  ],
);
