import type { Json } from '../blocks/checks.ts';
import type { Channel, Message } from '../types.ts';
import { wireChannel, wireMessage } from '../wire.ts';
import type { Workspace } from '../workspace.ts';
import type { Answer, ErrorAnswer, Method } from './method.ts';
import { fail, flag, isMember, page, text, visibleChannel } from './method.ts';

const KINDS: Record<string, Channel['kind']> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
};

function kindsOf(args: Json): Channel['kind'][] | undefined {
  const names = (text(args.types) || 'public_channel').split(',').map((name) => name.trim());
  const kinds = names.flatMap((name) => KINDS[name] ?? []);
  return kinds.length === names.length ? kinds : undefined;
}

function listed(workspace: Workspace, args: Json, among: (channel: Channel) => boolean): Answer {
  const kinds = kindsOf(args);
  if (!kinds) return fail('invalid_types');
  const channels = workspace.channels
    .values()
    .filter((channel) => kinds.includes(channel.kind) && among(channel))
    .filter((channel) => visibleChannel(workspace, channel.id) !== undefined)
    .filter((channel) => !(flag(args.exclude_archived) && channel.archived));
  const found = page(channels, args, { limit: 100, max: 1000 });
  if (typeof found === 'string') return fail(found);
  return {
    ok: true,
    channels: found.rows.map((channel) => wireChannel(workspace, channel)),
    response_metadata: { next_cursor: found.cursor },
  };
}

function userConversations(workspace: Workspace, args: Json): Answer {
  const user = text(args.user) || workspace.app.botUserId;
  if (!workspace.users.has(user)) return fail('user_not_found');
  return listed(workspace, args, (channel) => channel.members.includes(user));
}

function info(workspace: Workspace, args: Json): Answer {
  const channel = visibleChannel(workspace, args.channel);
  if (!channel) return fail('channel_not_found');
  const { num_members: count, ...rest } = wireChannel(workspace, channel);
  return { ok: true, channel: flag(args.include_num_members) ? { ...rest, num_members: count } : rest };
}

const TS = /^\d{1,10}(\.\d{1,6})?$/;

/** Microseconds since 1970, so that timestamps of any spelling compare. */
function micros(ts: string): bigint {
  const [seconds = '0', fraction = ''] = ts.split('.');
  return BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
}

/** Tells whether a message lies in the asked window, or which bound cannot be read. */
function windowOf(args: Json): ((message: Message) => boolean) | 'invalid_ts_oldest' | 'invalid_ts_latest' {
  const oldest = text(args.oldest) || undefined;
  const latest = text(args.latest) || undefined;
  if (oldest && !TS.test(oldest)) return 'invalid_ts_oldest';
  if (latest && latest !== 'now' && !TS.test(latest)) return 'invalid_ts_latest';
  const low = oldest ? micros(oldest) : undefined;
  const high = latest && latest !== 'now' ? micros(latest) : undefined;
  const inclusive = flag(args.inclusive);
  return ({ ts }) => {
    const at = micros(ts);
    if (low !== undefined && (inclusive ? at < low : at <= low)) return false;
    return !(high !== undefined && (inclusive ? at > high : at >= high));
  };
}

/** The cursor names the last message given, so that posts in between neither repeat nor hide one. */
function after(cursor: unknown): bigint | undefined | 'invalid_cursor' {
  const given = text(cursor);
  if (!given) return undefined;
  const match = /^next_ts:(\d+)$/.exec(Buffer.from(given, 'base64').toString());
  return match?.[1] ? BigInt(match[1]) : 'invalid_cursor';
}

type Slice = { rows: Message[]; cursor: string };

function slice(
  messages: Message[],
  args: Json,
  { newestFirst, most }: { newestFirst: boolean; most: number },
): Slice | ErrorAnswer {
  const within = windowOf(args);
  if (typeof within === 'string') return fail(within);
  const from = after(args.cursor);
  if (from === 'invalid_cursor') return fail('invalid_cursor');
  const asked = args.limit === undefined || args.limit === '' ? 100 : Number(args.limit);
  if (!Number.isInteger(asked) || asked < 0 || asked > 999) return fail('invalid_limit');
  const size = Math.min(asked || 100, most);
  const ordered = newestFirst ? messages.toReversed() : messages;
  const left = ordered.filter((message) => {
    if (!within(message)) return false;
    if (from === undefined) return true;
    return newestFirst ? micros(message.ts) < from : micros(message.ts) > from;
  });
  const rows = left.slice(0, size);
  const last = rows.at(-1);
  const more = left.length > size && last !== undefined;
  return { rows, cursor: more ? Buffer.from(`next_ts:${micros(last.ts)}`).toString('base64') : '' };
}

