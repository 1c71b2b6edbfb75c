import { workdayBefore } from '../../core/daily-slot.ts';
import type { DigestFacts } from '../../core/digest.ts';
import type { DeliveryFacts } from '../../core/intake/delivery-facts.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { LatestRun, QuarantineCount, StatusCount, WorkFilter, WorkPage } from '../../core/work.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { readDeliveries } from './delivery-facts.sql.ts';
import { readDigest } from './digest.ts';
import { type HoldTotals, holdTotals } from './hold-totals.sql.ts';
import { KEY_HOLDER } from './key-holder.ts';
import { latestRuns } from './latest-runs.sql.ts';
import { quarantineCounts } from './quarantine-counts.sql.ts';
import { statusCounts } from './status-counts.sql.ts';
import { workPage } from './work-page.ts';

/** How a workspace stands, all of one snapshot. */
export type Overview = {
  readonly digest: DigestFacts;
  readonly counts: readonly StatusCount[];
  readonly runs: readonly LatestRun[];
  readonly holds: HoldTotals;
  /** Deliveries that wait for somebody to decide. */
  readonly undecided: readonly DeliveryFacts[];
  readonly quarantine: readonly QuarantineCount[];
  /** The exceptions that were asked for. */
  readonly page: WorkPage;
};

export type OverviewQuery = {
  readonly workspaceId: string;
  readonly organisation: Organisation;
  readonly specs: readonly Reconciliation[];
  readonly filter: WorkFilter;
  readonly page: number;
  readonly now: Date;
};

const MOST_UNDECIDED = 20;

/** Reads how a workspace stands as of `now`, and one page of the exceptions that the filter lets through. */
export async function readOverview(sql: Sql, query: OverviewQuery): Promise<Overview> {
  const { workspaceId, organisation, specs, filter, page, now } = query;
  const viewer = KEY_HOLDER;
  const period = { from: workdayBefore(now, organisation.calendar), until: now };
  const scope = { kind: 'everything', team: undefined } as const;
  return await inWorkspace(
    sql,
    workspaceId,
    async (tx) => ({
      digest: await readDigest(tx, { workspaceId, scope, period, now, organisation, specs }),
      counts: await statusCounts(tx, { workspaceId, viewer, now }),
      runs: await latestRuns(tx, workspaceId),
      holds: await holdTotals(tx, { workspaceId, filter: { isOpen: true } }),
      undecided: await readDeliveries(tx, { workspaceId, statuses: ['held'], limit: MOST_UNDECIDED }),
      quarantine: await quarantineCounts(tx, workspaceId, undefined),
      page: await workPage(tx, { workspaceId, viewer, scope: 'visible', filter, now }, page),
    }),
    { snapshot: true },
  );
}
