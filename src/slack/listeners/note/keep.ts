import { exceptionLabel } from '../../../core/ids.ts';
import type { Refusal } from '../../../core/refusal.ts';
import type { Result } from '../../../core/result.ts';
import { inWorkspace } from '../../../db/tx.ts';
import { keepNote, type Noted } from '../../../pipeline/act/note.ts';
import { requestKey } from '../../guard/request-key.ts';
import type { Reader } from '../../views/reader.ts';
import { refusalWords } from '../../views/refusals.ts';
import type { ListenerContext } from '../context.ts';
import { personNames } from './person-names.sql.ts';
import { mentionedIn, readableText } from './readable-text.ts';

/** A message that somebody wrote in Slack. */
export type WrittenMessage = {
  readonly channelId: string;
  readonly ts: string;
  /** As Slack writes it, with its marks. */
  readonly text: string;
  /** The Slack user who wrote it. */
  readonly authorId: string;
};

export type ReadMessage = { readonly text: string; readonly author: string };

/** The words of a message and who wrote it, as people read them. */
export async function readMessage(
  { sql, workspaceId }: ListenerContext,
  { text, authorId }: Pick<WrittenMessage, 'text' | 'authorId'>,
): Promise<ReadMessage> {
  const ids = [...mentionedIn(text), authorId];
  const names = await inWorkspace(sql, workspaceId, (tx) => personNames(tx, workspaceId, ids));
  return { text: readableText(text, names), author: names.get(authorId) ?? authorId };
}

export type Keeping = {
  readonly personId: string;
  readonly exceptionId: string;
  readonly channelId: string;
  readonly ts: string;
  readonly text: string;
  readonly author: string | undefined;
  readonly isInThread: boolean;
};

/** Keeps a message as a note on an exception, with the address of the message when Slack tells it. */
export async function keep(context: ListenerContext, keeping: Keeping): Promise<Result<Noted, Refusal>> {
  const { channelId, ts, exceptionId } = keeping;
  const link = await permalinkOf(context, channelId, ts);
  return await keepNote(context.sql, {
    ...keeping,
    workspaceId: context.workspaceId,
    requestKey: requestKey([context.teamId, 'keep_note', channelId, ts, exceptionId]),
    link,
  });
}

/** A note without the address is still a note: channel and time of the message are not needed to read it. */
async function permalinkOf(
  context: ListenerContext,
  channelId: string,
  ts: string,
): Promise<string | undefined> {
  const answer = await context.call('chat.getPermalink', { channel: channelId, message_ts: ts });
  const link = answer.kind === 'done' ? answer.body.permalink : undefined;
  if (typeof link === 'string') return link;
  context.logger.warn(
    { channelId, ts, outcome: answer.kind },
    'a note is kept without the address of its message',
  );
  return undefined;
}

/** What to say after keeping. `number` is the exception's. */
export function keptWords(kept: Result<Noted, Refusal>, number: number, reader: Reader): string {
  const { note } = reader.words;
  if (kept.ok) return note.kept(exceptionLabel(number));
  return kept.refusal.code === 'note_too_long'
    ? note.tooLong(kept.refusal.limit)
    : refusalWords(kept.refusal, reader);
}
