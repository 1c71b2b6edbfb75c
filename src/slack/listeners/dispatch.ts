import type {
  AllMiddlewareArgs,
  AnyMiddlewareArgs,
  BlockAction,
  Middleware,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import { stopwatch, timed } from '../../observe/metrics.ts';

type PressListener = Middleware<SlackActionMiddlewareArgs<BlockAction>>;
type PressArgs = Parameters<PressListener>[0];

/**
 * Brings a press straight to the listener of its button, by `action_id`; anything else goes on to the other listeners.
 *
 * Bolt instead asks every listener of the app whether a request is its own: with as many as we have, that is a good part
 * of what a press costs.
 */
export const dispatchPresses =
  (listeners: ReadonlyMap<string, PressListener>) =>
  async (args: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const action = actionIdOf(args.body) ?? '';
    const listener = listeners.get(action);
    if (!listener) return await args.next();
    const seconds = stopwatch();
    try {
      await listener(args as PressArgs);
    } finally {
      timed.press({ action }, seconds());
    }
  };

const actionIdOf = (body: object): string | undefined =>
  'type' in body && body.type === 'block_actions' ? (body as BlockAction).actions[0]?.action_id : undefined;
