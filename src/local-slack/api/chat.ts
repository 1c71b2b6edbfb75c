import type { Json } from '../blocks/checks.ts';
import { lengthOf } from '../blocks/checks.ts';
import { LIMITS } from '../blocks/limits.ts';
import { tellChanged, tellDeleted, tellPosted } from '../message-events.ts';
import type { Channel, Message } from '../types.ts';
import { wireMessage } from '../wire.ts';
import type { Workspace } from '../workspace.ts';
import { type Content, contentOf } from './content.ts';
import type { Answer, ErrorAnswer, Method } from './method.ts';
import { fail, flag, isMember, messageAt, text, visibleChannel } from './method.ts';
import { hasScope } from './scopes.ts';

/** Where a post goes: a channel by id or name, or a person by id (their direct conversation). */
function destination(workspace: Workspace, name: unknown): Channel | undefined {
  const given = text(name) ?? '';
  const byId = visibleChannel(workspace, given);
  if (byId) return byId;
  const user = workspace.users.get(given);
  if (user && !user.deleted && !user.isBot) return workspace.openIm(user.id);
  const named = workspace.channelNamed(given);
  return named ? visibleChannel(workspace, named.id) : undefined;
}

/** The parent that a reply joins. A parent that is gone makes it a message of its own, without a word. */
function parentOf(workspace: Workspace, channel: Channel, threadTs: unknown): string | undefined {
  const parent = messageAt(workspace, channel, threadTs);
  return parent ? (parent.threadTs ?? parent.ts) : undefined;
}

const stored = (content: Content): Omit<Content, 'truncated'> => {
  const { truncated: _, ...rest } = content;
  return rest;
};

const warnings = (content: Content, args: Json): Json => {
  const found = [
    ...(content.truncated ? ['message_truncated'] : []),
    ...(content.blocks?.length && !text(args.text) ? ['missing_text_in_message'] : []),
  ];
  return found.length === 0 ? {} : { warning: found.join(','), response_metadata: { warnings: found } };
};

/** With this scope an app posts in public channels that it is not in; nobody has it without saying so. */
const mayPostUninvited = (workspace: Workspace, channel: Channel): boolean =>
  channel.kind === 'public' && workspace.app.scopes !== undefined && hasScope(workspace, 'chat:write.public');

function postMessage(workspace: Workspace, args: Json): Answer {
  const channel = destination(workspace, args.channel);
  if (!channel) return fail('channel_not_found');
  if (channel.archived) return fail('is_archived');
  if (!isMember(workspace, channel) && !mayPostUninvited(workspace, channel)) return fail('not_in_channel');
  const content = contentOf(args);
  if ('ok' in content) return content;
  const wait = workspace.pace.take(channel.id);
  if (wait !== null) return fail('ratelimited', { retryAfter: wait });

  const threadTs = parentOf(workspace, channel, args.thread_ts);
  const message = workspace.putMessage({
    ...stored(content),
    ts: workspace.nextTs(),
    channel: channel.id,
    user: workspace.app.botUserId,
    ...(threadTs ? { threadTs } : {}),
    ...(threadTs && flag(args.reply_broadcast) ? { broadcast: true, subtype: 'thread_broadcast' } : {}),
  });
  tellPosted(workspace, message);
  return {
    ok: true,
    channel: channel.id,
    ts: message.ts,
    message: wireMessage(workspace, message, { metadata: true }),
    ...warnings(content, args),
  };
}

/** The app's own message, ready to be changed; or the refusal. */
function ownMessage(
  workspace: Workspace,
  args: Json,
  refusal: 'cant_update_message' | 'cant_delete_message',
): { channel: Channel; message: Message } | ErrorAnswer {
  const channel = visibleChannel(workspace, args.channel);
  if (!channel) return fail('channel_not_found');
  if (channel.archived && refusal === 'cant_update_message') return fail('is_inactive');
  const message = messageAt(workspace, channel, args.ts);
  if (!message) return fail('message_not_found');
  if (message.user !== workspace.app.botUserId) return fail(refusal);
  return { channel, message };
}

function update(workspace: Workspace, args: Json): Answer {
  const found = ownMessage(workspace, args, 'cant_update_message');
  if ('ok' in found) return found;
  if (lengthOf(text(args.text) ?? '') > LIMITS.message.updateText) return fail('msg_too_long');
  const content = contentOf(args);
  if ('ok' in content) return content;
  const { channel, message } = found;
  // Blocks and attachments that are not named again are gone; metadata stays until it is replaced.
  const { blocks: _blocks, attachments: _attachments, ...kept } = message;
  const edited = workspace.putMessage({
    ...kept,
    ...stored(content),
    text: args.text === undefined ? message.text : content.text,
    edited: { user: workspace.app.botUserId, ts: workspace.nextTs() },
  });
  tellChanged(workspace, message, edited);
  return {
    ok: true,
    channel: channel.id,
    ts: message.ts,
    text: edited.text,
    message: wireMessage(workspace, edited, { metadata: true }),
    ...warnings(content, args),
  };
}

function remove(workspace: Workspace, args: Json): Answer {
  const found = ownMessage(workspace, args, 'cant_delete_message');
  if ('ok' in found) return found;
  workspace.removeMessage(found.message);
  tellDeleted(workspace, found.message);
  return { ok: true, channel: found.channel.id, ts: found.message.ts };
}

function postEphemeral(workspace: Workspace, args: Json): Answer {
  const channel = visibleChannel(workspace, args.channel);
  if (!channel) return fail('channel_not_found');
  if (channel.archived) return fail('is_archived');
  if (!isMember(workspace, channel)) return fail('not_in_channel');
  const user = text(args.user) ?? '';
  if (!channel.members.includes(user)) return fail('user_not_in_channel');
  const content = contentOf(args);
  if ('ok' in content) return content;
  if (content.truncated) return fail('msg_too_long');
  const threadTs = parentOf(workspace, channel, args.thread_ts);
  const message = workspace.putMessage({
    ...stored(content),
    ts: workspace.nextTs(),
    channel: channel.id,
    user: workspace.app.botUserId,
    onlyFor: user,
    ...(threadTs ? { threadTs } : {}),
  });
  return { ok: true, message_ts: message.ts };
}

function getPermalink(workspace: Workspace, args: Json): Answer {
  const channel = visibleChannel(workspace, args.channel);
  if (!channel) return fail('channel_not_found');
  const message = messageAt(workspace, channel, args.message_ts);
  if (!message) return fail('message_not_found');
  const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : '';
  const permalink = `${workspace.url}archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`;
  return { ok: true, channel: channel.id, permalink };
}

export const chatMethods = {
  'chat.postMessage': { json: true, required: ['channel'], run: postMessage },
  'chat.update': { json: true, required: ['channel', 'ts'], run: update },
  'chat.delete': { json: true, required: ['channel', 'ts'], run: remove },
  'chat.postEphemeral': { json: true, required: ['channel', 'user'], run: postEphemeral },
  'chat.getPermalink': { json: false, required: ['channel', 'message_ts'], run: getPermalink },
} satisfies Record<string, Method>;
