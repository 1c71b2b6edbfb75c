import { startBulks } from '../jobs/bulks.ts';
import { startDigests } from '../jobs/digests.ts';
import { startForgetting } from '../jobs/forgetting.ts';
import { startPushes } from '../jobs/pushes.ts';
import { startReleases } from '../jobs/releases.ts';
import { startRules } from '../jobs/rules.ts';
import { startScheduler } from '../jobs/scheduler.ts';
import { startSlaSweep } from '../jobs/sla-sweep.ts';
import { startTimers } from '../jobs/timers.ts';
import { startTriage } from '../jobs/triage.ts';
import { startWebhooks } from '../jobs/webhooks.ts';
import type { Logger } from '../observe/logger.ts';
import { anchor } from '../pipeline/audit/anchor.ts';
import type { Watch } from '../pipeline/ingest/watch.ts';
import { reconcile } from '../pipeline/reconcile.ts';
import type { Sender } from '../slack/sender/sender.ts';
import type { RulesNow } from '../slack/workspace.ts';
import type { Database } from './database.ts';
import { prover } from './prover.ts';
import { keepRules, type RuleKeeper } from './rules-in-force.ts';
import type { Ruled, ServedWorkspace, ServiceOptions } from './served.ts';
import { listen } from './site.ts';
import { startSlackSide } from './slack-side.ts';
import { ANCHORS } from './state.ts';

export type Service = {
  readonly port: number;
  /** All workspaces' messages. */
  readonly sender: Sender;
  /** Stops taking work, finishes what is under way, anchors the trails. The database stays open. */
  readonly stop: () => Promise<void>;
};

/** Everything that runs for as long as the process does: Slack both ways, the HTTP server, each workspace's schedules. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { database, logger } = options;
  const sql = database.pool('people');
  const workspaces = options.workspaces.map((workspace) => withRules(database, workspace));
  const slack = await startSlackSide({
    way: options.slack,
    workspaces: workspaces.map(({ workspaceId, organisation, rules }) => ({
      workspaceId,
      organisation,
      rules: rulesFor(rules, logger),
      prove: prover(database, workspaceId),
    })),
    sql,
    logger,
  });
  const http = await listen({ ...options, workspaces }, slack).catch(async (error: unknown) => {
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

function withRules(database: Database, workspace: ServedWorkspace): Ruled {
  const { workspaceId, organisation } = workspace;
  const config = { ...workspace.config, organisation };
  return { ...workspace, rules: keepRules(database.pool('runs'), { config, workspaceId }) };
}

/** The rules as those who answer people want them. */
const rulesFor = ({ now, refresh }: RuleKeeper, logger: Logger): RulesNow => ({
  now: () => {
    const { organisation, reconciliations } = now();
    return { organisation, reconciliations: [...reconciliations.values()] };
  },
  changed: () => {
    refresh().catch((error: unknown) =>
      logger.error({ err: error }, 'the rules could not be read again; they are within a minute'),
    );
  },
});

type Clock = { readonly stop: () => Promise<void> };

/** What time alone makes happen in one workspace. */
function startClocks(options: ServiceOptions, workspace: Ruled): Clock[] {
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
  const forgetting = startForgetting({ sql: database.pool('runs'), workspaceId, logger });
  const rules = startRules({ refresh: workspace.rules.refresh, workspaceId, logger });
  const clocks = [timers, digests, bulks, promises, releases, rules, forgetting, ...pushes, ...others];
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

/** Of a delivery, a service says only what somebody may have to look at. */
const logged = (logger: Logger, feed: string): Watch => ({
  read: () => undefined,
  stage: () => undefined,
  waits: (path, why) => logger.info({ feed, path, why }, 'a file waits'),
  absent: (pattern) =>
    logger.warn({ feed, pattern }, 'no file matches the pattern; what is on record is reconciled'),
});

function startSchedules(
  { database, sources, logger }: ServiceOptions,
  { organisation, workspaceId, rules }: Ruled,
): Clock {
  const sql = database.pool('runs');
  return startScheduler({
    sql,
    workspaceId,
    schedules: organisation.schedules,
    work: async (schedule, slot) => {
      const { feeds, reconciliations, organisation: ruled } = await rules.refresh();
      const spec = reconciliations.get(schedule.reconciliation);
      if (!spec) throw new Error(`schedule ${schedule.key} passed the configuration check and has no spec`);
      const now = new Date();
      const report = await reconcile(sql, {
        workspaceId,
        spec,
        feeds,
        organisation: ruled,
        mode: 'active',
        cutoffAt: slot,
        now,
        sources,
        watch: (feed) => logged(logger, feed),
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
