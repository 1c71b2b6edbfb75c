import type { BlockAction, Middleware, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Refusal } from '../../core/refusal.ts';
import type { Result } from '../../core/result.ts';
import type { ActInput } from '../../pipeline/act/act.ts';
import { type Pointer, readPointer } from '../guard/pointer.ts';
import { requestKey } from '../guard/request-key.ts';
import { type Reader, teamReader } from '../views/reader.ts';
import type { ListenerContext } from './context.ts';
import { faultWords, withinDeadline } from './deadline.ts';
import { identifyPress } from './identify-press.ts';
import { wordsForStranger } from './link/stranger.ts';
import { refusedWords, withReference } from './refused.ts';
import { type Place, tell } from './tell.ts';

/** A press of one button by one known person: what an act needs, and what answers it. */
export type Press = ActInput & {
  readonly triggerId: string;
  readonly pointer: Pointer;
  /** Whoever pressed, as a reader. */
  readonly reader: Reader;
  /** The modal it was pressed in. */
  readonly viewId: string | undefined;
  /** Whether that is a form, over which another one is put; a Home is a view too, and none. */
  readonly isInModal: boolean;
  /** Where to answer. */
  readonly place: Place;
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
    // Until the person is known: the language of the workspace.
    let reader = teamReader(context.organisation, undefined);
    const known = (who: Reader): void => {
      reader = who;
    };
    try {
      const words = await withinDeadline(answer(context, body, { run, reader, known }));
      await ack();
      if (words !== undefined) await tell(context, place, words);
    } catch (error) {
      const words = faultWords(context, error, { action: action.action_id, userId: place.userId, reader });
      // Not awaited: Slack's three seconds may be nearly over, and the answer to it must not wait for this.
      void tell(context, place, words);
      throw error;
    }
  };
}

async function answer(
  context: ListenerContext,
  body: BlockAction,
  to: { run: (press: Press) => Promise<Words>; reader: Reader; known: (reader: Reader) => void },
): Promise<Words> {
  const action = body.actions[0];
  const pointer = readPointer(action && 'value' in action ? action.value : undefined);
  if (!action || !pointer) {
    const about = { reader: to.reader, action: action?.action_id, userId: body.user.id };
    return withReference(context, to.reader.words.press.notMine, about);
  }
  const { exceptionId, version } = pointer;
  const key = requestKey([context.teamId, body.user.id, action.action_id, action.action_ts, exceptionId]);
  const asked = { slackUserId: body.user.id, exceptionId, requestKey: key };
  const { identity, read } = await identifyPress(context, asked);
  to.known(identity.reader);
  if (!identity.ok) {
    const { teamId: slackTeamId } = context;
    context.noteDenied({
      why: identity.why,
      slackUserId: body.user.id,
      slackTeamId,
      wanted: action.action_id,
    });
    const words = await wordsForStranger(context, body, identity);
    return withReference(context, words, { reader: identity.reader, userId: body.user.id, exceptionId });
  }
  return await to.run({
    workspaceId: context.workspaceId,
    personId: identity.personId,
    exceptionId,
    version,
    requestKey: key,
    read,
    triggerId: body.trigger_id,
    pointer,
    reader: identity.reader,
    viewId: body.view?.id,
    isInModal: body.view?.type === 'modal',
    place: placeOf(body),
  });
}

export const placeOf = (body: BlockAction): Place => ({
  userId: body.user.id,
  channelId: body.channel?.id ?? body.container?.channel_id,
  responseUrl: body.response_url,
});

/** What to tell after an act: nothing when it went through, for the card shows it; else why not. */
export const toldAfter = (context: ListenerContext, press: Press, acted: Result<unknown, Refusal>): Words =>
  acted.ok ? undefined : refusedPress(context, press, acted.refusal);

/** What a refused press is told. */
export const refusedPress = (context: ListenerContext, press: Press, refusal: Refusal): string =>
  refusedWords(context, refusal, { reader: press.reader, ...traceOf(press) });

const traceOf = ({ personId, exceptionId, requestKey: key }: Press) => ({
  personId,
  exceptionId,
  requestKey: key,
});
