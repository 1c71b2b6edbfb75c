import { sql } from 'drizzle-orm';
import { check, foreignKey, index, jsonb, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { tieout, workspaceId } from './tieout.ts';
import { person } from './workspace.ts';

/**
 * A Slack user whom nobody knows yet asks to be linked to a person. An admin vouches for whom; then the user confirms by a
 * single-use token that only their direct message carries, and what they had pressed is carried out.
 */
export const linkRequest = tieout.table(
  'link_request',
  {
    workspaceId: workspaceId(),
    linkRequestId: uuid('link_request_id').notNull(),
    slackUserId: text('slack_user_id').notNull(),
    /** As they are called in Slack, for whoever vouches. */
    slackName: text('slack_name').notNull(),
    /** The press that brought them here, to be carried out once they are known. */
    pressed: jsonb('pressed'),
    askedAt: timestamp('asked_at', { withTimezone: true }).notNull(),
    personId: uuid('person_id'),
    vouchedBy: uuid('vouched_by'),
    /** SHA-256 of the token; the token itself is nowhere but in the message. */
    tokenHash: text('token_hash'),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    usedAt: timestamp('used_at', { withTimezone: true }),
    declinedAt: timestamp('declined_at', { withTimezone: true }),
    declinedBy: uuid('declined_by'),
  },
  (t) => [
    primaryKey({ name: 'link_request_pk', columns: [t.workspaceId, t.linkRequestId] }),
    index('link_request_user_idx').on(t.workspaceId, t.slackUserId),
    foreignKey({
      name: 'link_request_person_fk',
      columns: [t.workspaceId, t.personId],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    foreignKey({
      name: 'link_request_voucher_fk',
      columns: [t.workspaceId, t.vouchedBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    foreignKey({
      name: 'link_request_decliner_fk',
      columns: [t.workspaceId, t.declinedBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    check(
      'link_request_vouched_check',
      sql`(${t.personId} is null) = (${t.vouchedBy} is null) and (${t.personId} is null) = (${t.tokenHash} is null)`,
    ),
    check('link_request_declined_check', sql`(${t.declinedAt} is null) = (${t.declinedBy} is null)`),
    check(
      'link_request_over_check',
      sql`${t.usedAt} is null or (${t.tokenHash} is not null and ${t.declinedAt} is null)`,
    ),
  ],
);
