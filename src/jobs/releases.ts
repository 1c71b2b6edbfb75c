import type { FeedContract } from '../core/contract.ts';
import type { Versioned } from '../core/versioned.ts';
import type { Sql } from '../db/client.ts';
import type { Logger } from '../observe/logger.ts';
import { takeReleased } from '../pipeline/ingest/take-released.ts';
import { everyMinute } from './minutely.ts';

type ReleaseOptions = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly feeds: ReadonlyMap<string, FeedContract & Versioned>;
  readonly logger: Logger;
};

/** Once a minute takes in the deliveries that somebody released; several instances at once do nothing twice. */
export function startReleases({ sql, workspaceId, feeds, logger }: ReleaseOptions): {
  stop: () => Promise<void>;
} {
  return everyMinute(async () => {
    try {
      for (const { feed, name, status } of await takeReleased(sql, { workspaceId, feeds })) {
        logger.info({ workspaceId, feed, delivery: name, status }, 'a released delivery was read');
      }
    } catch (error) {
      logger.error(
        { err: error, workspaceId },
        'a released delivery could not be read; trying again in a minute',
      );
    }
  });
}
