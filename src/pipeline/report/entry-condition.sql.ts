import type { EntryFilter } from '../../core/entry.ts';
import { seesEverything, type Viewer } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { visibleTo } from './visible-to.sql.ts';
import { hasPart } from './work-condition.sql.ts';

export type EntryQuery = {
  readonly workspaceId: string;
  readonly filter: EntryFilter;
  /** Undefined for an operator, who sees all. */
  readonly viewer?: Viewer | undefined;
};

type Column = ReturnType<Tx>;

/** Where the names and the month of an entry stand. */
export type EntryColumns = {
  readonly client: Column;
  readonly order: Column;
  readonly payee: Column;
  readonly period: Column;
};

/** As they were when it was booked. */
export const bookedColumns = (tx: Tx): EntryColumns => ({
  client: tx`a.client`,
  order: tx`a.order_ref`,
  payee: tx`a.payee`,
  period: tx`a.booked_period`,
});

/** As the exception has them; nothing is booked yet. */
export const waitingColumns = (tx: Tx): EntryColumns => ({
  client: tx`e.client`,
  order: tx`e.order_ref`,
  payee: tx`e.payee`,
  period: tx`a.original_period`,
});

/**
 * The condition on an entry or a proposal of one `a`, its exception `e`, whoever made it `m`, and its currency `c`.
 *
 * Units: limits are in ten-thousandths of a major unit, numeric as for lists of exceptions.
 */
export const entryCondition = (tx: Tx, { workspaceId, filter, viewer }: EntryQuery, at: EntryColumns) => tx`
  a.workspace_id = ${workspaceId}
  and ${viewer === undefined || seesEverything(viewer) ? tx`true` : visibleTo(tx, viewer)}
  and (${filter.kind ?? null}::text is null or a.kind = ${filter.kind ?? null})
  and (${filter.period ?? null}::text is null or ${at.period} = ${filter.period ?? null})
  and ${hasPart(tx, at.client, filter.client)}
  and ${hasPart(tx, at.order, filter.order)}
  and ${hasPart(tx, at.payee, filter.payee)}
  and ${hasPart(tx, tx`concat_ws(' ', ${at.client}, ${at.order}, ${at.payee})`, filter.text)}
  and ${madeBy(tx, viewer, filter.by)}
  and (${text(filter.atLeast)}::text is null
       or abs(a.amount_minor) * (10::numeric ^ (4 - c.exponent)) >= ${text(filter.atLeast)}::numeric)
  and (${text(filter.atMost)}::text is null
       or abs(a.amount_minor) * (10::numeric ^ (4 - c.exponent)) <= ${text(filter.atMost)}::numeric)`;

const madeBy = (tx: Tx, viewer: Viewer | undefined, by: string | undefined) =>
  viewer !== undefined && by?.toLowerCase() === 'me'
    ? tx`m.person_id = ${viewer.personId}`
    : hasPart(tx, tx`m.name || ' ' || m.key`, by);

const text = (amount: bigint | undefined): string | null => amount?.toString() ?? null;
