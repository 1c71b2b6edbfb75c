import { randomBytes } from 'node:crypto';
import { childrenOf, elementsIn } from './blocks/blocks.ts';
import type { Json } from './blocks/checks.ts';
import { isObject } from './blocks/checks.ts';
import { Faults } from './faults.ts';
import { Journal, type Table } from './journal.ts';
import { Live } from './live.ts';
import { Grants } from './oauth.ts';
import { Pace } from './pace.ts';
import { SocketHub } from './socket/hub.ts';
import { Tiers } from './tiers.ts';
import { Triggers } from './triggers.ts';
import type {
  ApiCall,
  AppIdentity,
  Channel,
  Delivery,
  LocalSlackOptions,
  Message,
  Notice,
  ResponseUrl,
  StoredFile,
  User,
  Usergroup,
  View,
  WorkspaceSeed,
} from './types.ts';

const LOG_LENGTH = 20_000;

/** One Slack workspace: its state, kept in the journal, and the clockwork around it. */
export class Workspace {
  readonly team: WorkspaceSeed['team'];
  readonly app: AppIdentity;
  readonly clock: () => number;
  readonly ackMs: number;
  readonly retryDelaysMs: number[];
  readonly live = new Live();
  readonly faults = new Faults(this.live);
  readonly sockets: SocketHub;
  readonly triggers: Triggers;
  readonly grants: Grants;
  readonly hooksUrl: string | undefined;
  readonly pace: Pace;
  readonly tiers: Tiers;
  /** The most messages on one page of a history. */
  readonly historyPage: number;
  readonly users: Table<User>;
  readonly channels: Table<Channel>;
  readonly usergroups: Table<Usergroup>;
  readonly views: Table<View>;
  readonly homes: Table<View>;
  readonly ephemerals: Table<Message>;
  readonly responseUrls: Table<ResponseUrl>;
  readonly readMarks: Table<string>;
  readonly files: Table<StoredFile>;
  readonly notices = new Map<string, Notice[]>();
  readonly calls: ApiCall[] = [];
  readonly deliveries: Delivery[] = [];
  /** Aborted when the workspace closes: ends retries and open streams. */
  readonly closing = new AbortController();
  /** Address of the page; known once the server listens. */
  url = '';
  readonly #journal: Journal;
  readonly #counters: Table<string>;
  #lastTs = 0n;

  constructor(options: LocalSlackOptions) {
    this.team = options.seed.team;
    this.app = { ...options.app };
    this.clock = options.clock ?? Date.now;
    this.ackMs = options.ackMs ?? 3000;
    this.retryDelaysMs = options.retryDelaysMs ?? [0, 60_000, 300_000];
    this.sockets = new SocketHub({ appId: this.app.appId, ackMs: this.ackMs, faults: this.faults });
    this.triggers = new Triggers(this.clock);
    this.grants = new Grants(this.app, { team: this.team.id, clock: this.clock });
    this.hooksUrl = options.hooksUrl;
    this.pace = new Pace({
      perSecond: options.limits?.postsPerSecondPerChannel ?? null,
      burst: options.limits?.postBurst ?? 1,
      clock: this.clock,
    });
    this.tiers = new Tiers({ scale: options.limits?.tierScale ?? null, clock: this.clock });
    this.historyPage = options.limits?.historyPage ?? 999;
    this.#journal = new Journal(options.stateFile);
    this.users = this.#journal.table('user');
    this.channels = this.#journal.table('channel');
    this.usergroups = this.#journal.table('usergroup');
    this.views = this.#journal.table('view');
    this.homes = this.#journal.table('home');
    this.ephemerals = this.#journal.table('ephemeral');
    this.responseUrls = this.#journal.table('response_url');
    this.readMarks = this.#journal.table('read');
    this.files = this.#journal.table('file');
    this.#counters = this.#journal.table('counter');
    this.#lastTs = BigInt(this.#counters.get('ts') ?? '0');
    this.#plant(options.seed);
  }

  get botId(): string {
    return `B${this.app.botUserId.slice(1)}`;
  }

  /** Messages of a channel, oldest first. */
  messages(channel: string): Table<Message> {
    return this.#journal.table(`message:${channel}`);
  }

  /** The next message timestamp: unique in the workspace and always growing, also across restarts. */
  nextTs(): string {
    const now = BigInt(Math.floor(this.clock())) * 1000n;
    this.#lastTs = now > this.#lastTs ? now : this.#lastTs + 100n;
    this.#counters.put('ts', String(this.#lastTs));
    return `${this.#lastTs / 1_000_000n}.${String(this.#lastTs % 1_000_000n).padStart(6, '0')}`;
  }

  newId(prefix: string): string {
    return `${prefix}${randomBytes(6).toString('hex').toUpperCase().slice(0, 10)}`;
  }

  /** The direct conversation of the app with a person, opened when it was not. */
  openIm(userId: string): Channel {
    const id = `D${userId.slice(1)}`;
    const existing = this.channels.get(id);
    if (existing) return existing;
    const im = this.channels.put(id, {
      id,
      name: userId,
      kind: 'im',
      members: [userId, this.app.botUserId],
      archived: false,
      createdAt: Math.floor(this.clock() / 1000),
    });
    this.live.emit({ kind: 'channels' });
    return im;
  }

