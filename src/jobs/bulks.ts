import type { Sql } from '../db/client.ts';
import type { Logger } from '../observe/logger.ts';
import type { BulkSettings } from '../pipeline/act/bulk-kinds.ts';
import { resumeBulks } from '../pipeline/act/bulk-run.ts';
import { startScheduler } from './scheduler.ts';

/** Its name cannot be a schedule's of tieout.yaml: those have no dot. */
const EVERY_MINUTE = { key: 'bulks.minute', cron: '* * * * *' } as const;

/** Whoever was at it has surely given up by then, or is so slow that help is welcome: nothing is done twice. */
const ABANDONED_MS = 60_000;

type BulkOptions = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly settings: BulkSettings;
  readonly logger: Logger;
};

/** Once a minute carries on with bulk actions that were confirmed and broke off; of several instances one does. */
export function startBulks({ sql, workspaceId, settings, logger }: BulkOptions): {
  stop: () => Promise<void>;
} {
  return startScheduler({
    sql,
    workspaceId,
    schedules: [EVERY_MINUTE],
    work: async () => {
      const resumed = await resumeBulks(sql, { workspaceId, olderThanMs: ABANDONED_MS }, settings);
      if (resumed > 0) logger.info({ resumed }, 'bulk actions that had broken off were carried through');
    },
    onError: (error) =>
      logger.error({ err: error }, 'a bulk action could not go on; trying again in a minute'),
  });
}
