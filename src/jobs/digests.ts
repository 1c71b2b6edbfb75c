import { latestDailySlot } from '../core/daily-slot.ts';
import type { Logger } from '../observe/logger.ts';
import { digestPlans } from './digest-plans.ts';
import { everyMinute } from './minutely.ts';
import { type DigestTerms, sendDigest } from './send-digest.ts';

type DigestOptions = DigestTerms & { readonly logger: Logger; readonly clock?: () => Date };

/** Looks once a minute which digests are due, and puts them into the outbox. */
export function startDigests(options: DigestOptions): { stop: () => Promise<void> } {
  const { logger, workspaceId, clock = () => new Date() } = options;
  const plans = digestPlans(options.organisation);
  // A watermark never moves back, so until the next slot nobody need ask the database.
  const completed = new Map<string, Date>();
  return everyMinute(async () => {
    const now = clock();
    for (const plan of plans) {
      const known = completed.get(plan.key);
      if (known && !latestDailySlot(plan, { after: known, now })) continue;
      try {
        const look = await sendDigest(options, plan, now);
        if (look.completed) completed.set(plan.key, look.completed);
        const { outcome } = look;
        if (outcome !== 'not_due' && outcome !== 'busy') {
          logger.info({ workspaceId, digest: plan.key, outcome }, 'digest looked at');
        }
      } catch (error) {
        logger.error(
          { err: error, workspaceId, digest: plan.key },
          'a digest failed; it is tried again in a minute',
        );
      }
    }
  });
}
