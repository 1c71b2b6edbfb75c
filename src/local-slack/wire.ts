import { hasScope } from './api/scopes.ts';
import type { Json } from './blocks/checks.ts';
import type { Channel, Message, StoredFile, User, View } from './types.ts';
import type { Workspace } from './workspace.ts';

/** A message as Slack's API shows it. */
export function wireMessage(
  workspace: Workspace,
  message: Message,
  options: { metadata?: boolean; replies?: readonly Message[] } = {},
): Json {
  const byApp = message.user === workspace.app.botUserId;
  return {
    type: 'message',
    ...(message.subtype ? { subtype: message.subtype } : {}),
    user: message.user,
    ...(byApp ? { bot_id: workspace.botId, app_id: workspace.app.appId } : {}),
    ts: message.ts,
    text: message.text,
    team: workspace.team.id,
    ...(message.username ? { username: message.username } : {}),
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(message.files ? { files: filesOf(workspace, message.files) } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.reactions
      ? { reactions: message.reactions.map((r) => ({ ...r, count: r.users.length })) }
      : {}),
    ...(options.metadata && message.metadata ? { metadata: message.metadata } : {}),
    ...threadFields(workspace, message, options.replies),
  };
}

const filesOf = (workspace: Workspace, ids: readonly string[]): Json[] =>
  ids.flatMap((id) => {
    const file = workspace.files.get(id);
    return file ? [wireFile(workspace, file)] : [{ id, mode: 'tombstone' }];
  });

function wireFile(workspace: Workspace, file: StoredFile): Json {
  const address = new URL(`/files/${file.id}/${encodeURIComponent(file.name)}`, workspace.url).href;
  return {
    id: file.id,
    created: file.createdAt,
    timestamp: file.createdAt,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.includes('.') ? file.name.slice(file.name.lastIndexOf('.') + 1) : 'binary',
    size: file.size,
    user: file.user,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    url_private: address,
    url_private_download: address,
    permalink: address,
    channels: file.channels,
  };
}

function threadFields(workspace: Workspace, message: Message, known?: readonly Message[]): Json {
  if (message.threadTs !== undefined) {
    const parent = workspace.messages(message.channel).get(message.threadTs);
    return { thread_ts: message.threadTs, ...(parent ? { parent_user_id: parent.user } : {}) };
  }
  const replies = known ?? workspace.repliesTo(message.channel, message.ts);
  const latest = replies.at(-1);
  if (!latest) return {};
  const people = [...new Set(replies.map((reply) => reply.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: people.length,
    reply_users: people,
    latest_reply: latest.ts,
    is_locked: false,
    subscribed: false,
  };
}

export function wireChannel(workspace: Workspace, channel: Channel): Json {
  const member = channel.members.includes(workspace.app.botUserId);
  if (channel.kind === 'im') {
    return {
      id: channel.id,
      created: channel.createdAt,
      is_im: true,
      is_archived: false,
      is_org_shared: false,
      user: channel.members.find((id) => id !== workspace.app.botUserId) ?? '',
      is_user_deleted: false,
      priority: 0,
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_general: false,
    is_shared: false,
    is_org_shared: false,
    is_ext_shared: false,
    is_member: member,
    created: channel.createdAt,
    creator: workspace.app.botUserId,
    context_team_id: workspace.team.id,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.length,
  };
}

/** A person as Slack's API shows them: the language when asked for, the address only with its scope. */
export function wireUser(workspace: Workspace, user: User, options: { locale?: boolean } = {}): Json {
  const [first = '', ...rest] = user.realName.split(' ');
  return {
    id: user.id,
    team_id: workspace.team.id,
    name: user.handle,
    deleted: user.deleted,
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: zoneOffset(user.tz, workspace.clock()),
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.handle,
      display_name_normalized: user.handle,
      first_name: first,
      last_name: rest.join(' '),
      ...profileOf(workspace, user),
      team: workspace.team.id,
    },
    is_admin: false,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    is_email_confirmed: !user.isBot && (user.isEmailConfirmed ?? true),
    ...(options.locale ? { locale: user.locale ?? 'en-US' } : {}),
    updated: Math.floor(workspace.clock() / 1000),
  };
}

function profileOf(workspace: Workspace, user: User): Json {
  if (user.isBot) return { bot_id: workspace.botId, api_app_id: workspace.app.appId };
  return hasScope(workspace, 'users:read.email') ? { email: user.email } : {};
}

/** Seconds east of UTC at an instant. */
function zoneOffset(tz: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' }).formatToParts(
    at,
  );
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (!match) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}

export function wireView(workspace: Workspace, view: View, values: Json = {}): Json {
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: view.type,
    ...(view.title ? { title: view.title } : {}),
    close: view.close ?? null,
    submit: view.submit ?? null,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    external_id: view.externalId,
    state: { values },
    hash: view.hash,
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: workspace.app.appId,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.botId,
  };
}
