import { createHash } from 'node:crypto';
import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { isVisible } from '../../../core/act.ts';
import { Fault } from '../../../core/fault.ts';
import { exceptionLabel } from '../../../core/ids.ts';
import { inWorkspace } from '../../../db/tx.ts';
import { threadOf } from '../../../pipeline/act/note-thread.sql.ts';
import { LIMITS } from '../../views/blocks.ts';
import { noteModal } from '../../views/note.ts';
import type { ListenerContext } from '../context.ts';
import { answerKnown, type KnownPerson } from '../known-person.ts';
import type { Words } from '../press.ts';
import { type Place, tell } from '../tell.ts';
import { keep, keptWords, readMessage } from './keep.ts';

/** The message shortcut's callback id, and the form's. */
export const KEEP_NOTE = 'keep_note';

/** What the form gives back of the message: where it stands, who wrote it, and a check of its words. */
export type NoteMetadata = {
  readonly v: 1;
  readonly channel: string;
  readonly ts: string;
  readonly author: string | null;
  readonly sha256: string;
};

/** The check by which a text that was changed in the form is no longer attributed to its author. */
export const checkOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * "Keep as note" in the menu of a message: in the thread of a card it is kept at once; elsewhere a form asks on which
 * exception. Committed first, then acknowledged.
 */
export const onKeepNote =
  (context: ListenerContext) =>
  async ({
    ack,
    shortcut,
    context: bolt,
  }: SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs): Promise<void> => {
    const { user, channel, message } = shortcut;
    const threadTs: string | undefined = message.thread_ts;
    const place: Place = {
      userId: user.id,
      channelId: channel.id,
      threadTs,
      responseUrl: shortcut.response_url,
    };
    const asked = { slackUserId: user.id, about: { shortcut: KEEP_NOTE } };
    const said = await answerKnown(context, asked, (person) =>
      answer(context, shortcut, { ...person, userId: user.id, botUserId: bolt.botUserId }),
    );
    await ack();
    const words = said.ok ? said.answer : said.words;
    if (words !== undefined) await tell(context, place, words);
  };

type Keeper = KnownPerson & { readonly userId: string; readonly botUserId: string | undefined };

async function answer(
  context: ListenerContext,
  shortcut: MessageShortcut,
  { personId, reader, userId, botUserId }: Keeper,
): Promise<Words> {
  const { message, channel } = shortcut;
  const { note } = reader.words;
  const authorId = message.user;
  if (authorId !== undefined && authorId === botUserId) return note.ownMessage;
  const read = await readMessage(context, { text: message.text ?? '', authorId: authorId ?? '' });
  if (!isVisible(read.text)) return note.empty;
  // A note of one's own needs no author beside whoever kept it.
  const author = authorId === undefined || authorId === userId ? undefined : read.author;
  const place = { workspaceId: context.workspaceId, channelId: channel.id, ts: message.thread_ts ?? '' };
  const thread = await inWorkspace(context.sql, context.workspaceId, (tx) => threadOf(tx, place));
  if (thread?.kind === 'exception') {
    const { exceptionId } = thread;
    const written = { channelId: channel.id, ts: message.ts, text: read.text, author };
    const kept = await keep(context, { ...written, personId, exceptionId, isInThread: true });
    return kept.ok && kept.value.repeated
      ? note.keptBefore(exceptionLabel(thread.number))
      : keptWords(kept, thread.number, reader);
  }
  if (read.text.length > LIMITS.note) return note.tooLong(LIMITS.note);
  const metadata: NoteMetadata = {
    v: 1,
    channel: channel.id,
    ts: message.ts,
    author: author ?? null,
    sha256: checkOf(read.text),
  };
  const view = noteModal({ text: read.text, author, metadata: JSON.stringify(metadata) }, reader);
  const opened = await context.call('views.open', { trigger_id: shortcut.trigger_id, view });
  if (opened.kind === 'done') return undefined;
  const error = opened.kind === 'rate_limited' ? 'ratelimited' : opened.error;
  if (error.endsWith('_trigger_id')) return note.expired;
  throw new Fault('slack_refused', `views.open for ${KEEP_NOTE}: ${error}. Choose it again.`);
}
