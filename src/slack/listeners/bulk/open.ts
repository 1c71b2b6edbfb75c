import type { BlockAction, Middleware, SlackActionMiddlewareArgs } from '@slack/bolt';
import { proposeAnswer } from '../../../pipeline/act/bulk-prepare.ts';
import { readBulkPointer, readGroupPointer } from '../../guard/bulk-pointer.ts';
import { confirmView } from '../../views/bulk-confirm.ts';
import type { ListState } from '../../views/bulk-pointer.ts';
import type { ListenerContext } from '../context.ts';
import { answerKnown, type KnownPerson } from '../known-person.ts';
import { type Opening, openWhenRead, type Prepared } from '../open-modal.ts';
import { placeOf, type Words } from '../press.ts';
import { withReference } from '../refused.ts';
import { tell } from '../tell.ts';
import { listView } from './group.ts';

type PressArgs = SlackActionMiddlewareArgs<BlockAction>;
type Open = (person: KnownPerson, opening: Opening) => Promise<Words>;

/** A button that opens something: answered to whoever is known, told to everybody else. It changes nothing. */
function onOpen(
  context: ListenerContext,
  openerOf: (value: unknown) => Open | undefined,
): Middleware<PressArgs> {
  return async ({ ack, body, action }) => {
    const place = placeOf(body);
    const open = openerOf('value' in action ? action.value : undefined);
    const about = { action: action.action_id };
    const answered = await answerKnown(context, { slackUserId: body.user.id, about }, async (person) => {
      const { reader } = person;
      if (!open) return withReference(context, reader.words.press.notMine, { reader, ...about });
      const isInModal = body.view?.type === 'modal';
      return await open(person, { triggerId: body.trigger_id, reader, place, isInModal });
    });
    await ack();
    const words = answered.ok ? answered.answer : answered.words;
    if (words !== undefined) await tell(context, place, words);
  };
}

/** A button of a group's card: opens its list, to look or to choose from. */
export const onGroupButton = (action: ListState['action']) => (context: ListenerContext) =>
  onOpen(context, (value) => {
    const groupId = readGroupPointer(value);
    if (groupId === undefined) return undefined;
    const state: ListState = { groupId, action, page: 0, text: '', min: '', ticked: [] };
    return (person, opening) => {
      const prepared = prepareList(context, { state, ...person });
      return openWhenRead(context, opening, { name: `bulk_${action}`, prepared });
    };
  });

async function prepareList(
  context: ListenerContext,
  asked: { state: ListState } & KnownPerson,
): Promise<Prepared> {
  const view = await listView(context, asked);
  const { reader } = asked;
  if (view) return { ok: true, view };
  return {
    ok: false,
    words: withReference(context, reader.words.flood.groupGone, { reader, ...asked.state }),
  };
}

/** Accept or Decline under an offer of many: opens the form that asks to confirm it. */
export const onBulkAnswer = (action: 'accept' | 'decline') => (context: ListenerContext) =>
  onOpen(context, (value) => {
    const bulkId = readBulkPointer(value);
    if (bulkId === undefined) return undefined;
    return (person, opening) => {
      const prepared = prepareAnswer(context, { bulkId, action, ...person });
      return openWhenRead(context, opening, { name: `bulk_${action}`, prepared });
    };
  });

async function prepareAnswer(
  context: ListenerContext,
  { bulkId, action, personId, reader }: { bulkId: string; action: 'accept' | 'decline' } & KnownPerson,
): Promise<Prepared> {
  const { sql, workspaceId, organisation } = context;
  const proposal = await proposeAnswer(sql, { workspaceId, personId, bulkId }, action);
  if (!proposal) {
    return { ok: false, words: withReference(context, reader.words.flood.offerOver, { reader, bulkId }) };
  }
  const confirming = { ...proposal, personId, codes: organisation.resolutionCodes };
  return { ok: true, view: confirmView(confirming, reader) };
}
