import type { Organisation } from '../core/organisation.ts';
import type { Sql } from '../db/client.ts';
import type { Logger } from '../observe/logger.ts';
import { sweepPromises } from '../pipeline/act/sweep-promises.ts';

type SweepOptions = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly organisation: Organisation;
  readonly logger: Logger;
  readonly clock?: () => Date;
};

/** Promises are made in seconds (`30s`) as well as in days; a sweep that finds nothing costs two look-ups in an index. */
const EVERY_MS = 5_000;

/** Carries out every five seconds what SLA policies promise; of several instances one does, and nothing twice. */
export function startSlaSweep(options: SweepOptions): { stop: () => Promise<void> } {
  const { sql, workspaceId, organisation, logger, clock = () => new Date() } = options;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const pass = async (): Promise<void> => {
    try {
      const swept = await sweepPromises(sql, { workspaceId, organisation, now: clock() });
      if (swept && swept.reminded + swept.escalated + swept.released > 0)
        logger.info(swept, 'promises swept');
    } catch (error) {
      logger.error({ err: error, workspaceId }, 'the sweep of promises failed; it is tried again in seconds');
    }
    if (!isStopped) timer = setTimeout(wake, EVERY_MS);
  };
  let running = Promise.resolve();
  const wake = (): void => {
    running = pass();
  };
  wake();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
