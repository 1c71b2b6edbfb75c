import type { Sql } from '../db/client.ts';
import { everyMinute } from './minutely.ts';
import { runDue, type Timetable } from './run-due.ts';

export type SchedulerOptions<S extends Timetable> = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly schedules: readonly S[];
  readonly work: (schedule: S, slot: Date) => Promise<void>;
  readonly onError: (error: unknown, schedule: S) => void;
  readonly clock?: () => Date;
};

/**
 * Wakes every minute (UTC) and once at the start, and runs whatever is due; one pass at a time. A failed pass is reported
 * and tried again at the next wake-up, because its slot is still due.
 */
export function startScheduler<S extends Timetable>(
  options: SchedulerOptions<S>,
): { stop: () => Promise<void> } {
  const clock = options.clock ?? (() => new Date());
  return everyMinute(() => runAll(options, clock));
}

async function runAll<S extends Timetable>(options: SchedulerOptions<S>, clock: () => Date): Promise<void> {
  for (const schedule of options.schedules) {
    try {
      await runDue(options.sql, { workspaceId: options.workspaceId, schedule, now: clock() }, (slot) =>
        options.work(schedule, slot),
      );
    } catch (error) {
      options.onError(error, schedule);
    }
  }
}
