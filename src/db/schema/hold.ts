import { sql } from 'drizzle-orm';
import {
  bigint,
  char,
  check,
  foreignKey,
  index,
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

/** After how long a hold of a kind ends by itself; without a row it never does. */
export const holdPolicy = tieout.table(
  'hold_policy',
  {
    workspaceId: workspaceId(),
    kind: text('kind').notNull(),
    expireMs: bigint('expire_ms', { mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'hold_policy_pk', columns: [t.workspaceId, t.kind] }),
    foreignKey({
      name: 'hold_policy_workspace_fk',
      columns: [t.workspaceId],
      foreignColumns: [workspace.workspaceId],
    }),
    check('hold_policy_expire_check', sql`${t.expireMs} > 0`),
  ],
);

/** What stops a payment, from when it was placed until it is released by the rule. Triggers place and release it. */
export const hold = tieout.table(
  'hold',
  {
    workspaceId: workspaceId(),
    holdId: uuid('hold_id').notNull(),
    /** The event that placed it; people see `H-<number>`. */
    number: bigint('number', { mode: 'bigint' }).notNull(),
    kind: text('kind').notNull(),
    exceptionId: uuid('exception_id'),
    client: text('client'),
    orderRef: text('order_ref'),
    payee: text('payee'),
    clientKey: text('client_key').generatedAlwaysAs(sql`tieout.name_key(client)`),
    orderKey: text('order_key').generatedAlwaysAs(sql`tieout.name_key(order_ref)`),
    payeeKey: text('payee_key').generatedAlwaysAs(sql`tieout.name_key(payee)`),
    /** How much of it; without an amount everything. */
    amountMinor: bigint('amount_minor', { mode: 'bigint' }),
    currency: char('currency', { length: 3 }),
    reason: text('reason').notNull(),
    note: text('note'),
    /** Null when a run placed it. */
    placedBy: uuid('placed_by'),
    placedAt: timestamp('placed_at', { withTimezone: true }).notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    state: text('state').notNull().default('open'),
    /** By what it ended: its exception was `resolved` or `cleared`, another person `approved`, or it `expired` by policy. */
    releasedHow: text('released_how'),
    releasedAt: timestamp('released_at', { withTimezone: true }),
    releasedBy: uuid('released_by'),
    releaseReason: text('release_reason'),
    releaseNote: text('release_note'),
    version: integer('version').notNull().default(1),
    lastSeq: bigint('last_seq', { mode: 'bigint' }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'hold_pk', columns: [t.workspaceId, t.holdId] }),
    unique('hold_number_unique').on(t.workspaceId, t.number),
    unique('hold_last_seq_unique').on(t.workspaceId, t.lastSeq),
    uniqueIndex('hold_open_unique').on(t.workspaceId, t.exceptionId).where(sql`${t.state} = 'open'`),
    index('hold_order_idx').on(t.workspaceId, t.orderKey).where(sql`${t.state} = 'open'`),
    index('hold_client_idx').on(t.workspaceId, t.clientKey).where(sql`${t.state} = 'open'`),
    index('hold_payee_idx').on(t.workspaceId, t.payeeKey).where(sql`${t.state} = 'open'`),
    index('hold_expires_idx')
      .on(t.workspaceId, t.expiresAt)
      .where(sql`${t.state} = 'open' and ${t.expiresAt} is not null`),
    index('hold_exception_idx').on(t.workspaceId, t.exceptionId),
    foreignKey({
      name: 'hold_exception_fk',
      columns: [t.workspaceId, t.exceptionId],
      foreignColumns: [exception.workspaceId, exception.exceptionId],
    }),
    foreignKey({
      name: 'hold_placed_by_fk',
      columns: [t.workspaceId, t.placedBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    foreignKey({
      name: 'hold_released_by_fk',
      columns: [t.workspaceId, t.releasedBy],
      foreignColumns: [person.workspaceId, person.personId],
    }),
    check('hold_state_check', sql`${t.state} in ('open', 'released')`),
    check('hold_released_how_check', sql`${t.releasedHow} in ('resolved', 'cleared', 'approved', 'expired')`),
  ],
);

/** Names of clients and payees that a run has compared; of another nobody can say that its payments are not on hold. */
export const knownName = tieout.table(
  'known_name',
  {
    workspaceId: workspaceId(),
    what: text('what').notNull(),
    nameKey: text('name_key').notNull(),
  },
  (t) => [
    primaryKey({ name: 'known_name_pk', columns: [t.workspaceId, t.what, t.nameKey] }),
    foreignKey({
      name: 'known_name_workspace_fk',
      columns: [t.workspaceId],
      foreignColumns: [workspace.workspaceId],
    }),
    check('known_name_what_check', sql`${t.what} in ('client', 'payee')`),
  ],
);
