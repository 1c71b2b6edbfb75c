import { isLive } from '../../core/lifecycle.ts';
import type { Viewer, WorkFilter } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { isOfTeam, isOverdue, onlyLive, visibleTo } from './visible-to.sql.ts';

/** Whose: all the viewer sees, what they own, or what nobody has claimed in their teams. */
export type WorkScope = 'visible' | 'mine' | 'unclaimed';

export type WorkQuery = {
  readonly workspaceId: string;
  readonly viewer: Viewer;
  readonly scope: WorkScope;
  readonly filter: WorkFilter;
  readonly now: Date;
};

const SCOPES = {
  visible: visibleTo,
  mine: (tx: Tx, { personId }: Viewer) => tx`e.owner_id = ${personId}`,
  unclaimed: (tx: Tx, viewer: Viewer) => tx`(e.owner_id is null and ${isOfTeam(tx, viewer)})`,
} as const satisfies Record<WorkScope, unknown>;

/**
 * The condition on exception `e`, team `t`, currency `c` and owner `o` (who may be nobody) of a list.
 *
 * Units: limits are in ten-thousandths of a major unit, so they hold for every currency; numeric, because 10^16 minor
 *        units times 10^4 is beyond a bigint.
 */
export const workCondition = (tx: Tx, { workspaceId, viewer, scope, filter, now }: WorkQuery) => tx`
  e.workspace_id = ${workspaceId}
  and ${SCOPES[scope](tx, viewer)}
  and e.status = any(${filter.statuses as string[]}::text[]) and ${filter.statuses.every(isLive) ? onlyLive(tx) : tx`true`}
  and (${filter.type ?? null}::text is null or e.type = ${filter.type ?? null})
  and (${filter.team ?? null}::text is null or lower(${filter.team ?? null}) in (lower(t.key), lower(t.name)))
  and ${hasPart(tx, tx`e.client`, filter.client)}
  and ${hasPart(tx, tx`e.order_ref`, filter.order)}
  and ${ofOwner(tx, viewer, filter.owner)}
  and ${filter.isOverdue ? isOverdue(tx, now) : tx`true`}
  and ${filter.dueBy ? isDueBy(tx, now, filter.dueBy) : tx`true`}
  and (${text(filter.atLeast)}::text is null
       or e.at_stake_minor * (10::numeric ^ (4 - c.exponent)) >= ${text(filter.atLeast)}::numeric)
  and (${text(filter.atMost)}::text is null
       or e.at_stake_minor * (10::numeric ^ (4 - c.exponent)) <= ${text(filter.atMost)}::numeric)`;

/** The condition that a part is in the column, in any case; nothing asked for is in every one. */
// Named, because a database made with locale C knows upper case in ASCII only, and clients have other letters too.
export const hasPart = (tx: Tx, column: ReturnType<Tx>, part: string | undefined) =>
  part === undefined
    ? tx`true`
    : tx`position(lower(${part}::text collate "und-x-icu") in lower(coalesce(${column}, '') collate "und-x-icu")) > 0`;

function ofOwner(tx: Tx, viewer: Viewer, owner: string | undefined) {
  const word = owner?.toLowerCase();
  if (word === 'me') return tx`e.owner_id = ${viewer.personId}`;
  if (word === 'nobody') return tx`e.owner_id is null`;
  return hasPart(tx, tx`o.name || ' ' || o.key`, owner);
}

/** Overdue, or due by then; what stands still is not getting closer. */
const isDueBy = (tx: Tx, now: Date, until: Date) =>
  tx`(${isOverdue(tx, now)} or (e.closed_at is null and e.due_paused_at is null and e.due_at <= ${until.toISOString()}::timestamptz))`;

const text = (amount: bigint | undefined): string | null => amount?.toString() ?? null;
