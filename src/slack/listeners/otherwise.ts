import type {
  AllMiddlewareArgs,
  BlockAction,
  SlackCommandMiddlewareArgs,
  SlackShortcut,
  SlackShortcutMiddlewareArgs,
  SlackViewAction,
  SlackViewMiddlewareArgs,
} from '@slack/bolt';
import { inert } from '../views/escape.ts';
import { tellModal } from '../views/modals.ts';
import { teamReader } from '../views/reader.ts';
import type { ListenerContext } from './context.ts';
import { placeOf } from './press.ts';
import { withReference } from './refused.ts';
import { tell } from './tell.ts';

type Ack = () => Promise<void>;

/** Whoever it is: asking who would only delay the answer. */
const readerOfAll = ({ organisation }: ListenerContext) => teamReader(organisation, undefined);

/** A button that no listener knows: acknowledged at once, and the person is told. */
export const onUnknownAction =
  (context: ListenerContext) =>
  async ({ ack, body }: { ack: Ack; body: unknown }): Promise<void> => {
    await ack();
    const reader = readerOfAll(context);
    const press = body as BlockAction;
    const about = { reader, action: press.actions[0]?.action_id, userId: press.user.id };
    await tell(context, placeOf(press), withReference(context, reader.words.press.buttonUnknown, about));
  };

/** A form that no listener knows: the words stand in its place. */
export const onUnknownView =
  (context: ListenerContext) =>
  async ({ ack, body, view }: SlackViewMiddlewareArgs<SlackViewAction>): Promise<void> => {
    const reader = readerOfAll(context);
    const about = { reader, view: view.callback_id, userId: body.user.id };
    const words = withReference(context, reader.words.answers.formUnknown, about);
    const told = tellModal(reader, { title: reader.words.press.notDone, words });
    await ack({ response_action: 'update', view: told } as never);
  };

/** A form that was closed: acknowledged, nothing to do. */
export const onViewClosed =
  () =>
  ({ ack }: { ack: Ack }): Promise<void> =>
    ack();

export const onUnknownCommand =
  (context: ListenerContext) =>
  async ({ ack, command }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const reader = readerOfAll(context);
    const about = { reader, command: command.command, userId: command.user_id };
    const words = reader.words.press.commandUnknown(inert(command.command, 50));
    await ack({ response_type: 'ephemeral', text: withReference(context, words, about) });
  };

/** A shortcut that no listener knows: acknowledged at once, and the person is told. */
export const onUnknownShortcut =
  (context: ListenerContext) =>
  async ({ ack, shortcut }: SlackShortcutMiddlewareArgs<SlackShortcut>): Promise<void> => {
    await ack();
    const reader = readerOfAll(context);
    const { callback_id, user } = shortcut;
    const about = { reader, shortcut: callback_id, userId: user.id };
    const words = withReference(context, reader.words.answers.shortcutUnknown, about);
    const place =
      shortcut.type === 'message_action'
        ? { channelId: shortcut.channel.id, responseUrl: shortcut.response_url }
        : { channelId: undefined, responseUrl: undefined };
    await tell(context, { userId: user.id, ...place }, words);
  };
