import { childrenOf, elementsIn } from './blocks/blocks.ts';
import type { Json } from './blocks/checks.ts';
import { isObject } from './blocks/checks.ts';
import { deliverInteraction } from './deliver.ts';
import { channelFor, envelope, finished, Impossible, personOf, type Result, viewOf } from './person.ts';
import { issueResponseUrl } from './response-url.ts';
import type { Channel, Message, User } from './types.ts';
import { chosenField, type Plain, type PlainValues, stateValues } from './values.ts';
import { wireMessage, wireView } from './wire.ts';
import type { Workspace } from './workspace.ts';

export type Press = {
  as: string;
  actionId: string;
  channel?: string;
  ts?: string;
  viewId?: string;
  /** The press is in the person's App Home. */
  home?: boolean;
  /** Needed when two blocks use the same action_id. */
  blockId?: string;
  /** The chosen option, person or date. For a button it replaces the button's own value (a forged press). */
  value?: Plain;
  /** What is filled in around it. */
  values?: PlainValues;
};

type Place = { blocks: Json[]; fields: Json; shownAt: { channel?: string; ts?: string; viewId?: string } };

function placeOf(workspace: Workspace, user: User, press: Press): Place {
  if (press.channel !== undefined && press.ts !== undefined) {
    return messagePlace(workspace, user, press, channelFor(workspace, user, press.channel));
  }
  const view = press.home ? workspace.homes.get(user.id) : viewOf(workspace, user.id, press.viewId);
  if (!view)
    throw new Impossible(`${user.realName} has no ${press.home ? 'App Home' : 'open view'} to press in.`);
  return {
    blocks: view.blocks,
    fields: {
      container: { type: 'view', view_id: view.id },
      trigger_id: workspace.triggers.issue(user.id, view.id),
      view: wireView(workspace, view, stateValues(view.blocks, press.values ?? {})),
    },
    shownAt: { viewId: view.id },
  };
}

function messagePlace(workspace: Workspace, user: User, press: Press, channel: Channel): Place {
  const message =
    workspace.messages(channel.id).get(press.ts ?? '') ?? ephemeralOf(workspace, user, press.ts ?? '');
  if (!message) throw new Impossible(`${user.realName} sees no message ${press.ts} in ${channel.name}.`);
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
      channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
      ...(ephemeral ? {} : { message: wireMessage(workspace, message, { metadata: true }) }),
      state: { values: stateValues(blocks, press.values ?? {}) },
      response_url: issueResponseUrl(workspace, { user: user.id, channel: channel.id, message }),
    },
    shownAt: { channel: channel.id, ts: message.ts },
  };
}

const attachedBlocks = (message: Message): Json[] =>
  (message.attachments ?? []).flatMap((attachment) =>
    Array.isArray(attachment.blocks) ? attachment.blocks.filter(isObject) : [],
  );

const ephemeralOf = (workspace: Workspace, user: User, ts: string): Message | undefined => {
  const message = workspace.ephemerals.get(ts);
  return message?.onlyFor === user.id ? message : undefined;
};

function actionOf(place: Place, press: Press): { block: Json; element: Json } {
  const blocks = place.blocks.flatMap((block) => [block, ...childrenOf(block).filter(isObject)]);
  const found = blocks
    .filter((block) => press.blockId === undefined || block.block_id === press.blockId)
    .flatMap((block) => elementsIn(block).map(({ element }) => ({ block, element })))
    .find(({ element }) => element.action_id === press.actionId);
  if (found) return found;
  const offered = blocks.flatMap((b) => elementsIn(b).map(({ element }) => String(element.action_id ?? '')));
  throw new Impossible(
    `There is nothing with action_id "${press.actionId}" to press here; there is: ${offered.filter(Boolean).join(', ') || 'nothing'}.`,
  );
}

/** Presses a button or chooses in a menu, and waits for the app's acknowledgement. */
export async function press(workspace: Workspace, request: Press): Promise<Result> {
  const user = personOf(workspace, request.as);
  const place = placeOf(workspace, user, request);
  const { block, element } = actionOf(place, request);
  const value = request.value ?? element.value;
  const action = {
    action_id: element.action_id,
    block_id: block.block_id,
    type: element.type,
    ...(element.text ? { text: element.text } : {}),
    ...(element.type === 'button' && value !== undefined && value !== null ? { value: String(value) } : {}),
    ...(element.style ? { style: element.style } : {}),
    ...chosenField(element, request.value ?? null),
    action_ts: workspace.nextTs(),
  };
  const outcome = await deliverInteraction(workspace, {
    ...envelope(workspace, 'block_actions', user),
    ...place.fields,
    actions: [action],
  });
  return finished(workspace, user, outcome, 'This app is not responding.', place.shownAt);
}
