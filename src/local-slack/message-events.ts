import { deliverEvent, isSubscribed } from './deliver.ts';
import type { Channel, Message } from './types.ts';
import { wireMessage } from './wire.ts';
import type { Workspace } from './workspace.ts';

/** The word of Slack's payloads for each kind of conversation, and the subscription to its messages. */
const TYPES = {
  public: { type: 'channel', subscription: 'message.channels' },
  private: { type: 'group', subscription: 'message.groups' },
  im: { type: 'im', subscription: 'message.im' },
  mpim: { type: 'mpim', subscription: 'message.mpim' },
} as const;

const MENTION = 'app_mention';

/** The conversation, when the app is in it. */
function heard(workspace: Workspace, channelId: string): Channel | undefined {
  const channel = workspace.channels.get(channelId);
  return channel?.members.includes(workspace.app.botUserId) ? channel : undefined;
}

/** `event` is made only for those who subscribed: with thousands of messages that is work. */
function tell(workspace: Workspace, channelId: string, event: () => Record<string, unknown>): void {
  const channel = heard(workspace, channelId);
  if (!channel || !isSubscribed(workspace, TYPES[channel.kind].subscription)) return;
  void deliverEvent(workspace, {
    type: 'message',
    ...event(),
    channel: channelId,
    channel_type: TYPES[channel.kind].type,
  });
}

const asSaid = (workspace: Workspace, message: Message): Record<string, unknown> => ({
  ...wireMessage(workspace, message),
  event_ts: message.ts,
});

/** Tells the app of a new message, where it subscribed; and that it was mentioned, in a channel that it is in. */
export function tellPosted(workspace: Workspace, message: Message): void {
  tell(workspace, message.channel, () => asSaid(workspace, message));
  const channel = heard(workspace, message.channel);
  const { botUserId } = workspace.app;
  const isMention = message.user !== botUserId && mentions(message.text, botUserId);
  // In a direct conversation everything is said to the app: Slack sends no mention there.
  if (!isMention || !channel || channel.kind === 'im' || !isSubscribed(workspace, MENTION)) return;
  void deliverEvent(workspace, { ...asSaid(workspace, message), type: MENTION, channel: message.channel });
}

const mentions = (text: string, userId: string): boolean =>
  text.includes(`<@${userId}>`) || text.includes(`<@${userId}|`);

export function tellChanged(workspace: Workspace, before: Message, after: Message): void {
  const at = after.edited?.ts ?? after.ts;
  tell(workspace, after.channel, () => ({
    subtype: 'message_changed',
    hidden: true,
    message: wireMessage(workspace, after, { metadata: true }),
    previous_message: wireMessage(workspace, before, { metadata: true }),
    ts: at,
    event_ts: at,
  }));
}

/** Tells the app of a message that is gone. One with replies leaves a tombstone, which Slack tells as a change. */
export function tellDeleted(workspace: Workspace, gone: Message): void {
  const tombstone = workspace.messages(gone.channel).get(gone.ts);
  if (tombstone) {
    tellChanged(workspace, gone, tombstone);
    return;
  }
  const at = workspace.nextTs();
  tell(workspace, gone.channel, () => ({
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: gone.ts,
    previous_message: wireMessage(workspace, gone, { metadata: true }),
    ts: at,
    event_ts: at,
  }));
}
