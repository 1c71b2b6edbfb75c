import { Hono } from 'hono';
import type { Sql } from '../db/client.ts';
import { inWorkspace } from '../db/tx.ts';
import type { Logger } from '../observe/logger.ts';
import { type GaugeKind, METRICS_TYPE, metricsText, type Reading, timed } from '../observe/metrics.ts';
import { standingReadings } from '../pipeline/report/standing-readings.sql.ts';
import type { Answered } from './server.ts';

export type MetricsOptions = {
  readonly sql: Sql;
  readonly workspaceIds: readonly string[];
  readonly logger: Logger;
  readonly clock?: () => number;
};

const WORKSPACE = ['workspace'] as const;

/** What is read from the record at each scrape. docs/operations.md lists them. */
export const GAUGES = {
  tieout_database_up: { help: '1 where the record could be read for this scrape.', labels: [] },
  tieout_exceptions: { help: 'Live exceptions, by status.', labels: ['status', ...WORKSPACE] },
  tieout_exceptions_overdue: { help: 'Live exceptions past their due time.', labels: WORKSPACE },
  tieout_holds_open: { help: 'Holds that stop a payment now.', labels: WORKSPACE },
  tieout_outbox_waiting: { help: 'Messages decided and not yet sent to Slack.', labels: WORKSPACE },
  tieout_outbox_oldest_timestamp_seconds: {
    help: 'When the oldest message that waits was decided.',
    labels: WORKSPACE,
  },
  tieout_outbox_dead: { help: 'Messages given up: "tieout outbox" has the way out.', labels: WORKSPACE },
  tieout_webhook_messages: {
    help: 'Messages to endpoints that wait or were given up, by state.',
    labels: ['state', ...WORKSPACE],
  },
  tieout_run_failed: {
    help: '1 where the latest run failed.',
    labels: ['reconciliation', ...WORKSPACE],
  },
  tieout_run_seconds: { help: 'How long the latest run took.', labels: ['reconciliation', ...WORKSPACE] },
  tieout_run_done_timestamp_seconds: {
    help: 'When the latest run that went through ended.',
    labels: ['reconciliation', ...WORKSPACE],
  },
  tieout_delivery_timestamp_seconds: {
    help: 'When the latest delivery of the feed came.',
    labels: ['feed', ...WORKSPACE],
  },
  tieout_deliveries_undecided: {
    help: 'Deliveries of the feed that wait for somebody, or to be taken.',
    labels: ['feed', ...WORKSPACE],
  },
  tieout_source_failing: {
    help: '1 where the source of the feed failed when it was asked last.',
    labels: ['feed', ...WORKSPACE],
  },
  tieout_audit_events: { help: 'Events on the audit trail.', labels: WORKSPACE },
  tieout_audit_anchored_events: {
    help: 'Events up to which the trail is anchored outside the database.',
    labels: WORKSPACE,
  },
} as const satisfies Record<string, GaugeKind>;

/** However many scrape, the record is read once in so long. */
const FRESH_MS = 5_000;

type Taken = { readonly at: number; readonly text: Promise<string> };

/** `GET /metrics`: this process and the record in numbers, in the text format of Prometheus. */
export function metricsRoutes(options: MetricsOptions): Hono {
  const { clock = Date.now } = options;
  const site = new Hono();
  let taken: Taken | undefined;
  site.get('/metrics', async () => {
    const at = clock();
    if (!taken || at - taken.at >= FRESH_MS) taken = { at, text: read(options) };
    return new Response(await taken.text, {
      headers: { 'content-type': METRICS_TYPE, 'cache-control': 'no-store' },
    });
  });
  return site;
}

async function read({ sql, workspaceIds, logger }: MetricsOptions): Promise<string> {
  try {
    const readings: Reading[] = [];
    for (const workspaceId of workspaceIds) {
      readings.push(...(await inWorkspace(sql, workspaceId, (tx) => standingReadings(tx, workspaceId))));
    }
    return await metricsText(GAUGES, [up(1), ...readings]);
  } catch (error) {
    logger.warn({ err: error }, 'the record cannot be read for metrics');
    return await metricsText(GAUGES, [up(0)]);
  }
}

const up = (value: number): Reading => ({ name: 'tieout_database_up', labels: {}, value });

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];

/** Times an answered request under a route of ours: what strangers type as path or method must not become new series. */
export const requestTimer =
  (routes: readonly string[]) =>
  ({ path, method, status, seconds }: Answered): void => {
    const route = routes.find((known) => isOf(known, path)) ?? 'other';
    timed.request({ route, method: METHODS.includes(method) ? method : 'other', status }, seconds);
  };

/** A route that ends in `*` is of every path that begins so. */
const isOf = (route: string, path: string): boolean =>
  route.endsWith('*') ? path.startsWith(route.slice(0, -1)) : path === route;
