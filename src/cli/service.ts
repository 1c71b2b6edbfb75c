import { Hono } from 'hono';
import type { Config } from '../config/load.ts';
import type { Organisation } from '../core/organisation.ts';
import type { WebhookEndpoint } from '../core/webhook-endpoint.ts';
import { apiRoutes } from '../http/api/api.ts';
import { healthRoutes } from '../http/health.ts';
import { installRoutes } from '../http/install.ts';
import { type HttpServer, startHttp } from '../http/server.ts';
import { webhookRoutes } from '../http/webhooks.ts';
import { startBulks } from '../jobs/bulks.ts';
import { startDigests } from '../jobs/digests.ts';
import { startPushes } from '../jobs/pushes.ts';
import { startReleases } from '../jobs/releases.ts';
import { startScheduler } from '../jobs/scheduler.ts';
import { startSlaSweep } from '../jobs/sla-sweep.ts';
import { startTimers } from '../jobs/timers.ts';
import { startTriage } from '../jobs/triage.ts';
import { startWebhooks } from '../jobs/webhooks.ts';
import type { Logger } from '../observe/logger.ts';
import { anchor } from '../pipeline/audit/anchor.ts';
import { pushTargets } from '../pipeline/receive/push-targets.ts';
import type { PushTarget } from '../pipeline/receive/receive.ts';
import { reconcile } from '../pipeline/reconcile.ts';
import type { Sources } from '../pipeline/take-in.ts';
import type { Sender } from '../slack/sender/sender.ts';
import type { Database } from './database.ts';
import { prover } from './prover.ts';
import { type SlackSide, type SlackWay, startSlackSide } from './slack-side.ts';
import { ANCHORS } from './state.ts';

export type ServedWorkspace = {
  readonly config: Config;
  readonly organisation: Organisation;
  readonly workspaceId: string;
};

export type ServiceOptions = {
  readonly database: Database;
  readonly workspaces: readonly ServedWorkspace[];
  readonly slack: SlackWay;
  readonly port: number;
  readonly host?: string;
  /** Whether schedules run; the demo runs its examples itself, as of their own date. */
  readonly schedules: boolean;
  /** What sources are asked with; undefined where none is. */
  readonly sources?: Sources;
  /** What messages to endpoints are signed with; undefined where nobody outside is told. */
  readonly signingKeysOf?: (endpoint: WebhookEndpoint) => readonly Buffer[];
  readonly publicUrl?: string | undefined;
  readonly logger: Logger;
};

export type Service = {
  readonly port: number;
  /** All workspaces' messages. */
  readonly sender: Sender;
  /** Stops taking work, finishes what is under way, anchors the trails. The database stays open. */
  readonly stop: () => Promise<void>;
};

