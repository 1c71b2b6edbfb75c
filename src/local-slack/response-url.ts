import { randomBytes } from 'node:crypto';
import { contentOf } from './api/content.ts';
import type { ErrorAnswer } from './api/method.ts';
import { fail, flag, text } from './api/method.ts';
import type { Json } from './blocks/checks.ts';
import type { Message, ResponseUrl } from './types.ts';
import type { Workspace } from './workspace.ts';

const LIFETIME_MS = 30 * 60_000;
const USES = 5;

/** A press comes from a message of the app, which an answer may replace; a shortcut only from a thread. */
type Origin = { user: string; channel: string; message?: Message; thread?: string | undefined };

/** An address good for five answers within thirty minutes. */
export function issueResponseUrl(workspace: Workspace, origin: Origin): string {
  const key = randomBytes(18).toString('base64url');
  const { message } = origin;
  const thread = message?.threadTs ?? origin.thread;
  workspace.responseUrls.put(key, {
    key,
    user: origin.user,
    channel: origin.channel,
    ...(message ? { ts: message.ts } : {}),
    ...(thread ? { threadTs: thread } : {}),
    ephemeral: message?.onlyFor !== undefined,
    uses: 0,
    expiresAt: workspace.clock() + LIFETIME_MS,
  });
  return `${workspace.hooksUrl ?? workspace.url}actions/${workspace.team.id}/${key}`;
}

/** Takes the app's answer to a response_url. Status and body are those of Slack's hooks. */
export function answerResponseUrl(
  workspace: Workspace,
  key: string,
  args: Json,
): { status: number; body: { ok: boolean; error?: string } } {
  const url = workspace.responseUrls.get(key);
  if (!url || workspace.clock() > url.expiresAt) return { status: 404, body: fail('expired_url') };
  if (url.uses >= USES) return { status: 404, body: fail('used_url') };
  const refusal = respond(workspace, url, args);
  if (refusal) return { status: refusal.error === 'message_not_found' ? 404 : 400, body: refusal };
  workspace.responseUrls.put(key, { ...url, uses: url.uses + 1 });
  return { status: 200, body: { ok: true } };
}

/** Shows an answer given in the body of a slash command's acknowledgement; a refusal when Slack would not. */
export function respond(workspace: Workspace, origin: ResponseUrl, args: Json): ErrorAnswer | undefined {
  const original = origin.ts ? find(workspace, origin.channel, origin.ts) : undefined;
  if (flag(args.delete_original)) {
    if (!original) return fail('message_not_found');
    workspace.removeMessage(original);
    return undefined;
  }
  const type = text(args.response_type) ?? 'ephemeral';
  if (type !== 'ephemeral' && type !== 'in_channel') return fail('invalid_arguments');
  const content = contentOf(args, { metadata: false, repeatedIds: true });
  if ('ok' in content) return content;
  const { truncated: _, ...said } = content;
  const channel = workspace.channels.get(origin.channel);
  if (!channel) return fail('channel_not_found');
  if (channel.archived) return fail('is_archived');

  if (flag(args.replace_original) && original) {
    const { blocks: _blocks, attachments: _attachments, ...kept } = original;
    const edited = { user: workspace.app.botUserId, ts: workspace.nextTs() };
    workspace.putMessage({ ...kept, ...said, ...(original.onlyFor ? {} : { edited }) });
    return undefined;
  }
  const asked = text(args.thread_ts) ?? origin.threadTs;
  const threadTs = asked && workspace.messages(origin.channel).has(asked) ? asked : undefined;
  workspace.putMessage({
    ...said,
    ts: workspace.nextTs(),
    channel: origin.channel,
    user: workspace.app.botUserId,
    ...(threadTs ? { threadTs } : {}),
    ...(type === 'ephemeral' ? { onlyFor: origin.user } : {}),
  });
  return undefined;
}

const find = (workspace: Workspace, channel: string, ts: string): Message | undefined =>
  workspace.messages(channel).get(ts) ?? workspace.ephemerals.get(ts);
