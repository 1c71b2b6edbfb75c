import { inWorkspace } from '../../db/tx.ts';
import type { Logger } from '../../observe/logger.ts';
import type { IdentifyContext } from './identify.ts';
import { storeReading } from './store-reading.sql.ts';

/**
 * Asks Slack once for the language and zone of a person whom the configuration links, and keeps them. Without an answer
 * the workspace's language stays, and it is asked again the next time.
 */
export async function learnReading(
  context: IdentifyContext & { readonly logger: Logger },
  slackUserId: string,
): Promise<void> {
  const { sql, workspaceId, logger } = context;
  const asked = await context.call('users.info', { user: slackUserId, include_locale: true });
  if (asked.kind !== 'done') {
    logger.warn({ userId: slackUserId, outcome: asked.kind }, 'Slack did not say in which language to write');
    return;
  }
  const user = (asked.body.user ?? {}) as { readonly locale?: string; readonly tz?: string };
  const said = { workspaceId, slackUserId, locale: user.locale, zone: user.tz };
  await inWorkspace(sql, workspaceId, (tx) => storeReading(tx, said));
}

/** The same, for an answer that does not wait for it: the next one is in the person's language. */
export function learnReadingSoon(
  context: IdentifyContext & { readonly logger: Logger },
  slackUserId: string,
): void {
  learnReading(context, slackUserId).catch((error: unknown) =>
    context.logger.warn({ err: error, userId: slackUserId }, 'the language of a person was not kept'),
  );
}
