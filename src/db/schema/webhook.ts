import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { auditEvent } from './audit.ts';
import { tieout, workspaceId } from './tieout.ts';
import { workspace } from './workspace.ts';

/** Who is told of events, as the configuration says. Its secrets are in the environment alone. */
export const webhookEndpoint = tieout.table(
  'webhook_endpoint',
  {
    workspaceId: workspaceId(),
    endpointId: uuid('endpoint_id').notNull(),
    key: text('key').notNull(),
    url: text('url').notNull(),
    /** Audited actions it is told of. */
    kinds: text('kinds').array().notNull(),
    isActive: boolean('is_active').notNull().default(true),
  },
  (t) => [
    primaryKey({ name: 'webhook_endpoint_pk', columns: [t.workspaceId, t.endpointId] }),
    unique('webhook_endpoint_key_unique').on(t.workspaceId, t.key),
    foreignKey({
      name: 'webhook_endpoint_workspace_fk',
      columns: [t.workspaceId],
      foreignColumns: [workspace.workspaceId],
    }),
  ],
);

/** What one endpoint is told: one event of the trail. A trigger writes it with the change. */
export const webhookMessage = tieout.table(
  'webhook_message',
  {
    workspaceId: workspaceId(),
    /** Sent as `webhook-id`, the same at every attempt. */
    messageId: uuid('message_id').notNull(),
    endpointId: uuid('endpoint_id').notNull(),
    kind: text('kind').notNull(),
    /** What it speaks of. Messages to one endpoint about one thing go one after the other. */
    entityId: uuid('entity_id').notNull(),
    seq: bigint('seq', { mode: 'bigint' }).notNull(),
    state: text('state').notNull().default('pending'),
    attempts: integer('attempts').notNull().default(0),
    /** When it may be taken next: while somebody sends it, the end of the lease. */
    nextAt: timestamp('next_at', { withTimezone: true }).notNull(),
    leaseId: uuid('lease_id'),
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    sentAt: timestamp('sent_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'webhook_message_pk', columns: [t.workspaceId, t.messageId] }),
    unique('webhook_message_unique').on(t.workspaceId, t.endpointId, t.seq),
    index('webhook_message_due_idx')
      .on(t.workspaceId, t.endpointId, t.nextAt)
      .where(sql`${t.state} = 'pending'`),
    index('webhook_message_entity_idx')
      .on(t.workspaceId, t.endpointId, t.entityId, t.seq)
      .where(sql`${t.state} = 'pending'`),
    index('webhook_message_dead_idx').on(t.workspaceId, t.seq).where(sql`${t.state} = 'dead'`),
    foreignKey({
      name: 'webhook_message_endpoint_fk',
      columns: [t.workspaceId, t.endpointId],
      foreignColumns: [webhookEndpoint.workspaceId, webhookEndpoint.endpointId],
    }),
    foreignKey({
      name: 'webhook_message_event_fk',
      columns: [t.workspaceId, t.seq],
      foreignColumns: [auditEvent.workspaceId, auditEvent.seq],
    }),
    check('webhook_message_state_check', sql`${t.state} in ('pending', 'sent', 'dead')`),
    check('webhook_message_sent_check', sql`${t.state} <> 'sent' or ${t.sentAt} is not null`),
    check('webhook_message_attempts_check', sql`${t.attempts} >= 0`),
  ],
);
