import { inWorkspace } from '../../db/tx.ts';
import { findPerson } from '../guard/find-person.sql.ts';
import { personReader, type Reader, teamReader } from '../views/reader.ts';
import type { ListenerContext } from './context.ts';

/** A Slack user as a reader; the workspace's language for somebody unknown, and when the database does not answer. */
export async function readerAt(context: ListenerContext, slackUserId: string): Promise<Reader> {
  const { sql, workspaceId, organisation, logger } = context;
  const workspaces = teamReader(organisation, undefined);
  try {
    const known = await inWorkspace(sql, workspaceId, (tx) => findPerson(tx, workspaceId, slackUserId));
    if (!known) return workspaces;
    const { key, slack_locale: slackLocale, slack_zone: slackZone } = known;
    return personReader(organisation, { key, slackLocale, slackZone });
  } catch (error) {
    // What is said matters more than in which language.
    logger.warn({ err: error, userId: slackUserId }, 'the language of a person is not known');
    return workspaces;
  }
}
