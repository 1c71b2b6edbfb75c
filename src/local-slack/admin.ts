import { deliverEvent } from './deliver.ts';
import { tellDeleted } from './message-events.ts';
import { Impossible } from './person.ts';
import type { DisconnectReason } from './socket/hub.ts';
import type { Channel, User } from './types.ts';
import { wireChannel, wireUser } from './wire.ts';
import type { Workspace } from './workspace.ts';

/** What administrators do to a workspace. Each tells the app by event, where it subscribed. */
export class Admin {
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  addChannel(channel: { id: string; name: string; isPrivate?: boolean; members?: string[] }): void {
    this.#put({
      id: channel.id,
      name: channel.name,
      kind: channel.isPrivate ? 'private' : 'public',
      members: channel.members ?? [],
      archived: false,
      createdAt: Math.floor(this.#workspace.clock() / 1000),
    });
  }

  archive(name: string): void {
    const channel = this.#put({ ...this.#channel(name), archived: true });
    this.#tell({
      type: channel.kind === 'private' ? 'group_archive' : 'channel_archive',
      channel: channel.id,
    });
  }

  unarchive(name: string): void {
    const channel = this.#put({ ...this.#channel(name), archived: false });
    this.#tell({
      type: channel.kind === 'private' ? 'group_unarchive' : 'channel_unarchive',
      channel: channel.id,
    });
  }

  rename(name: string, newName: string): void {
    const channel = this.#put({ ...this.#channel(name), name: newName });
    this.#tell({
      type: channel.kind === 'private' ? 'group_rename' : 'channel_rename',
      channel: wireChannel(this.#workspace, channel),
    });
  }

  /** Takes a person, or the app, out of a channel. */
  remove(name: string, userId: string = this.#workspace.app.botUserId): void {
    const channel = this.#channel(name);
    this.#put({ ...channel, members: channel.members.filter((member) => member !== userId) });
    const [kind, left] = channel.kind === 'private' ? ['G', 'group_left'] : ['C', 'channel_left'];
    if (userId === this.#workspace.app.botUserId) this.#tell({ type: left, channel: channel.id });
    this.#tell({ type: 'member_left_channel', channel: channel.id, channel_type: kind, user: userId });
  }

  /** Brings a person, or the app, into a channel. */
  invite(name: string, userId: string = this.#workspace.app.botUserId): void {
    const channel = this.#channel(name);
    this.#put({ ...channel, members: [...new Set([...channel.members, userId])] });
    this.#tell({ type: 'member_joined_channel', channel: channel.id, user: userId });
  }

  deleteMessage(name: string, ts: string): void {
    const channel = this.#channel(name);
    const message = this.#workspace.messages(channel.id).get(ts);
    if (!message) throw new Impossible(`There is no message ${ts} in ${channel.name}.`);
    this.#workspace.removeMessage(message);
    tellDeleted(this.#workspace, message);
  }

  /** Asks every Socket Mode connection to come again; says how many there were. */
  disconnect(reason: DisconnectReason = 'refresh_requested'): number {
    return this.#workspace.sockets.disconnect(reason);
  }

  /** The direct conversation of the app with a person, opened when it was not; its id. */
  openIm(userId: string): string {
    return this.#workspace.openIm(userId).id;
  }

  /** A trigger for an interaction that is forged. */
  trigger(userId: string): string {
    return this.#workspace.triggers.issue(userId);
  }

  addUser(user: Omit<User, 'deleted' | 'isBot'>): void {
    this.#workspace.users.put(user.id, { ...user, deleted: false, isBot: false });
    this.#workspace.live.emit({ kind: 'channels' });
  }

  deactivate(userId: string): void {
    this.changeUser(userId, { deleted: true });
  }

  reactivate(userId: string): void {
    this.changeUser(userId, { deleted: false });
  }

  /** Changes what a person's profile says: name, address, language, zone, whether they are still here. */
  changeUser(userId: string, changes: Partial<Omit<User, 'id' | 'isBot'>>): void {
    const user = this.#workspace.users.get(userId);
    if (!user) throw new Impossible(`There is no person ${userId}.`);
    const changed = this.#workspace.users.put(userId, { ...user, ...changes });
    this.#workspace.live.emit({ kind: 'channels' });
    const shown = wireUser(this.#workspace, changed, { locale: true });
    this.#tell({ type: 'user_change', user: shown, cache_ts: Math.floor(this.#workspace.clock() / 1000) });
  }

  /** The bot's token no longer works: revoked alone, or with the app uninstalled. */
  revoke({ uninstall = false }: { uninstall?: boolean } = {}): void {
    const { app } = this.#workspace;
    app.refused = uninstall ? 'account_inactive' : 'token_revoked';
    this.#tell({ type: 'tokens_revoked', tokens: { oauth: [], bot: [app.botUserId] } });
    if (uninstall) this.#tell({ type: 'app_uninstalled' });
  }

  /** Installs the app again: its token works. */
  restore(): void {
    delete this.#workspace.app.refused;
  }

  #channel(name: string): Channel {
    const channel = this.#workspace.channels.get(name) ?? this.#workspace.channelNamed(name);
    if (!channel) throw new Impossible(`There is no channel ${name}.`);
    return channel;
  }

  #put(channel: Channel): Channel {
    this.#workspace.channels.put(channel.id, channel);
    this.#workspace.live.emit({ kind: 'channels' });
    return channel;
  }

  #tell(event: Record<string, unknown>): void {
    void deliverEvent(this.#workspace, { ...event, event_ts: this.#workspace.nextTs() });
  }
}
