import { isLive } from '../../core/lifecycle.ts';
import type { Viewer, WorkFilter } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { isOfTeam, onlyLive, visibleTo } from './visible-to.sql.ts';

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
 * The condition on exception `e`, team `t` and currency `c` of a list.
 *
 * Units: limits are in ten-thousandths of a major unit, so they hold for every currency; numeric, because 10^16 minor
 *        units times 10^4 is beyond a bigint.
 */
export const workCondition = (tx: Tx, { workspaceId, viewer, scope, filter }: WorkQuery) => tx`
  e.workspace_id = ${workspaceId}
  and ${SCOPES[scope](tx, viewer)}
  and e.status = any(${filter.statuses as string[]}::text[]) and ${filter.statuses.every(isLive) ? onlyLive(tx) : tx`true`}
  and (${filter.type ?? null}::text is null or e.type = ${filter.type ?? null})
  and (${filter.team ?? null}::text is null or lower(${filter.team ?? null}) in (lower(t.key), lower(t.name)))
  and ${ofClient(tx, filter.client)}
  and (${text(filter.atLeast)}::text is null
       or e.at_stake_minor * (10::numeric ^ (4 - c.exponent)) >= ${text(filter.atLeast)}::numeric)
  and (${text(filter.atMost)}::text is null
       or e.at_stake_minor * (10::numeric ^ (4 - c.exponent)) <= ${text(filter.atMost)}::numeric)`;

// Named, because a database made with locale C knows upper case in ASCII only, and clients have other letters too.
const ofClient = (tx: Tx, part: string | undefined) =>
  part === undefined
    ? tx`true`
    : tx`position(lower(${part}::text collate "und-x-icu") in lower(coalesce(e.client, '') collate "und-x-icu")) > 0`;

const text = (amount: bigint | undefined): string | null => amount?.toString() ?? null;
