import { foreignKey, index, jsonb, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
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
    /** The press that brought them here, to be carried out once they are known. */
    pressed: jsonb('pressed'),
    askedAt: timestamp('asked_at', { withTimezone: true }).notNull(),
    personId: uuid('person_id'),
    vouchedBy: uuid('vouched_by'),
    /** SHA-256 of the token; the token itself is nowhere but in the message. */
    tokenHash: text('token_hash'),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    usedAt: timestamp('used_at', { withTimezone: true }),
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
  ],
);
