import { Hono } from 'hono';
import { apiRoutes } from '../http/api/api.ts';
import { type DashboardWorkspace, dashboardRoutes } from '../http/dashboard/dashboard.ts';
import { healthRoutes } from '../http/health.ts';
import { installRoutes } from '../http/install.ts';
import { metricsRoutes, requestTimer } from '../http/metrics.ts';
import { type HttpServer, startHttp } from '../http/server.ts';
import { webhookRoutes } from '../http/webhooks.ts';
import { pushTargets } from '../pipeline/receive/push-targets.ts';
import type { PushTarget } from '../pipeline/receive/receive.ts';
import type { Ruled, ServiceOptions } from './served.ts';
import type { SlackSide, SlackWay } from './slack-side.ts';

/** Everything that one port answers: Slack, health, the API, pushes, the dashboard, metrics; listening when it returns. */
export async function listen(
  options: Omit<ServiceOptions, 'workspaces'> & { readonly workspaces: readonly Ruled[] },
  slack: SlackSide,
): Promise<HttpServer> {
  const { database, port, host, logger } = options;
  const { sender, state, isConnected, installer } = slack;
  const sql = database.pool('people');
  const site = healthRoutes({ sql, sender, slackState: state, isConnected, logger });
  if (installer) site.route('/', installRoutes({ installer, logger, ...publicUrlOf(options.slack) }));
  const workspaces = options.workspaces.map(seenNow);
  site.route('/', apiRoutes({ sql: database.pool('api'), workspaces, logger }));
  site.route('/', dashboardOf(options, workspaces));
  site.route('/', metricsOf(options));
  site.route('/', await webhooks(options));
  return await startHttp({
    port,
    ...(host === undefined ? {} : { host }),
    slack: slack.requestListener,
    site,
    answered: requestTimer(TIMED_ROUTES),
  });
}

/** A workspace for those who only read it, with the rules that are in force when they do. */
const seenNow = ({ workspaceId, organisation: { name }, rules }: Ruled): DashboardWorkspace => ({
  workspaceId,
  name,
  get organisation() {
    return rules.now().organisation;
  },
  get reconciliations() {
    return [...rules.now().reconciliations.values()];
  },
});

const dashboardOf = (
  {
    database,
    isDashboardOpen: isOpen = false,
    logger,
  }: Pick<ServiceOptions, 'database' | 'isDashboardOpen' | 'logger'>,
  workspaces: readonly DashboardWorkspace[],
): Hono =>
  dashboardRoutes({
    keys: database.pool('api'),
    reports: database.pool('reports'),
    workspaces,
    isOpen,
    logger,
  });

const metricsOf = ({
  database,
  workspaces,
  logger,
}: Pick<ServiceOptions, 'database' | 'workspaces' | 'logger'>): Hono =>
  metricsRoutes({
    sql: database.pool('api'),
    workspaceIds: workspaces.map(({ workspaceId }) => workspaceId),
    logger,
  });

/** Under which route a request is timed. */
const TIMED_ROUTES = [
  '/slack/events',
  '/slack/*',
  '/webhooks/*',
  '/api/v1/holds',
  '/api/v1/owners',
  '/api/v1/exceptions',
  '/api/*',
  '/healthz',
  '/readyz',
  '/metrics',
  '/',
  '/exceptions/*',
  '/orders/*',
] as const;

/** Where the feeds of all workspaces are pushed to. */
async function webhooks({ database, workspaces, sources, publicUrl, logger }: ServiceOptions): Promise<Hono> {
  if (!sources) return new Hono();
  const targets: PushTarget[] = [];
  for (const { workspaceId, config } of workspaces) {
    const secretsOf = sources.webhookSecretsOf;
    const contracts = config.feeds.values();
    targets.push(...(await pushTargets(database.pool('runs'), { workspaceId, contracts, secretsOf })));
  }
  return webhookRoutes({ sql: database.pool('people'), targets, publicUrl, logger });
}

const publicUrlOf = (way: SlackWay): { publicUrl: string | undefined } => ({
  publicUrl: way.kind === 'oauth' ? way.settings.publicUrl : undefined,
});
