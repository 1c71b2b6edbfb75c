/** What each Web API method needs of the bot's token, of those the product calls; held equal to the source by a test. */
export const METHOD_SCOPES = {
  'auth.revoke': [],
  'auth.test': [],
  'bots.info': ['users:read'],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  // The profile's e-mail address is what recognises a person.
  'users.info': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const COMMANDS = [
  {
    command: '/recon',
    description: 'What differs, who has it, and what is due',
    usage_hint: 'status | mine | list | show EX-1042 | order <ref> | sla | report | help',
  },
] as const;

const SHORTCUTS = [
  {
    name: 'Keep as note',
    type: 'message',
    callback_id: 'keep_note',
    description: 'Keeps this message on the record of an exception',
  },
] as const;

/** Of commands, and of shortcuts. */
const COMMAND_SCOPE = 'commands';
/** What each event needs of the bot's token. */
const EVENT_SCOPES = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  channel_archive: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_left: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_unarchive: ['channels:read'],
  group_archive: ['groups:read'],
  group_deleted: ['groups:read'],
  group_left: ['groups:read'],
  group_rename: ['groups:read'],
  group_unarchive: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  tokens_revoked: [],
  user_change: ['users:read'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Where Slack sends a browser back to that allowed the app. */
export const REDIRECT_PATH = '/slack/oauth_redirect';

/** Every scope the product needs, and no other. */
export const BOT_SCOPES: readonly string[] = [
  ...new Set([COMMAND_SCOPE, ...Object.values(METHOD_SCOPES).flat(), ...Object.values(EVENT_SCOPES).flat()]),
].sort();

/** How Slack reaches the app: at an https address, or over connections that the app opens. */
export type ManifestTransport =
  | { readonly kind: 'http'; readonly url: string }
  /** Here the address serves installing by OAuth alone. */
  | { readonly kind: 'socket'; readonly url?: string };

export type ManifestOptions = {
  /** Tokens that expire and are exchanged. Only for installing by OAuth, and Slack never turns it off again. */
  readonly rotateTokens?: boolean;
};

/** The description of the app that Slack's "From a manifest" takes (schema version 1). */
export function slackManifest(transport: ManifestTransport, { rotateTokens = false }: ManifestOptions = {}) {
  const endpoint = transport.kind === 'http' ? new URL('/slack/events', transport.url).href : undefined;
  const requestUrl = endpoint === undefined ? {} : { request_url: endpoint };
  const redirectUrls =
    transport.url === undefined ? {} : { redirect_urls: [new URL(REDIRECT_PATH, transport.url).href] };
  // Menus with search ask at an address of their own; over Socket Mode they need none.
  const menuUrl = endpoint === undefined ? {} : { message_menu_options_url: endpoint };
  return {
    _metadata: { major_version: 1 },
    display_information: {
      name: 'Tieout',
      description: 'Hands every difference between what was sold, delivered and billed to its owner.',
      long_description:
        'Tieout reconciles what an agency sold against what it delivered, billed and was credited. Each difference that needs a person is a card in the channel of the team that owns it, to be claimed, resolved or escalated. Everything is kept on the record, outside Slack.',
      background_color: '#1f3a4d',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: true,
      },
      bot_user: { display_name: 'Tieout', always_online: true },
      shortcuts: SHORTCUTS,
      slash_commands: COMMANDS.map((command) => ({
        ...command,
        ...(endpoint === undefined ? {} : { url: endpoint }),
        should_escape: false,
      })),
    },
    oauth_config: { ...redirectUrls, scopes: { bot: BOT_SCOPES } },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: Object.keys(EVENT_SCOPES) },
      interactivity: { is_enabled: true, ...requestUrl, ...menuUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: transport.kind === 'socket',
      token_rotation_enabled: rotateTokens,
    },
  };
}
