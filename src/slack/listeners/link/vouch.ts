import type { BlockAction, Middleware, SlackActionMiddlewareArgs } from '@slack/bolt';
import { AS_WRITTEN } from '../../as-written.ts';
import { presserAsReader } from '../../link/pressed.ts';
import { sendToken } from '../../link/send-token.ts';
import { decline, type VouchProblem, vouch } from '../../link/vouch.ts';
import { inert } from '../../views/escape.ts';
import { renderAnswered } from '../../views/link.ts';
import type { Reader } from '../../views/reader.ts';
import type { ListenerContext } from '../context.ts';
import { answerKnown, type KnownPerson } from '../known-person.ts';
import { placeOf } from '../press.ts';
import { tell } from '../tell.ts';
import { readLinkValue } from './value.ts';

type Said = {
  readonly words: string;
  /** Answered for good: the question goes. */
  readonly isOver: boolean;
};
type Answer = (
  context: ListenerContext,
  body: BlockAction,
  admin: KnownPerson & { readonly requestId: string },
) => Promise<Said>;

/** A listener for an admin's answer: kept first, then acknowledged; the words stand in the place of the question. */
const onAnswer =
  (answer: Answer) =>
  (context: ListenerContext): Middleware<SlackActionMiddlewareArgs<BlockAction>> =>
  async ({ ack, body, action }) => {
    const asked = { slackUserId: body.user.id, about: { action: action.action_id } };
    const said = await answerKnown(context, asked, async (person): Promise<Said> => {
      const value = readLinkValue(body);
      if (!value) return { words: person.reader.words.press.notMine, isOver: false };
      return await answer(context, body, { ...person, requestId: value.request });
    });
    await ack();
    if (!said.ok) return await tell(context, placeOf(body), said.words);
    const { words, isOver } = said.answer;
    if (isOver && (await putInPlace(context, body, words))) return;
    await tell(context, placeOf(body), words);
  };

/** The words in the place of the message that was pressed; whether Slack took them. */
export async function putInPlace(
  context: ListenerContext,
  { container }: BlockAction,
  words: string,
): Promise<boolean> {
  const { channel_id: channel, message_ts: ts } = container as { channel_id?: string; message_ts?: string };
  if (channel === undefined || ts === undefined) return false;
  const changed = await context.call('chat.update', {
    channel,
    ts,
    ...renderAnswered(words),
    ...AS_WRITTEN,
  });
  return changed.kind === 'done';
}

/** Vouch: the chosen person, if the menu has one chosen; the user is sent what they confirm. */
export const onVouch = onAnswer(async (context, body, { personId, reader, requestId }) => {
  const { link } = reader.words;
  const personKey = body.state?.values.link?.link_person?.selected_option?.value;
  if (personKey === undefined) return { words: link.chooseFirst, isOver: false };
  const vouched = await vouch(context, { requestId, adminId: personId, personKey });
  if (!vouched.ok) return refused(vouched.problem, reader, personKey);
  const { request, person, token, expiresAt } = vouched;
  const about = {
    ...request,
    person_name: person.name,
    voucher_name: vouched.adminName,
    expires_at: expiresAt,
  };
  const isSent = await sendToken(context, {
    request: about,
    token,
    reader: presserAsReader(context.organisation, request.pressed),
  });
  const names = [inert(request.slack_name, 200), inert(person.name, 200)] as const;
  return { words: isSent ? link.vouched(...names) : link.vouchedNotTold(...names), isOver: true };
});

/** Decline: the request is over, and the user is told. */
export const onDeclineLink = onAnswer(async (context, _body, { personId, reader, requestId }) => {
  const declined = await decline(context, { requestId, adminId: personId });
  if (!declined.ok) return refused(declined.problem, reader, '');
  const { slack_user_id: userId, slack_name: name, pressed } = declined.request;
  await tell(
    context,
    { userId, channelId: undefined, responseUrl: undefined },
    presserAsReader(context.organisation, pressed).words.link.declinedTold,
  );
  return { words: reader.words.link.declined(inert(name, 200)), isOver: true };
});

function refused(problem: VouchProblem, { words }: Reader, personKey: string): Said {
  const { link } = words;
  if (problem === 'taken') return { words: link.taken(inert(personKey, 200)), isOver: false };
  return { words: link[problem], isOver: problem !== 'onlyAdmins' };
}

/** Choosing in the menu does nothing by itself. */
export const onChoosePerson =
  (): Middleware<SlackActionMiddlewareArgs<BlockAction>> =>
  ({ ack }) =>
    ack();
