import type { Config } from '../config/load.ts';
import type { Organisation } from '../core/organisation.ts';
import { healthRoutes } from '../http/health.ts';
import { type HttpServer, startHttp } from '../http/server.ts';
import { startScheduler } from '../jobs/scheduler.ts';
import { startTimers } from '../jobs/timers.ts';
import type { Logger } from '../observe/logger.ts';
import { anchor } from '../pipeline/audit/anchor.ts';
import { reconcile } from '../pipeline/reconcile.ts';
import { type SlackApp, type SlackSettings, startSlack } from '../slack/app.ts';
import type { Database } from './database.ts';
import { ANCHORS } from './state.ts';

export type ServiceOptions = {
  readonly database: Database;
  readonly config: Config;
  readonly organisation: Organisation;
  readonly workspaceId: string;
  readonly slack: SlackSettings;
  readonly port: number;
  readonly host?: string;
  /** Whether schedules run; the demo runs its examples itself, as of their own date. */
  readonly schedules: boolean;
  readonly logger: Logger;
};

export type Service = {
  readonly port: number;
  readonly sender: SlackApp['sender'];
  /** Stops taking work, finishes what is under way, anchors the trail. The database stays open. */
  readonly stop: () => Promise<void>;
};

/** Everything that runs for as long as the process does: Slack both ways, the HTTP server, the schedules. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { database, workspaceId, logger } = options;
  const slack = await startSlack({
    settings: options.slack,
    organisation: options.organisation,
    sql: database.pool('people'),
    workspaceId,
    logger,
  });
  const http = await listen(options, slack).catch(async (error: unknown) => {
    await slack.stop();
    throw error;
  });
  const scheduler = options.schedules ? startSchedules(options) : undefined;
  const timers = startTimers({
    sql: database.pool('runs'),
    workspaceId,
    zone: options.organisation.calendar.zone,
    logger,
  });
  return {
    port: http.port,
    sender: slack.sender,
    stop: async () => {
      await scheduler?.stop();
      await timers.stop();
      await http.stop();
      await slack.stop();
      await anchor(database.pool('people'), { workspaceId, folder: ANCHORS, now: new Date() });
    },
  };
}

const listen = (options: ServiceOptions, slack: SlackApp): Promise<HttpServer> =>
  startHttp({
    port: options.port,
    ...(options.host === undefined ? {} : { host: options.host }),
    slack: slack.requestListener,
    site: healthRoutes({
      sql: options.database.pool('people'),
      sender: slack.sender,
      logger: options.logger,
    }),
  });

function startSchedules({ database, config, organisation, workspaceId, logger }: ServiceOptions) {
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
      });
      await anchor(sql, { workspaceId, folder: ANCHORS, now });
      const { runId, status, changes } = report.run;
      logger.info({ schedule: schedule.key, slot, runId, status, changes }, 'schedule ran');
    },
    onError: (error, schedule) =>
      logger.error({ err: error, schedule: schedule.key }, 'schedule failed; it is tried again in a minute'),
  });
}
