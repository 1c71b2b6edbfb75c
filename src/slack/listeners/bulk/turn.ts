import type { BlockAction, Middleware, SlackActionMiddlewareArgs } from '@slack/bolt';
import { MOST_TICKED } from '../../../core/bulk.ts';
import { Fault } from '../../../core/fault.ts';
import { BULK_PAGE } from '../../views/bulk-list.ts';
import type { ListState } from '../../views/bulk-pointer.ts';
import type { ListenerContext } from '../context.ts';
import { answerKnown, type KnownPerson } from '../known-person.ts';
import { placeOf, type Words } from '../press.ts';
import { withReference } from '../refused.ts';
import { tell } from '../tell.ts';
import { listView } from './group.ts';
import { currentState } from './state.ts';

export const BULK_TURN_ACTION = new RegExp(`^(?:bulk_filter|${BULK_PAGE}\\d{1,4})$`);

/** Another page of a group's list, or another filter: shows it in the same place, and what was ticked stays ticked. */
export const onBulkTurn =
  (context: ListenerContext): Middleware<SlackActionMiddlewareArgs<BlockAction>> =>
  async ({ ack, body, action }) => {
    await ack();
    const { view } = body;
    const state = view && currentState(view);
    const about = { action: action.action_id };
    const answered = await answerKnown(context, { slackUserId: body.user.id, about }, async (person) => {
      const { reader } = person;
      if (!view || !state)
        return withReference(context, reader.words.press.formNotMine, { reader, ...about });
      const page = action.action_id.startsWith(BULK_PAGE)
        ? Number(action.action_id.slice(BULK_PAGE.length))
        : 0;
      return await show(context, person, { state: { ...state, page }, viewId: view.id, hash: view.hash });
    });
    const words = answered.ok ? answered.answer : answered.words;
    if (words !== undefined) await tell(context, placeOf(body), words);
  };

async function show(
  context: ListenerContext,
  { personId, reader }: KnownPerson,
  { state, viewId, hash }: { state: ListState; viewId: string; hash: string },
): Promise<Words> {
  const { flood } = reader.words;
  if (state.ticked.length > MOST_TICKED) return flood.choose.tooMany(MOST_TICKED);
  const view = await listView(context, { state, personId, reader });
  if (!view) return withReference(context, flood.groupGone, { reader, groupId: state.groupId });
  const updated = await context.call('views.update', { view_id: viewId, hash, view });
  // Closed, or turned again meanwhile: what stands there is what the person wants.
  if (updated.kind === 'done' || ('error' in updated && GONE.includes(updated.error))) return undefined;
  throw new Fault('slack_refused', `views.update for a list: ${updated.kind}. Press again.`);
}

const GONE: readonly string[] = ['not_found', 'hash_conflict'];
