import type {
  AllMiddlewareArgs,
  BlockAction,
  SlackCommandMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
} from '@slack/bolt';
import type { ListenerContext } from './context.ts';
import { placeOf } from './press.ts';
import { tell } from './tell.ts';

type Ack = () => Promise<void>;

/** A button that no listener knows: acknowledged at once, and the person is told. */
export const onUnknownAction =
  (context: ListenerContext) =>
  async ({ ack, body }: { ack: Ack; body: unknown }): Promise<void> => {
    await ack();
    const words = 'This button does nothing (any more). Use the newest card of the channel.';
    await tell(context, placeOf(body as BlockAction), words);
  };

/** A form that no listener knows, or one that was closed: acknowledged, nothing to do. */
export const onUnknownView =
  () =>
  ({ ack }: { ack: Ack }) =>
    ack();

export const onUnknownCommand =
  () =>
  async ({ ack, command }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> =>
    ack({
      response_type: 'ephemeral',
      text: `There is no command ${command.command} here yet. Use the buttons of the cards.`,
    });

export const onUnknownShortcut =
  () =>
  ({ ack }: Pick<SlackShortcutMiddlewareArgs, 'ack'>) =>
    ack();
