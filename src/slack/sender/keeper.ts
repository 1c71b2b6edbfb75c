import type { SenderContext } from './context.ts';
import { patrolLanes } from './patrol.ts';
import { probeLanes } from './probe.ts';

const ROUND_MS = 2_000;

/**
 * Keeps the lanes in order until stopped: tries channels that took no messages, and looks after those that do. What is due
 * is decided in Postgres, so that of several instances each lane is one's concern at a time.
 */
export function startKeeper(context: SenderContext): { stop: () => Promise<void> } {
  let round: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    await probeLanes(context);
    await patrolLanes(context);
  };
  const timer = setInterval(() => {
    round ??= work()
      .catch((error: unknown) =>
        context.logger.warn({ err: error }, 'cannot look after the channels; trying again in two seconds'),
      )
      .finally(() => {
        round = undefined;
      });
  }, ROUND_MS).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
    },
  };
}
