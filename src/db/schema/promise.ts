import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { tieout, workspaceId } from './tieout.ts';
import { workspace } from './workspace.ts';

/** An SLA policy as it once was, by the hash of its content; never changed. */
export const slaPolicy = tieout.table(
  'sla_policy',
  {
    workspaceId: workspaceId(),
    version: text('version').notNull(),
    key: text('key').notNull(),
    body: json('body').notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: 'sla_policy_pk', columns: [t.workspaceId, t.version] }),
    foreignKey({
      name: 'sla_policy_workspace_fk',
      columns: [t.workspaceId],
      foreignColumns: [workspace.workspaceId],
    }),
  ],
);

/** What was promised for an exception when it was opened or reopened, and how far its steps are carried out. */
export const promise = tieout.table(
  'promise',
  {
    workspaceId: workspaceId(),
    exceptionId: uuid('exception_id').notNull(),
    promisedAt: timestamp('promised_at', { withTimezone: true }).notNull(),
    /** Reopened, an exception is promised anew, and this one is history. */
    isCurrent: boolean('is_current').notNull().default(true),
    /** Null until the next sweep plans its steps. */
    policyVersion: text('policy_version'),
    claimByAt: timestamp('claim_by_at', { withTimezone: true }),
    /** As promised; waiting may have moved the exception's own since. */
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
    /** `[{step, at}]`, in the order in which they come. */
    steps: jsonb('steps').notNull().default([]),
    nextStep: integer('next_step').notNull().default(0),
    /** When a sweep looks at it again. */
    nextAt: timestamp('next_at', { withTimezone: true }),
    /** Since when every step was taken and it is still not resolved. */
    finishedAt: timestamp('finished_at', { withTimezone: true }),
    /** When its owner was last reminded that nothing happens. */
    staleToldAt: timestamp('stale_told_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ name: 'promise_pk', columns: [t.workspaceId, t.exceptionId, t.promisedAt] }),
    uniqueIndex('promise_current_unique').on(t.workspaceId, t.exceptionId).where(sql`${t.isCurrent}`),
    index('promise_unplanned_idx')
      .on(t.workspaceId, t.promisedAt, t.exceptionId)
      .where(sql`${t.isCurrent} and ${t.policyVersion} is null`),
    index('promise_next_idx').on(t.workspaceId, t.nextAt).where(sql`${t.nextAt} is not null`),
    check(
      'promise_next_check',
      sql`${t.nextAt} is null or (${t.isCurrent} and ${t.policyVersion} is not null and ${t.finishedAt} is null)`,
    ),
  ],
);