function history(workspace: Workspace, args: Json): Answer {
  const channel = visibleChannel(workspace, args.channel);
  if (!channel) return fail('channel_not_found');
  if (!isMember(workspace, channel)) return fail('not_in_channel');
  const all = workspace.messages(channel.id).values();
  const top = all.filter((message) => message.threadTs === undefined || message.broadcast);
  const found = slice(top, args, { newestFirst: true, most: workspace.historyPage });
  if ('ok' in found) return found;
  const threads = new Map<string, Message[]>();
  for (const message of all) {
    if (message.threadTs === undefined) continue;
    const known = threads.get(message.threadTs);
    if (known) known.push(message);
    else threads.set(message.threadTs, [message]);
  }
  return {
    ok: true,
    messages: found.rows.map((message) =>
      wireMessage(workspace, message, {
        metadata: flag(args.include_all_metadata),
        replies: threads.get(message.ts) ?? [],
      }),
    ),
    has_more: found.cursor !== '',
    pin_count: 0,
    response_metadata: { next_cursor: found.cursor },
  };
}

function replies(workspace: Workspace, args: Json): Answer {
  const channel = visibleChannel(workspace, args.channel);
  if (!channel) return fail('channel_not_found');
  if (!isMember(workspace, channel)) return fail('not_in_channel');
  const asked = workspace.messages(channel.id).get(text(args.ts) ?? '');
  if (!asked) return fail('thread_not_found');
  const parent = asked.threadTs ? (workspace.messages(channel.id).get(asked.threadTs) ?? asked) : asked;
  const found = slice(workspace.repliesTo(channel.id, parent.ts), args, {
    newestFirst: false,
    most: workspace.historyPage,
  });
  if ('ok' in found) return found;
  // The parent opens every page, whatever the window.
  const rows = [parent, ...found.rows];
  return {
    ok: true,
    messages: rows.map((message) =>
      wireMessage(workspace, message, { metadata: flag(args.include_all_metadata) }),
    ),
    has_more: found.cursor !== '',
    response_metadata: { next_cursor: found.cursor },
  };
}

function members(workspace: Workspace, args: Json): Answer {
  const channel = visibleChannel(workspace, args.channel);
  if (!channel) return fail('channel_not_found');
  const found = page(channel.members, args, { limit: 100, max: 1000 });
  if (typeof found === 'string') return fail(found);
  return { ok: true, members: found.rows, response_metadata: { next_cursor: found.cursor } };
}

function join(workspace: Workspace, args: Json): Answer {
  const channel = visibleChannel(workspace, args.channel);
  if (!channel) return fail('channel_not_found');
  if (channel.archived) return fail('is_archived');
  if (channel.kind !== 'public') return fail('method_not_supported_for_channel_type');
  const already = isMember(workspace, channel);
  const joined = already
    ? channel
    : workspace.channels.put(channel.id, {
        ...channel,
        members: [...channel.members, workspace.app.botUserId],
      });
  workspace.live.emit({ kind: 'channels' });
  return {
    ok: true,
    channel: wireChannel(workspace, joined),
    ...(already
      ? { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } }
      : {}),
  };
}

function open(workspace: Workspace, args: Json): Answer {
  const named = text(args.channel);
  if (named) {
    const channel = visibleChannel(workspace, named);
    if (channel?.kind !== 'im' && channel?.kind !== 'mpim') return fail('channel_not_found');
    return { ok: true, no_op: true, already_open: true, channel: { id: channel.id } };
  }
  const users = (text(args.users) ?? '').split(',').filter(Boolean);
  if (users.length === 0) return fail('users_list_not_supplied');
  if (users.length > 8) return fail('too_many_users');
  const people = users.map((id) => workspace.users.get(id));
  if (people.some((user) => user === undefined)) return fail('user_not_found');
  if (people.some((user) => user?.deleted)) return fail('user_disabled');
  if (people.some((user) => user?.id === workspace.app.botUserId)) return fail('invalid_user_combination');
  const before = workspace.channels.values().length;
  const opened = users.length > 1 ? workspace.openMpim(users) : workspace.openIm(users[0] ?? '');
  const already = workspace.channels.values().length === before;
  return {
    ok: true,
    ...(already ? { no_op: true, already_open: true } : {}),
    channel: flag(args.return_im) ? wireChannel(workspace, opened) : { id: opened.id },
  };
}

export const conversationMethods = {
  'conversations.list': { json: false, required: [], run: (w, args) => listed(w, args, () => true) },
  'users.conversations': { json: false, required: [], run: userConversations },
  'conversations.info': { json: false, required: ['channel'], run: info },
  'conversations.history': { json: true, required: ['channel'], run: history },
  'conversations.replies': { json: false, required: ['channel', 'ts'], run: replies },
  'conversations.members': { json: false, required: ['channel'], run: members },
  'conversations.join': { json: true, required: ['channel'], run: join },
  'conversations.open': { json: true, required: [], run: open },
} satisfies Record<string, Method>;
