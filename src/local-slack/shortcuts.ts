import type { Json } from './blocks/checks.ts';
import { deliverInteraction } from './deliver.ts';
import { channelFor, envelope, finished, Impossible, personOf, placeName, type Result } from './person.ts';
import { seenMessage } from './place.ts';
import { issueResponseUrl } from './response-url.ts';
import type { Shortcut } from './types.ts';
import { wireMessage } from './wire.ts';
import type { Workspace } from './workspace.ts';

export type UseShortcut = { as: string; callbackId: string; channel?: string; ts?: string };

const TROUBLE = 'This app is not responding.';

/** Slack names the app in the payload of every interaction but a shortcut's. */
const ofShortcut = (...of: Parameters<typeof envelope>): Json => {
  const { api_app_id: _, ...rest } = envelope(...of);
  return rest;
};

/** Uses a shortcut of the app: on the message named, or anywhere when none is. */
export async function useShortcut(workspace: Workspace, request: UseShortcut): Promise<Result> {
  const user = personOf(workspace, request.as);
  const kind: Shortcut['kind'] = request.ts === undefined ? 'global' : 'message';
  const known = (workspace.app.shortcuts ?? []).some(
    (shortcut) => shortcut.kind === kind && shortcut.callbackId === request.callbackId,
  );
  if (!known) throw new Impossible(`The app has no ${kind} shortcut "${request.callbackId}".`);
  const common = {
    callback_id: request.callbackId,
    trigger_id: workspace.triggers.issue(user.id),
    action_ts: workspace.nextTs(),
  };
  if (request.ts === undefined) {
    const outcome = await deliverInteraction(workspace, {
      ...ofShortcut(workspace, 'shortcut', user),
      ...common,
    });
    return finished(workspace, user, outcome, TROUBLE);
  }
  const channel = channelFor(workspace, user, request.channel ?? '');
  const message = seenMessage(workspace, user, channel, request.ts);
  if (!message) throw new Impossible(`${user.realName} sees no message ${request.ts} in ${channel.name}.`);
  const outcome = await deliverInteraction(workspace, {
    ...ofShortcut(workspace, 'message_action', user),
    ...common,
    message_ts: message.ts,
    channel: { id: channel.id, name: placeName(channel) },
    // An app sees what was written, whether it is in the channel or not: the person handed it over.
    message: wireMessage(workspace, message, { metadata: true }),
    response_url: issueResponseUrl(workspace, {
      user: user.id,
      channel: channel.id,
      thread: message.threadTs,
    }),
  });
  return finished(workspace, user, outcome, TROUBLE, { channel: channel.id, ts: message.ts });
}
