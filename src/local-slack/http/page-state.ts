import type { Json } from '../blocks/checks.ts';
import type { Channel, Message, User, View } from '../types.ts';
import { wireMessage } from '../wire.ts';
import type { Workspace } from '../workspace.ts';

const MOST_MESSAGES = 300;

/** All that the page needs around the messages: people, channels with unread counts, open views, notices. */
export function stateFor(workspace: Workspace, user: User): Json {
  return {
    team: workspace.team,
    app: {
      id: workspace.app.appId,
      name: workspace.app.name ?? 'App',
      botUserId: workspace.app.botUserId,
      commands: workspace.app.commands ?? [],
      shortcuts: workspace.app.shortcuts ?? [],
      refused: workspace.app.refused ?? null,
    },
    me: user.id,
    users: workspace.users.values().map(({ email: _, ...shown }) => shown),
    usergroups: workspace.usergroups.values(),
    channels: workspace.channels
      .values()
      .filter((channel) => channel.members.includes(user.id))
      .map((channel) => ({
        ...channel,
        unread: unreadIn(workspace, user, channel),
        isAppMember: channel.members.includes(workspace.app.botUserId),
      })),
    views: viewsOf(workspace, user),
    home: homeOf(workspace, user),
    faults: workspace.faults.list(),
  };
}

export const viewsOf = (workspace: Workspace, user: User): View[] => workspace.stackOf(user.id);

export const homeOf = (workspace: Workspace, user: User): View | null => workspace.homes.get(user.id) ?? null;

function unreadIn(workspace: Workspace, user: User, channel: Channel): number {
  const mark = workspace.readMarks.get(`${user.id}:${channel.id}`) ?? '0';
  return workspace
    .messages(channel.id)
    .values()
    .filter((message) => topLevel(message) && message.user !== user.id && Number(message.ts) > Number(mark))
    .length;
}

const topLevel = (message: Message): boolean => message.threadTs === undefined || message.broadcast === true;

const shown = (workspace: Workspace, message: Message): Json => ({
  ...wireMessage(workspace, message),
  channel: message.channel,
  only_for_me: message.onlyFor !== undefined,
  mrkdwn: message.mrkdwn ?? true,
});

/** The newest messages of a channel as this person sees them, oldest first. */
export function messagesFor(workspace: Workspace, user: User, channel: Channel): Json {
  const all = workspace.messages(channel.id).values().filter(topLevel);
  const mine = ephemeralsIn(workspace, user, channel).filter((message) => message.threadTs === undefined);
  return {
    channel: channel.id,
    more: all.length > MOST_MESSAGES,
    messages: inOrder([...all.slice(-MOST_MESSAGES), ...mine]).map((message) => shown(workspace, message)),
  };
}

/** A thread with its parent first. */
export function threadFor(workspace: Workspace, user: User, thread: { channel: Channel; ts: string }): Json {
  const { channel, ts } = thread;
  const parent = workspace.messages(channel.id).get(ts);
  const mine = ephemeralsIn(workspace, user, channel).filter((message) => message.threadTs === ts);
  const replies = inOrder([...workspace.repliesTo(channel.id, ts), ...mine]);
  return {
    channel: channel.id,
    thread: ts,
    messages: [...(parent ? [parent] : []), ...replies].map((message) => shown(workspace, message)),
  };
}

const ephemeralsIn = (workspace: Workspace, user: User, channel: Channel): Message[] =>
  workspace.ephemerals
    .values()
    .filter((message) => message.channel === channel.id && message.onlyFor === user.id);

const inOrder = (messages: Message[]): Message[] => messages.toSorted((a, b) => Number(a.ts) - Number(b.ts));
