import type { Sql } from '../db/client.ts';
import type { Logger } from '../observe/logger.ts';
import { sweep } from '../pipeline/act/sweep.ts';
import { startScheduler } from './scheduler.ts';

/** Its name cannot be a schedule's of tieout.yaml: those have no dot. */
const EVERY_MINUTE = { key: 'timers.minute', cron: '* * * * *' } as const;

type TimerOptions = {
  readonly sql: Sql;
  readonly workspaceId: string;
  /** The zone of the days that are waited for. */
  readonly zone: string;
  /** The team whose channel hears of money. */
  readonly moneyTeam: string | undefined;
  /** The channel where changes of rules are decided. */
  readonly rulesChannel?: string | undefined;
  readonly logger: Logger;
  readonly clock?: () => Date;
};

/** Sweeps once a minute what time alone makes due; of several instances one does, and none twice. */
export function startTimers(options: TimerOptions): { stop: () => Promise<void> } {
  const { sql, workspaceId, zone, moneyTeam, rulesChannel, logger, clock = () => new Date() } = options;
  return startScheduler({
    sql,
    workspaceId,
    schedules: [EVERY_MINUTE],
    work: async () => {
      const swept = await sweep(sql, { workspaceId, zone, moneyTeam, rulesChannel, now: clock() });
      if (Object.values(swept).some((count) => count > 0)) logger.info(swept, 'timers ran');
    },
    onError: (error) => logger.error({ err: error }, 'a timer failed; it is tried again in a minute'),
    clock,
  });
}
