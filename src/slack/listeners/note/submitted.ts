import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import { isVisible } from '../../../core/act.ts';
import { isUuid } from '../../../core/ids.ts';
import type { Viewer } from '../../../core/work.ts';
import { readCardFacts } from '../../../db/cards/card-facts.sql.ts';
import { inWorkspace } from '../../../db/tx.ts';
import { readViewer } from '../../../pipeline/report/viewer.sql.ts';
import { visibleExceptions } from '../../../pipeline/report/visible-exceptions.sql.ts';
import type { View } from '../../views/blocks.ts';
import { tellModal } from '../../views/modals.ts';
import type { Reader } from '../../views/reader.ts';
import type { ListenerContext } from '../context.ts';
import { answerKnown, type KnownPerson } from '../known-person.ts';
import { keep, keptWords } from './keep.ts';
import { checkOf } from './shortcut.ts';

const metadataShape = z.strictObject({
  v: z.literal(1),
  channel: z.string().max(50),
  ts: z.string().max(50),
  author: z.string().max(300).nullable(),
  sha256: z.string().length(64),
});

type Answer =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: View };

/** The form of "Keep as note", sent: what it says afterwards stands in its place, and the exception's thread gets the note. */
export const onNoteSubmitted =
  (context: ListenerContext) =>
  async ({
    ack,
    body,
    view,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const asked = { slackUserId: body.user.id, about: { view: view.callback_id } };
    const said = await answerKnown(context, asked, (person) => answer(context, view, person));
    const answered = said.ok ? said.answer : errorAt('note', said.words);
    await ack(answered as Parameters<typeof ack>[0]);
  };

async function answer(
  context: ListenerContext,
  view: ViewOutput,
  { personId, reader }: KnownPerson,
): Promise<Answer> {
  const { note } = reader.words;
  const metadata = readMetadata(view.private_metadata);
  if (!metadata) return told(reader, reader.words.press.formNotMine);
  const text = view.state.values.note?.value?.value ?? '';
  if (!isVisible(text)) return errorAt('note', note.empty);
  const chosen = view.state.values.exception?.value?.selected_option?.value ?? '';
  const found = isUuid(chosen) ? await visibleNumber(context, { personId, exceptionId: chosen }) : undefined;
  if (found === undefined) return errorAt('exception', note.unknownException);
  const author = checkOf(text) === metadata.sha256 ? (metadata.author ?? undefined) : undefined;
  const { channel: channelId, ts } = metadata;
  const written = { channelId, ts, text, author, isInThread: false };
  const kept = await keep(context, { ...written, personId, exceptionId: chosen });
  const words = keptWords(kept, found, reader);
  return kept.ok ? told(reader, words) : errorAt('note', words);
}

/** The number of the exception, if the person sees it at this moment. */
async function visibleNumber(
  { sql, workspaceId }: ListenerContext,
  { personId, exceptionId }: { personId: string; exceptionId: string },
): Promise<number | undefined> {
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const viewer: Viewer | undefined = await readViewer(tx, workspaceId, personId);
    if (!viewer?.isActive) return undefined;
    const visible = await visibleExceptions(tx, { workspaceId, viewer, ids: [exceptionId] });
    if (!visible.has(exceptionId)) return undefined;
    const [facts] = await readCardFacts(tx, workspaceId, [exceptionId]);
    return facts?.number;
  });
}

function readMetadata(text: string): z.infer<typeof metadataShape> | undefined {
  try {
    return metadataShape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const errorAt = (blockId: string, words: string): Answer => ({
  response_action: 'errors',
  errors: { [blockId]: words },
});

const told = (reader: Reader, words: string): Answer => ({
  response_action: 'update',
  view: tellModal(reader, { title: reader.words.note.title, words }),
});
