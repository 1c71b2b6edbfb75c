import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { isVisible } from '../../../core/act.ts';
import { exceptionLabel } from '../../../core/ids.ts';
import { inWorkspace } from '../../../db/tx.ts';
import { memberOfGroup } from '../../../pipeline/act/note-member.sql.ts';
import { type Thread, threadOf } from '../../../pipeline/act/note-thread.sql.ts';
import type { ListenerContext } from '../context.ts';
import { answerKnown, type KnownPerson } from '../known-person.ts';
import { type Place, tell } from '../tell.ts';
import { keep, keptWords, readMessage } from './keep.ts';
import { withoutMention } from './readable-text.ts';

type Mention = SlackEventMiddlewareArgs<'app_mention'>['event'];

/**
 * Somebody mentions the app: in the thread of a card, what they wrote becomes a note on its exception; elsewhere they are
 * told how to keep one. Slack's acknowledgement went out before, so the answer is what says that it was kept.
 */
export const onMention =
  (context: ListenerContext) =>
  async ({
    event,
    context: bolt,
  }: SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs): Promise<void> => {
    const { user: userId } = event;
    // Two apps that answer each other's mentions would never stop.
    if (userId === undefined || event.bot_id !== undefined) return;
    const { channel: channelId, thread_ts: threadTs } = event;
    const place: Place = { userId, channelId, threadTs, responseUrl: undefined };
    const asked = { slackUserId: userId, about: { event: 'app_mention' } };
    const said = await answerKnown(context, asked, (person) =>
      answer(context, event, { ...person, userId, botUserId: bolt.botUserId ?? '' }),
    );
    await tell(context, place, said.ok ? said.answer : said.words);
  };

type Mentioner = KnownPerson & { readonly userId: string; readonly botUserId: string };

async function answer(
  context: ListenerContext,
  event: Mention,
  { personId, reader, userId, botUserId }: Mentioner,
): Promise<string> {
  const { sql, workspaceId } = context;
  const { channel: channelId, thread_ts: ts } = event;
  const place = { workspaceId, channelId, ts: ts ?? '' };
  const thread =
    ts === undefined ? undefined : await inWorkspace(sql, workspaceId, (tx) => threadOf(tx, place));
  if (!thread) return reader.words.note.elsewhere;
  const message = await readMessage(context, {
    text: withoutMention(event.text, botUserId),
    authorId: userId,
  });
  if (!isVisible(message.text)) return reader.words.note.empty;
  const about = await exceptionOf(context, thread, message.text);
  if (about === undefined) return reader.words.note.whichOfGroup;
  if (about.exceptionId === undefined) return reader.words.note.notOfGroup(exceptionLabel(about.number));
  const { exceptionId } = about;
  const written = { channelId, ts: event.ts, text: message.text, author: undefined };
  const kept = await keep(context, { ...written, personId, exceptionId, isInThread: true });
  return keptWords(kept, about.number, reader);
}

type About = { readonly number: number; readonly exceptionId: string | undefined };

/** The exception of the thread, or the one of its group that the words name; undefined when they name none or several. */
async function exceptionOf(
  { sql, workspaceId }: ListenerContext,
  thread: Thread,
  text: string,
): Promise<About | undefined> {
  if (thread.kind === 'exception') return thread;
  const [number, ...others] = [
    ...new Set([...text.matchAll(/\bEX-(\d{1,9})\b/gi)].map(([, digits]) => Number(digits))),
  ];
  if (number === undefined || others.length > 0) return undefined;
  const member = { workspaceId, groupId: thread.groupId, number };
  return { number, exceptionId: await inWorkspace(sql, workspaceId, (tx) => memberOfGroup(tx, member)) };
}
