import type { Sql } from '../db/client.ts';
import type { Logger } from '../observe/logger.ts';
import { MOST_SWEPT } from '../pipeline/act/most-swept.ts';
import { type Swept, sweep } from '../pipeline/act/sweep.ts';
import { startScheduler } from './scheduler.ts';

/** Its name cannot be a schedule's of tieout.yaml: those have no dot. */
const EVERY_MINUTE = { key: 'timers.minute', cron: '* * * * *' } as const;

/** So long a minute's sweep goes on while there may be more; the rest a minute later. */
const GOES_ON_MS = 40_000;

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

/**
 * Sweeps once a minute what time alone makes due; of several instances one does, and none twice. Where a pass takes as many as it may, it
 * goes on: 500 claims of somebody who left took 1.8 s of the minute, and thousands waited for the next one (2026-12-01).
 */
export function startTimers(options: TimerOptions): { stop: () => Promise<void> } {
  const { sql, workspaceId, logger, clock } = options;
  let isStopping = false;
  const scheduler = startScheduler({
    sql,
    workspaceId,
    schedules: [EVERY_MINUTE],
    work: async () => {
      const until = performance.now() + GOES_ON_MS;
      while (!isThrough(await pass(options)) && !isStopping && performance.now() < until);
    },
    onError: (error) => logger.error({ err: error }, 'a timer failed; it is tried again in a minute'),
    ...(clock === undefined ? {} : { clock }),
  });
  return {
    stop: () => {
      isStopping = true;
      return scheduler.stop();
    },
  };
}

async function pass({ sql, logger, clock = () => new Date(), ...about }: TimerOptions): Promise<Swept> {
  const { workspaceId, zone, moneyTeam, rulesChannel } = about;
  const swept = await sweep(sql, { workspaceId, zone, moneyTeam, rulesChannel, now: clock() });
  if (Object.values(swept).some((count) => count > 0)) logger.info(swept, 'timers ran');
  return swept;
}

const isThrough = (swept: Swept): boolean => Object.values(swept).every((count) => count < MOST_SWEPT);
