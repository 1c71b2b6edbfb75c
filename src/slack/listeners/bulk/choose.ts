import type { Middleware, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { MOST_TICKED, readLimit } from '../../../core/bulk.ts';
import { propose, readGroup } from '../../../pipeline/act/bulk-prepare.ts';
import type { View } from '../../views/blocks.ts';
import { confirmView } from '../../views/bulk-confirm.ts';
import type { ListState } from '../../views/bulk-pointer.ts';
import { tellModal } from '../../views/modals.ts';
import type { Reader } from '../../views/reader.ts';
import type { ListenerContext } from '../context.ts';
import { answerKnown, type KnownPerson } from '../known-person.ts';
import { withReference } from '../refused.ts';
import { isChoice, isListed, listView } from './group.ts';
import { currentState, entered, type SentView } from './state.ts';

export type FormAnswer =
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update' | 'push'; readonly view: View };

type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction>;

/** The choice, sent: asks to confirm it, with how many they are and what they are worth. Nothing changes yet. */
export const onBulkChosen =
  (context: ListenerContext): Middleware<SubmitArgs> =>
  async ({ ack, body, view }) => {
    const asked = { slackUserId: body.user.id, about: { view: view.callback_id } };
    const answered = await answerKnown(context, asked, (person) => chosen(context, person, view));
    const answer = answered.ok ? answered.answer : atForm(answered.words);
    await ack(answer as Parameters<typeof ack>[0]);
  };

/** The filter of a list, sent: shows what it lets through, in the same place. */
export const onBulkFiltered =
  (context: ListenerContext): Middleware<SubmitArgs> =>
  async ({ ack, body, view }) => {
    const asked = { slackUserId: body.user.id, about: { view: view.callback_id } };
    const answered = await answerKnown(context, asked, (person) => filtered(context, person, view));
    const answer = answered.ok ? answered.answer : instead(answered.reader, answered.words);
    await ack(answer as Parameters<typeof ack>[0]);
  };

async function filtered(
  context: ListenerContext,
  { personId, reader }: KnownPerson,
  view: SentView,
): Promise<FormAnswer> {
  const { flood, press } = reader.words;
  const state = currentState(view);
  if (!state) return instead(reader, withReference(context, press.formNotMine, { reader }));
  const wrong = wrongFilter(state, reader);
  if (wrong) return wrong;
  const list = await listView(context, { state: { ...state, page: 0 }, personId, reader });
  const { groupId } = state;
  return list
    ? { response_action: 'update', view: list }
    : instead(reader, withReference(context, flood.groupGone, { reader, groupId }));
}

const wrongFilter = ({ min }: ListState, { words: { flood } }: Reader): FormAnswer | undefined =>
  min.trim() !== '' && readLimit(min) === undefined
    ? { response_action: 'errors', errors: { min: flood.list.minWrong } }
    : undefined;

/** At the first field of the choice, so that what was ticked is not lost. */
const atForm = (words: string): FormAnswer => ({ response_action: 'errors', errors: { which: words } });

export const instead = (reader: Reader, words: string): FormAnswer => ({
  response_action: 'update',
  view: tellModal(reader, { title: reader.words.press.notDone, words }),
});

async function chosen(
  context: ListenerContext,
  { personId, reader }: KnownPerson,
  view: SentView,
): Promise<FormAnswer> {
  const { flood, press } = reader.words;
  const state = currentState(view);
  if (!state || !isChoice(state))
    return instead(reader, withReference(context, press.formNotMine, { reader }));
  const { groupId, action } = state;
  const wrong = wrongFilter(state, reader);
  if (wrong) return wrong;
  const isAll = entered(view, 'which') === 'all';
  if (!isAll && state.ticked.length === 0) return atForm(flood.choose.noneTicked);
  if (!isAll && state.ticked.length > MOST_TICKED) return atForm(flood.choose.tooMany(MOST_TICKED));
  const { sql, workspaceId, organisation } = context;
  const about = { workspaceId, groupId, personId };
  const group = await readGroup(sql, about);
  if (!group) return instead(reader, withReference(context, flood.groupGone, { reader, groupId }));
  const ticked = new Set(state.ticked);
  const isChosen = isAll ? isListed(state, group) : ({ number }: { number: number }) => ticked.has(number);
  const proposal = await propose(sql, about, { action, isChosen });
  if (!proposal) return atForm(flood.choose.nothing[action]);
  const confirming = { ...proposal, personId, codes: organisation.resolutionCodes };
  return { response_action: 'push', view: confirmView(confirming, reader) };
}
