import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import { fallbackPeople } from '../../db/outbox/fallback-people.sql.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { NO_CHANNEL } from './address.ts';

/** What is wrong with a channel, by Slack's code, and the way out. */
const ADVICE: Readonly<Record<string, string>> = {
  is_archived: 'The channel is archived. Unarchive it, or name another channel for the team in tieout.yaml.',
  is_inactive: 'The channel is archived. Unarchive it, or name another channel for the team in tieout.yaml.',
  not_in_channel: 'The app was removed from the channel. Invite it there again.',
  channel_not_found:
    'Slack shows the app no such channel: it was deleted, or made private. Invite the app, or name another channel for the team in tieout.yaml.',
  restricted_action: 'Only some people may post there. Let the app post, or name another channel.',
  restricted_action_read_only_channel: 'The channel is read-only. Let the app post, or name another channel.',
};

/**
 * Tells the team's lead and the admins, once per channel and reason, that a team's channel takes no messages. Nothing for
 * other reasons: those lie with one message.
 */
export async function tellUnreachable(
  tx: Tx,
  message: Leased,
  { workspaceId, error }: { workspaceId: string; error: string },
): Promise<void> {
  const advice = Object.hasOwn(ADVICE, error)
    ? ADVICE[error]
    : error.startsWith(NO_CHANNEL)
      ? error
      : undefined;
  if (advice === undefined || !message.address.startsWith('team:')) return;
  const team = message.address.slice('team:'.length);
  for (const personId of await fallbackPeople(tx, workspaceId, message.address)) {
    await enqueueNotice(tx, {
      workspaceId,
      dedupeKey: `unreachable:${message.address}:${error}:${personId}`,
      address: `person:${personId}`,
      payload: {
        title: `The channel of ${team} takes no messages`,
        body: `${advice} Until then its cards are kept back; the exceptions themselves are on the record and can be seen with "tieout exceptions".`,
        facts: [
          { label: 'Team', value: team },
          { label: 'Reason', value: error },
        ],
      },
    });
  }
}