  /** The group conversation of the app with these people, opened when it was not. */
  openMpim(userIds: readonly string[]): Channel {
    const members = [...new Set([...userIds, this.app.botUserId])].sort();
    const existing = this.channels
      .values()
      .find((channel) => channel.kind === 'mpim' && channel.members.join() === members.join());
    if (existing) return existing;
    const handles = members.map((id) => this.users.get(id)?.handle ?? id);
    const id = this.newId('G');
    const group = this.channels.put(id, {
      id,
      name: `mpdm-${handles.join('--')}-1`,
      kind: 'mpim',
      members,
      archived: false,
      createdAt: Math.floor(this.clock() / 1000),
    });
    this.live.emit({ kind: 'channels' });
    return group;
  }

  channelNamed(name: string): Channel | undefined {
    const bare = name.replace(/^#/, '');
    return this.channels
      .values()
      .find(({ kind, name: known }) => kind !== 'im' && kind !== 'mpim' && known === bare);
  }

  putMessage(message: Message): Message {
    if (message.onlyFor !== undefined) this.ephemerals.put(message.ts, message);
    else this.messages(message.channel).put(message.ts, message);
    this.live.emit({
      kind: 'messages',
      channel: message.channel,
      ...(message.threadTs ? { threadTs: message.threadTs } : {}),
      ...(message.onlyFor ? { user: message.onlyFor } : {}),
    });
    return message;
  }

  /** Removes a message; a parent with replies leaves a tombstone, as on Slack. */
  removeMessage(message: Message): void {
    if (message.onlyFor !== undefined) this.ephemerals.delete(message.ts);
    else if (this.repliesTo(message.channel, message.ts).length > 0) {
      this.messages(message.channel).put(message.ts, {
        ts: message.ts,
        channel: message.channel,
        user: 'USLACKBOT',
        text: 'This message was deleted.',
        subtype: 'tombstone',
      });
    } else this.messages(message.channel).delete(message.ts);
    this.live.emit({ kind: 'messages', channel: message.channel });
  }

  repliesTo(channel: string, ts: string): Message[] {
    return this.messages(channel)
      .values()
      .filter((message) => message.threadTs === ts);
  }

  /** The person's open modals, the one on top last. */
  stackOf(userId: string): View[] {
    return this.views.values().filter((view) => view.user === userId);
  }

  note(userId: string, notice: Omit<Notice, 'at'>): void {
    const kept = [...(this.notices.get(userId) ?? []), { ...notice, at: this.clock() }].slice(-20);
    this.notices.set(userId, kept);
    this.live.emit({
      kind: 'notice',
      user: userId,
      text: notice.text,
      detail: notice.detail,
      ...(notice.channel ? { channel: notice.channel } : {}),
      ...(notice.ts ? { ts: notice.ts } : {}),
    });
  }

  record<T>(log: T[], entry: T): void {
    log.push(entry);
    if (log.length > LOG_LENGTH) log.splice(0, log.length - LOG_LENGTH);
  }

  close(): void {
    this.closing.abort();
    this.sockets.close();
    this.#journal.close();
  }

  /** What the seed names and the journal does not know yet. A renamed or archived channel stays as it is. */
  #plant(seed: WorkspaceSeed): void {
    const people = seed.users.map((user) => ({ ...user, deleted: user.deleted ?? false, isBot: false }));
    const bot: User = {
      id: this.app.botUserId,
      handle: (this.app.name ?? 'app').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
      realName: this.app.name ?? 'App',
      email: '',
      tz: 'Etc/UTC',
      deleted: false,
      isBot: true,
    };
    for (const user of [...people, bot]) if (!this.users.has(user.id)) this.users.put(user.id, user);
    for (const channel of seed.channels) {
      if (this.channels.has(channel.id)) continue;
      const members = channel.members ?? people.map((user) => user.id);
      const withBot = channel.bot === false ? [] : [this.app.botUserId];
      this.channels.put(channel.id, {
        id: channel.id,
        name: channel.name.replace(/^#/, ''),
        kind: channel.isPrivate ? 'private' : 'public',
        members: [...new Set([...members, ...withBot])],
        archived: false,
        createdAt: Math.floor(this.clock() / 1000),
      });
    }
    for (const group of seed.usergroups ?? []) {
      if (!this.usergroups.has(group.id)) this.usergroups.put(group.id, group);
    }
  }
}

const shortId = (): string => randomBytes(4).toString('base64url').slice(0, 5);

/** The same blocks with a block_id and action_ids wherever the app left them out. */
export function withIds(blocks: Json[]): Json[] {
  const copies = structuredClone(blocks);
  for (const block of copies.flatMap((outer) => [outer, ...childrenOf(outer).filter(isObject)])) {
    block.block_id ??= shortId();
    for (const { element } of elementsIn(block)) {
      const inert = ['image', 'mrkdwn', 'plain_text', 'card'].includes(String(element.type));
      if (!inert) element.action_id ??= shortId();
    }
  }
  return copies;
}
