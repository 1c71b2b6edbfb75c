import type { Sql } from '../db/client.ts';
import { inWorkspace } from '../db/tx.ts';
import type { Logger } from '../observe/logger.ts';
import { forgetRequests } from '../pipeline/act/forget-requests.sql.ts';
import { forgetChanged } from '../pipeline/ingest/forget-changed.sql.ts';
import { purgeEvents } from '../pipeline/receive/purge-events.sql.ts';
import { startScheduler } from './scheduler.ts';

/** Its name cannot be a schedule's of tieout.yaml: those have no dot. */
const ONCE_A_DAY = { key: 'forgetting.daily', cron: '17 3 * * *' } as const;

type ForgettingOptions = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly logger: Logger;
};

/** Once a day forgets what served its time and is no part of the record; of several instances one does. */
export function startForgetting({ sql, workspaceId, logger }: ForgettingOptions): {
  stop: () => Promise<void>;
} {
  return startScheduler({
    sql,
    workspaceId,
    schedules: [ONCE_A_DAY],
    work: async (_schedule, slot) => {
      const about = { workspaceId, now: slot };
      const events = await inWorkspace(sql, workspaceId, (tx) => purgeEvents(tx, about));
      const requests = await inWorkspace(sql, workspaceId, (tx) => forgetRequests(tx, about));
      const changes = await inWorkspace(sql, workspaceId, (tx) => forgetChanged(tx, about));
      if (events + requests + changes > 0)
        logger.info({ events, requests, changes }, 'what served its time was forgotten');
    },
    onError: (error) =>
      logger.error({ err: error }, 'what served its time could not be forgotten; it is tried again'),
  });
}
