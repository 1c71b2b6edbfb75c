import { type PlaceTrouble, placesInOrder, troubleOf } from '../../core/place.ts';
import { placesOf } from '../../db/lanes/places-of.sql.ts';
import { type Probe, probeLater, takeProbe, tryPlace } from '../../db/lanes/take-probe.sql.ts';
import { wakeSender } from '../../db/outbox/wake-sender.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { idOf } from './address.ts';
import type { SenderContext } from './context.ts';
import { heal } from './trouble.ts';

/** How a channel is, as far as Slack tells. */
export type ChannelState =
  | { readonly kind: 'works' }
  | { readonly kind: 'trouble'; readonly trouble: PlaceTrouble }
  /** Ask again after a while; `isOff`: the app may not ask at all. */
  | { readonly kind: 'unknown'; readonly waitMs: number; readonly isOff: boolean };

const ASK_AGAIN_MS = 60_000;

/** Asks Slack whether the channel is there, not archived, and has the app in it. */
export async function stateOf(context: SenderContext, channel: string): Promise<ChannelState> {
  const answer = await context.call('conversations.info', { channel });
  if (answer.kind === 'done') {
    const seen = (answer.body.channel ?? {}) as { is_archived?: boolean; is_member?: boolean };
    if (seen.is_archived) return { kind: 'trouble', trouble: 'archived' };
    if (seen.is_member === false) return { kind: 'trouble', trouble: 'not_member' };
    return { kind: 'works' };
  }
  if (answer.kind === 'undeliverable') {
    const trouble = troubleOf(answer.error);
    if (trouble) return { kind: 'trouble', trouble };
  }
  const isOff = answer.kind === 'shut_out';
  return { kind: 'unknown', waitMs: answer.kind === 'rate_limited' ? answer.waitMs : ASK_AGAIN_MS, isOff };
}

/** Tries the channel of every lane in trouble whose time has come. One cheap question each. */
export async function probeLanes(context: SenderContext): Promise<void> {
  const { sql, workspaceId } = context;
  for (;;) {
    const probe = await inWorkspace(sql, workspaceId, (tx) => takeProbe(tx, workspaceId));
    if (!probe) return;
    await tryHome(context, probe);
  }
}

async function tryHome(context: SenderContext, probe: Probe): Promise<void> {
  const { address } = probe;
  const home = await idOf(context, address);
  const channel = home.ok ? home.to.channel : undefined;
  const state: ChannelState =
    channel === undefined ? { kind: 'trouble', trouble: 'not_found' } : await stateOf(context, channel);
  if (state.kind === 'works' && channel !== undefined) {
    // That somebody may not post is not told by a question: the next message finds out.
    if (probe.reason === 'not_allowed') await onTrial(context, address, address);
    else await heal(context, address, channel);
    return;
  }
  if (state.kind === 'unknown') {
    const later = { workspaceId: context.workspaceId, address, waitMs: state.waitMs };
    await inWorkspace(context.sql, context.workspaceId, (tx) => probeLater(tx, later));
  }
  // With nowhere to post, whatever stood in may work by now.
  if (probe.isParked) await restart(context, address);
}

async function restart(context: SenderContext, address: string): Promise<void> {
  const { sql, workspaceId } = context;
  const places = await inWorkspace(sql, workspaceId, (tx) => placesOf(tx, workspaceId, address));
  const [, first] = places ? placesInOrder(address, places) : [];
  if (first !== undefined) await onTrial(context, address, first);
}

async function onTrial({ sql, workspaceId }: SenderContext, address: string, place: string): Promise<void> {
  await inWorkspace(sql, workspaceId, async (tx) => {
    await tryPlace(tx, { workspaceId, address, place });
    await wakeSender(tx, workspaceId);
  });
}
