import type { Json } from './blocks/checks.ts';
import type { OAuthApp } from './oauth.ts';

export type WorkspaceSeed = {
  team: { id: string; name: string; domain: string };
  users: {
    id: string;
    handle: string;
    realName: string;
    email: string;
    tz: string;
    /** The language of their Slack, `en-US` unless said. */
    locale?: string;
    /** False for an address that nobody proved to be theirs. */
    isEmailConfirmed?: boolean;
    deleted?: boolean;
  }[];
  /** The app's bot is a member of every channel unless `bot` is false. Without `members`, everyone is in. */
  channels: { id: string; name: string; isPrivate?: boolean; members?: string[]; bot?: boolean }[];
  usergroups?: { id: string; handle: string; name: string; users: string[] }[];
};

export type AppIdentity = {
  requestUrl: string;
  signingSecret: string;
  botToken: string;
  /** Turns Socket Mode on: the app connects with it, and nothing is sent to `requestUrl`. */
  appToken?: string;
  /** What the bot's token may do: said with every answer, and nothing else is let through. All unless given. */
  scopes?: string[];
  appId: string;
  botUserId: string;
  /** Shown in the page. */
  name?: string;
  /** Slash commands offered while typing. */
  commands?: { command: string; description: string; usageHint?: string }[];
  /** Actions that the page offers on a message, or anywhere. */
  shortcuts?: Shortcut[];
  /** Where menus with searched options ask; `requestUrl` unless said. Without meaning over Socket Mode. */
  optionsUrl?: string;
  /** Event types that the app subscribed to. `app_home_opened` alone unless said. */
  events?: string[];
  /** Why the bot's token is refused: it was revoked, or the app was uninstalled. */
  refused?: 'token_revoked' | 'account_inactive';
  /** Tokens are given by OAuth, and `botToken` is not used. */
  oauth?: OAuthApp;
};

export type Shortcut = { name: string; callbackId: string; kind: 'message' | 'global'; description?: string };

export type Limits = {
  postsPerSecondPerChannel?: number | null;
  postBurst?: number;
  /** Multiplies Slack's calls per minute and method: 1 is Slack's own. No limit unless given. */
  tierScale?: number | null;
  /** The most messages on one page of a history, as for apps outside the Marketplace: 15. */
  historyPage?: number;
};

export type LocalSlackOptions = {
  port?: number;
  host?: '127.0.0.1';
  stateFile?: string;
  /** Where answers to a response_url go to; the workspace's own address unless said. */
  hooksUrl?: string;
  seed: WorkspaceSeed;
  app: AppIdentity;
  /** Milliseconds since 1970. Timers (the ack window, retries) always run on real time. */
  clock?: () => number;
  limits?: Limits;
  /** How long the app has to acknowledge: 3,000 ms on Slack. */
  ackMs?: number;
  /** When an event that was not acknowledged is sent again: at once, after a minute, after five. */
  retryDelaysMs?: number[];
};

export type User = {
  id: string;
  handle: string;
  realName: string;
  email: string;
  tz: string;
  locale?: string;
  isEmailConfirmed?: boolean;
  deleted: boolean;
  isBot: boolean;
};

export type Channel = {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'im' | 'mpim';
  members: string[];
  archived: boolean;
  createdAt: number;
};

export type Usergroup = { id: string; handle: string; name: string; users: string[] };

export type Message = {
  ts: string;
  channel: string;
  user: string;
  text: string;
  blocks?: Json[];
  attachments?: Json[];
  metadata?: { event_type: string; event_payload: Json };
  threadTs?: string;
  broadcast?: boolean;
  edited?: { user: string; ts: string };
  subtype?: string;
  reactions?: { name: string; users: string[] }[];
  /** The one person who sees it. */
  onlyFor?: string;
  username?: string;
  mrkdwn?: boolean;
  /** Ids of the files that it carries. */
  files?: string[];
};

export type StoredFile = {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  /** Who uploaded it. */
  user: string;
  createdAt: number;
  channels: string[];
  /** Absent until the bytes came. */
  content?: string;
  /** Until it is completed nobody sees it. */
  complete: boolean;
};

export type View = {
  id: string;
  user: string;
  type: 'modal' | 'home';
  blocks: Json[];
  title?: Json;
  submit?: Json;
  close?: Json;
  callbackId: string;
  externalId: string;
  privateMetadata: string;
  clearOnClose: boolean;
  notifyOnClose: boolean;
  hash: string;
  rootId: string;
  previousId: string | null;
  /** Bumped by each update, so that the page knows to render again. */
  revision: number;
};

export type ResponseUrl = {
  key: string;
  user: string;
  channel: string;
  /** The message that the press came from; none for a command. */
  ts?: string;
  ephemeral: boolean;
  threadTs?: string;
  uses: number;
  expiresAt: number;
};

/** What a person sees when the app did not do its part. */
export type Notice = {
  text: string;
  /** For the developer: what happened on the wire. */
  detail: string;
  at: number;
  channel?: string;
  ts?: string;
  viewId?: string;
};

export type ApiCall = {
  at: number;
  ms: number;
  method: string;
  args: Json;
  status: number;
  ok: boolean;
  error?: string;
  fault?: string;
};

export type Delivery = {
  at: number;
  ms: number;
  kind: 'interaction' | 'command' | 'event';
  type: string;
  status: number;
  retry: number;
  problem?: string;
};
