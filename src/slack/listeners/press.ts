import type { BlockAction, Middleware, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Refusal } from '../../core/refusal.ts';
import type { Result } from '../../core/result.ts';
import type { ActInput } from '../../pipeline/act/act.ts';
import { identify } from '../guard/identify.ts';
import { type Pointer, readPointer } from '../guard/pointer.ts';
import { requestKey } from '../guard/request-key.ts';
import { type Reader, readerOf } from '../views/reader.ts';
import { refusalWords } from '../views/refusals.ts';
import type { ListenerContext } from './context.ts';
import { faultWords, withinDeadline } from './deadline.ts';
import { type Place, tell } from './tell.ts';

/** A press of one button by one known person: what an act needs, and what answers it. */
export type Press = ActInput & {
  readonly triggerId: string;
  readonly pointer: Pointer;
  /** Whoever pressed, as a reader. */
  readonly reader: Reader;
  /** The modal it was pressed in. */
  readonly viewId: string | undefined;
};

type PressArgs = SlackActionMiddlewareArgs<BlockAction>;
/** Words to tell; undefined when what the person sees changes by itself. */
export type Words = string | undefined;

/**
 * A listener for a button: the press is answered (and committed) first, then acknowledged, then the person is told.
 *
 * A fault is not acknowledged: Slack shows that it failed, and the person also gets words with a reference.
 */
export function onPress(
  context: ListenerContext,
  run: (press: Press) => Promise<Words>,
): Middleware<PressArgs> {
  return async ({ ack, body, action }) => {
    const place = placeOf(body);
    try {
      const words = await withinDeadline(answer(context, body, run));
      await ack();
      if (words !== undefined) await tell(context, place, words);
    } catch (error) {
      const words = faultWords(context, error, { action: action.action_id, userId: place.userId });
      // Not awaited: Slack's three seconds may be nearly over, and the answer to it must not wait for this.
      void tell(context, place, words);
      throw error;
    }
  };
}

async function answer(
  context: ListenerContext,
  body: BlockAction,
  run: (press: Press) => Promise<Words>,
): Promise<Words> {
  const action = body.actions[0];
  const pointer = readPointer(action && 'value' in action ? action.value : undefined);
  if (!action || !pointer)
    return 'This button is not one of mine any more. Use the newest card of the channel.';
  const identity = await identify(context, body.user.id);
  if (!identity.ok) return identity.words;
  return await run({
    workspaceId: context.workspaceId,
    personId: identity.personId,
    exceptionId: pointer.exceptionId,
    version: pointer.version,
    requestKey: requestKey([
      context.teamId,
      body.user.id,
      action.action_id,
      action.action_ts,
      pointer.exceptionId,
    ]),
    triggerId: body.trigger_id,
    pointer,
    reader: readerOf(context.organisation.locale),
    viewId: body.view?.id,
  });
}

export const placeOf = (body: BlockAction): Place => ({
  userId: body.user.id,
  channelId: body.channel?.id ?? body.container?.channel_id,
  responseUrl: body.response_url,
});

/** What to tell after an act: nothing when it went through, for the card shows it; else why not. */
export const toldAfter = (acted: Result<unknown, Refusal>): Words =>
  acted.ok ? undefined : refusalWords(acted.refusal);
