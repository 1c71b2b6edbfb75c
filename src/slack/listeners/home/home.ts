import type {
  AllMiddlewareArgs,
  BlockAction,
  Middleware,
  SlackActionMiddlewareArgs,
  SlackEventMiddlewareArgs,
} from '@slack/bolt';
import { z } from 'zod';
import { identify } from '../../guard/identify.ts';
import { learnReading } from '../../guard/learn-reading.ts';
import { homeWords } from '../../views/home.ts';
import { teamReader } from '../../views/reader.ts';
import type { ListenerContext } from '../context.ts';
import { askedFaultWords, withinDeadline } from '../deadline.ts';
import { placeOf } from '../press.ts';
import { readerAt } from '../reader-at.ts';
import { withReference } from '../refused.ts';
import { tell } from '../tell.ts';
import { type Homes, keepHomes } from './homes.ts';
import { changeListener } from './listen.ts';
import { publishView } from './publish.ts';

/** The Homes of this process with the listening that keeps them up to date, which starts with the first of them. */
export function homesOf(context: ListenerContext): Homes {
  const homes = keepHomes(context);
  const listener = changeListener(context, homes);
  return {
    ...homes,
    open: (who, pages) => {
      listener.start();
      homes.open(who, pages);
    },
    stop: async () => {
      await listener.stop();
      await homes.stop();
    },
  };
}

/** Somebody opened the app's Home: it shows their work as of now, or what they can do to be known here. */
export const onHomeOpened =
  (context: ListenerContext, homes: Homes) =>
  async ({ event }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs): Promise<void> => {
    if (event.tab !== 'home') return;
    const slackUserId = event.user;
    const words = await openFor(context, homes, { slackUserId });
    if (words === undefined) return;
    homes.forget(slackUserId);
    await publishView(context, slackUserId, homeWords(words)).catch((error: unknown) =>
      context.logger.error(
        { err: error, userId: slackUserId, words },
        'a Home could not say why it is empty',
      ),
    );
  };

export const HOME_PAGE_ACTION = /^home_(?:mine|unclaimed)_\d{1,5}$/;

const page = z.int().min(0).max(99_999);
const valueShape = z.strictObject({ v: z.literal(1), mine: page, unclaimed: page });

/** Next and Previous in a Home. */
export const onHomePage =
  (context: ListenerContext, homes: Homes): Middleware<SlackActionMiddlewareArgs<BlockAction>> =>
  async ({ ack, body }) => {
    await ack();
    const pages = readValue(body);
    const words = pages
      ? await openFor(context, homes, { slackUserId: body.user.id, pages })
      : (await readerAt(context, body.user.id)).words.press.homeButtonNotMine;
    if (words !== undefined) await tell(context, placeOf(body), words);
  };

/** Starts publishing for a known person; returns the words for anybody else, and for a fault. */
async function openFor(
  context: ListenerContext,
  homes: Homes,
  { slackUserId, pages }: { slackUserId: string; pages?: { mine: number; unclaimed: number } },
): Promise<string | undefined> {
  let reader = teamReader(context.organisation, undefined);
  try {
    const identity = await withinDeadline(identify(context, slackUserId));
    reader = identity.reader;
    if (!identity.ok)
      return withReference(context, identity.words, { reader, home: true, userId: slackUserId });
    if (identity.isUnread) await learnReading(context, slackUserId);
    homes.open({ slackUserId, personId: identity.personId }, pages);
    return undefined;
  } catch (error) {
    return askedFaultWords(context, error, { home: true, userId: slackUserId, reader });
  }
}

function readValue(body: BlockAction): { mine: number; unclaimed: number } | undefined {
  const action = body.actions[0];
  const text = action && 'value' in action ? action.value : undefined;
  try {
    const read = valueShape.safeParse(JSON.parse(typeof text === 'string' ? text : ''));
    return read.success ? { mine: read.data.mine, unclaimed: read.data.unclaimed } : undefined;
  } catch {
    return undefined;
  }
}
