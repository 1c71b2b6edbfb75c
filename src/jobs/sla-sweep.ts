import type { Organisation } from '../core/organisation.ts';
import { sweepEveryMs } from '../core/sla-policy.ts';
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

/**
 * Carries out what SLA policies promise, every five seconds, or sooner where one counts in seconds: a sweep that finds nothing
 * costs a few look-ups in indexes. Of several instances one does it, and nothing twice.
 */
export function startSlaSweep(options: SweepOptions): { stop: () => Promise<void> } {
  const { sql, workspaceId, organisation, logger, clock = () => new Date() } = options;
  const everyMs = sweepEveryMs(
    Object.values(organisation.slaPolicies ?? {}),
    organisation.ownership.map(({ sla }) => sla),
  );
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
    if (!isStopped) timer = setTimeout(wake, everyMs);
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
