import type { FeedContract } from '../core/contract.ts';
import type { Versioned } from '../core/versioned.ts';
import type { Sql } from '../db/client.ts';
import type { Logger } from '../observe/logger.ts';
import { type Sources, takePushed } from '../pipeline/take-in.ts';
import { startScheduler } from './scheduler.ts';

/** Its name cannot be a schedule's of tieout.yaml: those have no dot. */
const EVERY_MINUTE = 'pushes.minute';

type PushOptions = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly feeds: Iterable<FeedContract & Versioned>;
  readonly sources: Sources;
  readonly logger: Logger;
};

/** Once a minute makes records of what was pushed; of several instances one does, feed by feed, so that one that fails stops no other. */
export function startPushes({ sql, workspaceId, feeds, sources, logger }: PushOptions): {
  stop: () => Promise<void>;
} {
  const schedules = [...feeds]
    .filter(({ webhook }) => webhook !== undefined)
    .map((contract) => ({ key: `${EVERY_MINUTE}.${contract.feed}`, cron: '* * * * *', contract }));
  return startScheduler({
    sql,
    workspaceId,
    schedules,
    work: async ({ contract }) => {
      const reports = await takePushed(sql, { workspaceId, contract, sources });
      for (const { deliveryId, rowsRead, rowsQuarantined, status } of reports) {
        logger.info(
          { feed: contract.feed, deliveryId, status, rowsRead, rowsQuarantined },
          'pushed events were taken',
        );
      }
    },
    onError: (error, { contract }) =>
      logger.error({ err: error, feed: contract.feed }, 'pushed events could not be taken; they wait'),
  });
}
