import type { AllMiddlewareArgs, App } from '@slack/bolt';
import { stirLanes } from '../../../db/lanes/stir-lanes.sql.ts';
import { wakeSender } from '../../../db/outbox/wake-sender.sql.ts';
import { inWorkspace } from '../../../db/tx.ts';
import type { ListenerContext } from '../context.ts';

/** What happens to a channel as a whole. */
const OF_CHANNELS = [
  'channel_archive',
  'channel_unarchive',
  'channel_rename',
  'channel_deleted',
  'channel_left',
  'group_archive',
  'group_unarchive',
  'group_rename',
  'group_deleted',
  'group_left',
] as const;

/** What happens to one member of a channel; only the app itself is of interest. */
const OF_MEMBERS = ['member_joined_channel', 'member_left_channel'] as const;

type Told = { readonly channel?: string | { readonly id?: string }; readonly user?: string };

/** Whatever happens to a channel, the lanes that post in it are looked at at once, instead of within a minute. */
export function listenToChannels(app: App, context: ListenerContext): void {
  for (const type of OF_CHANNELS) app.event(type, ({ event }) => stir(context, event as Told));
  for (const type of OF_MEMBERS) {
    app.event(
      type,
      async ({ event, context: { botUserId } }: { event: Told } & Pick<AllMiddlewareArgs, 'context'>) => {
        if (event.user === botUserId) await stir(context, event);
      },
    );
  }
}

async function stir({ sql, workspaceId }: ListenerContext, { channel }: Told): Promise<void> {
  const channelId = typeof channel === 'string' ? channel : channel?.id;
  if (channelId === undefined) return;
  await inWorkspace(sql, workspaceId, async (tx) => {
    await stirLanes(tx, workspaceId, channelId);
    await wakeSender(tx, workspaceId);
  });
}
