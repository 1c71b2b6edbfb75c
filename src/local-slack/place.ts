import { childrenOf, elementsIn } from './blocks/blocks.ts';
import type { Json } from './blocks/checks.ts';
import { isObject } from './blocks/checks.ts';
import { channelFor, Impossible, placeName, viewOf } from './person.ts';
import { issueResponseUrl } from './response-url.ts';
import type { Channel, Message, User } from './types.ts';
import { type PlainValues, stateValues } from './values.ts';
import { wireMessage, wireView } from './wire.ts';
import type { Workspace } from './workspace.ts';

/** Where somebody acts on an element: a message, an open view, or their App Home. */
export type Spot = {
  actionId: string;
  channel?: string;
  ts?: string;
  viewId?: string;
  /** In the person's App Home. */
  home?: boolean;
  /** Needed when two blocks use the same action_id. */
  blockId?: string;
  /** What is filled in around it. */
  values?: PlainValues;
};

export type Place = {
  blocks: Json[];
  fields: Json;
  shownAt: { channel?: string; ts?: string; viewId?: string };
};

/** What a payload says about the place, and the blocks that stand there. */
export function placeOf(workspace: Workspace, user: User, spot: Spot): Place {
  if (spot.channel !== undefined && spot.ts !== undefined) {
    return messagePlace(workspace, user, spot, channelFor(workspace, user, spot.channel));
  }
  const view = spot.home ? workspace.homes.get(user.id) : viewOf(workspace, user.id, spot.viewId);
  if (!view)
    throw new Impossible(`${user.realName} has no ${spot.home ? 'App Home' : 'open view'} to press in.`);
  return {
    blocks: view.blocks,
    fields: {
      container: { type: 'view', view_id: view.id },
      trigger_id: workspace.triggers.issue(user.id, view.id),
      view: wireView(workspace, view, stateValues(view.blocks, spot.values ?? {})),
    },
    shownAt: { viewId: view.id },
  };
}

function messagePlace(workspace: Workspace, user: User, spot: Spot, channel: Channel): Place {
  const message = seenMessage(workspace, user, channel, spot.ts ?? '');
  if (!message) throw new Impossible(`${user.realName} sees no message ${spot.ts} in ${channel.name}.`);
  const ephemeral = message.onlyFor !== undefined;
  const blocks = [...(message.blocks ?? []), ...attachedBlocks(message)];
  return {
    blocks,
    fields: {
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: ephemeral,
        ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
      },
      trigger_id: workspace.triggers.issue(user.id),
      channel: { id: channel.id, name: placeName(channel) },
      ...(ephemeral ? {} : { message: wireMessage(workspace, message, { metadata: true }) }),
      state: { values: stateValues(blocks, spot.values ?? {}) },
      response_url: issueResponseUrl(workspace, { user: user.id, channel: channel.id, message }),
    },
    shownAt: { channel: channel.id, ts: message.ts },
  };
}

const attachedBlocks = (message: Message): Json[] =>
  (message.attachments ?? []).flatMap((attachment) =>
    Array.isArray(attachment.blocks) ? attachment.blocks.filter(isObject) : [],
  );

/** The message at `ts` as this person sees it, also one that only they see. */
export const seenMessage = (
  workspace: Workspace,
  user: User,
  channel: Channel,
  ts: string,
): Message | undefined => workspace.messages(channel.id).get(ts) ?? ephemeralOf(workspace, user, ts);

const ephemeralOf = (workspace: Workspace, user: User, ts: string): Message | undefined => {
  const message = workspace.ephemerals.get(ts);
  return message?.onlyFor === user.id ? message : undefined;
};

/** The element that is acted on, with its block. */
export function actionOf(place: Place, spot: Spot): { block: Json; element: Json } {
  const blocks = place.blocks.flatMap((block) => [block, ...childrenOf(block).filter(isObject)]);
  const found = blocks
    .filter((block) => spot.blockId === undefined || block.block_id === spot.blockId)
    .flatMap((block) => elementsIn(block).map(({ element }) => ({ block, element })))
    .find(({ element }) => element.action_id === spot.actionId);
  if (found) return found;
  const offered = blocks.flatMap((b) => elementsIn(b).map(({ element }) => String(element.action_id ?? '')));
  throw new Impossible(
    `There is nothing with action_id "${spot.actionId}" to press here; there is: ${offered.filter(Boolean).join(', ') || 'nothing'}.`,
  );
}
