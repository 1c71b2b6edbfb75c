import { schedule as wakeAt } from 'node-cron';

/** Runs a pass every minute (UTC) and once at the start, one at a time: a wake-up during a pass is that pass. */
export function everyMinute(pass: () => Promise<void>): { stop: () => Promise<void> } {
  let running: Promise<void> | undefined;
  const wake = (): Promise<void> => {
    running ??= pass().finally(() => {
      running = undefined;
    });
    return running;
  };
  const task = wakeAt('* * * * *', wake, { timezone: 'UTC', suppressMissedWarning: true });
  void wake();
  return {
    stop: async () => {
      await task.destroy();
      await running;
    },
  };
}
