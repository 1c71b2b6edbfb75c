import { type AddressFacts, readAddress } from '../../db/outbox/read-address.sql.ts';
import { storeChannel } from '../../db/outbox/store-channel.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import type { SenderContext } from './context.ts';
import type { Outcome } from './outcome.ts';

/** Where to post: a channel id, or a name that only posting turns into an id. */
export type Destination = { readonly channel: string; readonly isId: boolean };
type Refused = Exclude<Outcome, { kind: 'done' }>;
export type Resolved =
  | { readonly ok: true; readonly to: Destination }
  | { readonly ok: false; readonly outcome: Refused };

const CHANNEL_ID = /^[CGD][A-Z0-9]{6,}$/;
const LIST_PAGES = 50;
/** How the reason begins when a channel's name leads nowhere. */
export const NO_CHANNEL = 'Slack shows the app no channel';
/** How it ends when a person is nobody in Slack. */
export const NO_ACCOUNT = 'has no Slack account with the e-mail of tieout.yaml';

/** The destination of `team:<key>`, `person:<person id>`, a channel's name or its id. */
export async function resolveAddress(context: SenderContext, address: string): Promise<Resolved> {
  if (CHANNEL_ID.test(address)) return to(address, true);
  if (address.startsWith('#')) return to(address, false);
  const { sql, workspaceId } = context;
  const facts = await inWorkspace(sql, workspaceId, (tx) => readAddress(tx, workspaceId, address));
  if (!facts) return undeliverable(`${address} is not an active team or person: check tieout.yaml`);
  if (facts.channel === null) return await openConversation(context, facts);
  const channel = facts.channel_id ?? facts.channel;
  return to(channel, CHANNEL_ID.test(channel));
}

/** The channel's id at a place: a direct conversation is opened, a name looked up. */
export async function idOf(context: SenderContext, place: string): Promise<Resolved> {
  const resolved = await resolveAddress(context, place);
  if (!resolved.ok || resolved.to.isId) return resolved;
  return await learnChannelId(context, place, resolved.to.channel);
}

/** The channel's id behind a name, asked of Slack and kept: a look-up needs it, because history knows no names. */
async function learnChannelId(context: SenderContext, address: string, name: string): Promise<Resolved> {
  const wanted = name.replace(/^#/, '');
  let cursor = '';
  for (let page = 0; page < LIST_PAGES; page += 1) {
    const args = { types: 'public_channel,private_channel', exclude_archived: true, limit: 200, cursor };
    const outcome = await context.call('conversations.list', args);
    if (outcome.kind !== 'done') return { ok: false, outcome };
    const channels = (outcome.body.channels ?? []) as { id?: string; name?: string }[];
    const found = channels.find((channel) => channel.name === wanted)?.id;
    if (found !== undefined) {
      await rememberChannel(context, address, { channel: name, channelId: found });
      return to(found, true);
    }
    cursor = nextCursor(outcome.body);
    if (cursor === '') break;
  }
  return undeliverable(`${NO_CHANNEL} named ${name}: create it or invite the app`);
}

/** Keeps the id that Slack answered for a channel's name. */
export async function rememberChannel(
  { sql, workspaceId }: SenderContext,
  address: string,
  known: { channel: string; channelId: string },
): Promise<void> {
  await inWorkspace(sql, workspaceId, (tx) => storeChannel(tx, { workspaceId, address, ...known }));
}

/** The cursor of the next page; empty when this was the last. */
export function nextCursor(body: Readonly<Record<string, unknown>>): string {
  const metadata = body.response_metadata as { next_cursor?: unknown } | undefined;
  return typeof metadata?.next_cursor === 'string' ? metadata.next_cursor : '';
}

async function openConversation(context: SenderContext, facts: AddressFacts): Promise<Resolved> {
  const user = await slackUserOf(context, facts);
  if (typeof user !== 'string') return { ok: false, outcome: user };
  const opened = await context.call('conversations.open', { users: user });
  if (opened.kind !== 'done') return { ok: false, outcome: retryable(opened) };
  const id = (opened.body.channel as { id?: string } | undefined)?.id;
  return id === undefined
    ? { ok: false, outcome: { kind: 'failed', error: 'conversations.open answered no channel' } }
    : to(id, true);
}

async function slackUserOf(context: SenderContext, facts: AddressFacts): Promise<string | Refused> {
  if (facts.slack_user_id !== null) return facts.slack_user_id;
  const found = await context.call('users.lookupByEmail', { email: facts.email });
  if (found.kind === 'undeliverable') {
    return {
      kind: 'undeliverable',
      error: `${facts.name} ${NO_ACCOUNT}`,
    };
  }
  if (found.kind !== 'done') return retryable(found);
  const id = (found.body.user as { id?: string } | undefined)?.id;
  return id ?? { kind: 'failed', error: 'users.lookupByEmail answered no user' };
}

// Asking twice harms nothing, so an unknown outcome of a question is only a failure.
const retryable = (outcome: Refused): Refused =>
  outcome.kind === 'unknown' ? { kind: 'failed', error: outcome.error } : outcome;

const to = (channel: string, isId: boolean): Resolved => ({ ok: true, to: { channel, isId } });
const undeliverable = (error: string): Resolved => ({ ok: false, outcome: { kind: 'undeliverable', error } });
