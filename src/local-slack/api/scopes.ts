import type { Json } from '../blocks/checks.ts';
import type { Channel } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { text } from './method.ts';

const PREFIX = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' } satisfies Record<
  Channel['kind'],
  string
>;

const KIND_OF_TYPE: Record<string, Channel['kind']> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
};

type Need = (workspace: Workspace, args: Json) => string[];

const all =
  (...scopes: string[]): Need =>
  () =>
    scopes;

/** The scope for the kind of the channel that the call names; that of public ones when it names none there is. */
const byChannel =
  (right: string): Need =>
  (workspace, args) => {
    const channel = workspace.channels.get(text(args.channel) ?? '');
    return [`${PREFIX[channel?.kind ?? 'public']}:${right}`];
  };

const byTypes: Need = (_, args) =>
  (text(args.types) || 'public_channel').split(',').flatMap((name) => {
    const kind = KIND_OF_TYPE[name.trim()];
    return kind ? [`${PREFIX[kind]}:read`] : [];
  });

const toOpen: Need = (_, args) => [(text(args.users) ?? '').includes(',') ? 'mpim:write' : 'im:write'];

const toPost: Need = (_, args) => ['chat:write', ...(text(args.username) ? ['chat:write.customize'] : [])];

/** What each method needs of the bot's token; the ones not named need nothing. */
const NEEDS: Record<string, Need> = {
  'chat.postMessage': toPost,
  'chat.postEphemeral': toPost,
  'chat.update': all('chat:write'),
  'chat.delete': all('chat:write'),
  'conversations.list': byTypes,
  'users.conversations': byTypes,
  'conversations.info': byChannel('read'),
  'conversations.members': byChannel('read'),
  'conversations.history': byChannel('history'),
  'conversations.replies': byChannel('history'),
  'conversations.join': all('channels:join'),
  'conversations.open': toOpen,
  'bots.info': all('users:read'),
  'team.info': all('team:read'),
  'users.info': all('users:read'),
  'users.list': all('users:read'),
  'users.lookupByEmail': all('users:read.email'),
  'usergroups.list': all('usergroups:read'),
  'usergroups.users.list': all('usergroups:read'),
  'reactions.add': all('reactions:write'),
  'files.getUploadURLExternal': all('files:write'),
  'files.completeUploadExternal': all('files:write'),
};

/** Whether the bot's token has a scope; it has every one where none were said. */
export const hasScope = ({ app }: Workspace, scope: string): boolean => app.scopes?.includes(scope) ?? true;

/** The scopes that a call lacks, as Slack says it; undefined when it lacks none. */
export function missingScope(
  workspace: Workspace,
  method: string,
  args: Json,
): { needed: string; provided: string } | undefined {
  const missing = (NEEDS[method]?.(workspace, args) ?? []).filter((scope) => !hasScope(workspace, scope));
  if (missing.length === 0) return undefined;
  return { needed: missing.join(','), provided: (workspace.app.scopes ?? []).join(',') };
}