/** Everything that runs for as long as the process does: Slack both ways, the HTTP server, each workspace's schedules. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { database, workspaces, logger } = options;
  const sql = database.pool('people');
  const slack = await startSlackSide({
    way: options.slack,
    workspaces: workspaces.map(({ workspaceId, organisation, config }) => ({
      workspaceId,
      organisation,
      reconciliations: [...config.reconciliations.values()],
      prove: prover(database, workspaceId),
    })),
    sql,
    logger,
  });
  const http = await listen(options, slack).catch(async (error: unknown) => {
    await slack.stop();
    throw error;
  });
  const clocks = workspaces.flatMap((workspace) => startClocks(options, workspace));
  return {
    port: http.port,
    sender: slack.sender,
    stop: async () => {
      for (const clock of clocks) await clock.stop();
      await http.stop();
      await slack.stop();
      for (const { workspaceId } of workspaces) {
        await anchor(sql, { workspaceId, folder: ANCHORS, now: new Date() });
      }
    },
  };
}

async function listen(options: ServiceOptions, slack: SlackSide): Promise<HttpServer> {
  const { database, port, host, logger } = options;
  const { sender, state, isConnected, installer } = slack;
  const sql = database.pool('people');
  const site = healthRoutes({ sql, sender, slackState: state, isConnected, logger });
  if (installer) site.route('/', installRoutes({ installer, logger, ...publicUrlOf(options.slack) }));
  const api = apiRoutes({
    sql: database.pool('api'),
    workspaces: options.workspaces.map(({ workspaceId, organisation, config }) => ({
      workspaceId,
      organisation,
      reconciliations: [...config.reconciliations.values()],
    })),
    logger,
  });
  site.route('/', api);
  site.route('/', await webhooks(options));
  return await startHttp({
    port,
    ...(host === undefined ? {} : { host }),
    slack: slack.requestListener,
    site,
  });
}

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

type Clock = { readonly stop: () => Promise<void> };

/** What time alone makes happen in one workspace. */
function startClocks(options: ServiceOptions, workspace: ServedWorkspace): Clock[] {
  const { database, logger } = options;
  const { workspaceId, organisation } = workspace;
  const timers = startTimers({
    sql: database.pool('runs'),
    workspaceId,
    zone: organisation.calendar.zone,
    moneyTeam: organisation.money.approvals.team,
    rulesChannel: organisation.governance?.channel,
    logger,
  });
  const digests = startDigests({
    sql: database.pool('runs'),
    workspaceId,
    organisation,
    specs: [...workspace.config.reconciliations.values()],
    logger,
  });
  const bulks = startBulks({
    sql: database.pool('runs'),
    workspaceId,
    settings: { codes: organisation.resolutionCodes, acting: organisation.acting },
    logger,
  });
  const { sources } = options;
  const feeds = workspace.config.feeds.values();
  const pushes = sources
    ? [startPushes({ sql: database.pool('runs'), workspaceId, feeds, sources, logger })]
    : [];
  const promises = startSlaSweep({ sql: database.pool('runs'), workspaceId, organisation, logger });
  const releases = startReleases({
    sql: database.pool('runs'),
    workspaceId,
    feeds: workspace.config.feeds,
    logger,
  });
  const others = [...triageOf(options, workspace), ...webhooksOf(options, workspace)];
  const clocks = [timers, digests, bulks, promises, releases, ...pushes, ...others];
  return options.schedules ? [startSchedules(options, workspace), ...clocks] : clocks;
}

/** Who outside is told of what, once the secrets are known. */
function webhooksOf(
  { database, signingKeysOf: keysOf, logger }: ServiceOptions,
  { workspaceId, organisation }: ServedWorkspace,
): Clock[] {
  if (!keysOf) return [];
  const endpoints = organisation.webhooks ?? [];
  return [startWebhooks({ sql: database.pool('runs'), workspaceId, endpoints, keysOf, logger })];
}

/** The triage meeting's clock, where there is a meeting; it is held where its team is. */
function triageOf(
  { database, logger }: ServiceOptions,
  { workspaceId, organisation }: ServedWorkspace,
): Clock[] {
  const { triage: terms, teams, calendar, zone } = organisation;
  if (!terms) return [];
  const place = teams.find(({ key }) => key === terms.team)?.zone ?? zone;
  const sql = database.pool('runs');
  return [startTriage({ sql, workspaceId, terms, calendar: { ...calendar, zone: place }, logger })];
}

function startSchedules(
  { database, sources, logger }: ServiceOptions,
  { config, organisation, workspaceId }: ServedWorkspace,
): Clock {
  const sql = database.pool('runs');
  return startScheduler({
    sql,
    workspaceId,
    schedules: organisation.schedules,
    work: async (schedule, slot) => {
      const spec = config.reconciliations.get(schedule.reconciliation);
      if (!spec) throw new Error(`schedule ${schedule.key} passed the configuration check and has no spec`);
      const { feeds } = config;
      const now = new Date();
      const report = await reconcile(sql, {
        workspaceId,
        spec,
        feeds,
        organisation,
        mode: 'active',
        cutoffAt: slot,
        now,
        sources,
      });
      await anchor(sql, { workspaceId, folder: ANCHORS, now });
      const { runId, status, changes } = report.run;
      logger.info({ workspaceId, schedule: schedule.key, slot, runId, status, changes }, 'schedule ran');
    },
    onError: (error, schedule) =>
      logger.error(
        { err: error, workspaceId, schedule: schedule.key },
        'schedule failed; it is tried again in a minute',
      ),
  });
}
