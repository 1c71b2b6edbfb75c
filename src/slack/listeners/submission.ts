import type { Middleware, SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import type { Refusal } from '../../core/refusal.ts';
import type { Result } from '../../core/result.ts';
import type { ActInput } from '../../pipeline/act/act.ts';
import { type Pointer, readPointer } from '../guard/pointer.ts';
import { requestKey } from '../guard/request-key.ts';
import type { View } from '../views/blocks.ts';
import { tellModal } from '../views/modals.ts';
import { type Reader, teamReader } from '../views/reader.ts';
import { REFUSED_FIELD } from '../views/refusals.ts';
import type { ListenerContext } from './context.ts';
import { faultWords, withinDeadline } from './deadline.ts';
import { identifyPress } from './identify-press.ts';
import { refreshBelow } from './refresh-below.ts';
import { refusedFieldWords, refusedWords, withReference } from './refused.ts';

export type Submission = ActInput & {
  /** Whoever submitted, as a reader. */
  readonly reader: Reader;
  /** What was entered in a block; undefined when nothing was. */
  readonly entry: (blockId: string) => string | undefined;
  /** All that was chosen in a block. */
  readonly entries: (blockId: string) => readonly string[];
  readonly pointer: Pointer;
  /** The modal that it was opened over. */
  readonly belowId: string | undefined;
};

type Answer =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: View };
/** What replaces the form once it went through; it closes where there is nothing. */
type Then<T> = (done: T, submission: Submission) => Promise<View | undefined>;
type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction>;

/**
 * A listener for a modal's submission: committed first, then acknowledged. A refusal about a field appears at the field
 * and keeps what was typed; any other one replaces the form by the words.
 */
export function onSubmission<T>(
  context: ListenerContext,
  run: (submission: Submission) => Promise<Result<T, Refusal>>,
  then?: Then<T>,
): Middleware<SubmitArgs> {
  return async ({ ack, body, view }) => {
    let answer: Answer | undefined;
    // Until the person is known: the language of the workspace.
    let reader = teamReader(context.organisation, undefined);
    const known = (who: Reader): void => {
      reader = who;
    };
    try {
      answer = await withinDeadline(answerTo(context, { body, view, run, then, reader, known }));
    } catch (error) {
      // Nothing is confirmed by this: the modal stays open with the words, and what was typed is not lost.
      const words = faultWords(context, error, { view: view.callback_id, userId: body.user.id, reader });
      answer = errorsAt(firstInput(view), words) ?? {
        response_action: 'update',
        view: notDone(words, reader),
      };
    }
    await (answer === undefined ? ack() : ack(answer as Parameters<typeof ack>[0]));
  };
}

type Asked<T> = {
  readonly body: ViewSubmitAction;
  readonly view: ViewOutput;
  readonly run: (submission: Submission) => Promise<Result<T, Refusal>>;
  readonly then: Then<T> | undefined;
  readonly reader: Reader;
  readonly known: (reader: Reader) => void;
};

async function answerTo<T>(
  context: ListenerContext,
  { body, view, run, then, reader, known }: Asked<T>,
): Promise<Answer | undefined> {
  const pointer = readPointer(view.private_metadata);
  const about = { view: view.callback_id, userId: body.user.id };
  if (!pointer) {
    const words = withReference(context, reader.words.press.formNotMine, { reader, ...about });
    return tellInstead(words, reader);
  }
  const { exceptionId, version } = pointer;
  const values = valuesOf(view);
  const key = keyOf(context.teamId, body, values);
  const asked = { slackUserId: body.user.id, exceptionId, requestKey: key };
  const { identity, read } = await identifyPress(context, asked);
  known(identity.reader);
  if (!identity.ok) {
    const { teamId: slackTeamId } = context;
    const wanted = view.callback_id;
    context.noteDenied({ why: identity.why, slackUserId: body.user.id, slackTeamId, wanted });
    const words = withReference(context, identity.words, { reader: identity.reader, ...about });
    return tellInstead(words, identity.reader);
  }
  const submission: Submission = {
    workspaceId: context.workspaceId,
    personId: identity.personId,
    exceptionId,
    version,
    requestKey: key,
    read,
    reader: identity.reader,
    entry: (blockId) => values.get(blockId)?.[0],
    entries: (blockId) => values.get(blockId) ?? [],
    pointer,
    belowId: view.previous_view_id ?? undefined,
  };
  const acted = await run(submission);
  if (!acted.ok) return answerOf(context, acted.refusal, { view, reader: identity.reader });
  const next = await then?.(acted.value, submission);
  if (next === undefined) void refreshBelow(context, view.callback_id, submission);
  return next && { response_action: 'update', view: next };
}

/** The entries are part of the name: a corrected form is another request, though view and hash stay the same. */
const keyOf = (
  teamId: string,
  { user, view }: ViewSubmitAction,
  values: ReadonlyMap<string, readonly string[]>,
): string =>
  requestKey([
    teamId,
    user.id,
    view.callback_id,
    view.id,
    view.hash,
    JSON.stringify([...values.entries()].sort(([a], [b]) => (a < b ? -1 : 1))),
  ]);

const OTHER_NAME: Readonly<Record<string, string>> = {
  note: 'reason',
  reason: 'note',
  target: 'person',
  with: 'search',
};

function answerOf(
  context: ListenerContext,
  refusal: Refusal,
  { view, reader }: { view: ViewOutput; reader: Reader },
): Answer {
  const field = REFUSED_FIELD[refusal.code];
  const present = inputsOf(view);
  // A form has one text that says why, and one choice of whom; they are called differently.
  const other = field === undefined ? undefined : OTHER_NAME[field];
  const block = [field, other].find((name) => name !== undefined && present.includes(name));
  const about = { reader, view: view.callback_id };
  return (
    errorsAt(block, refusedFieldWords(context, refusal, about)) ??
    tellInstead(refusedWords(context, refusal, about), reader)
  );
}

const errorsAt = (block: string | undefined, words: string): Answer | undefined =>
  block === undefined ? undefined : { response_action: 'errors', errors: { [block]: words } };

const notDone = (words: string, reader: Reader): View =>
  tellModal(reader, { title: reader.words.press.notDone, words });

const tellInstead = (words: string, reader: Reader): Answer => ({
  response_action: 'update',
  view: notDone(words, reader),
});

const inputsOf = (view: ViewOutput): string[] =>
  (view.blocks ?? []).flatMap((block) => (block.type === 'input' && block.block_id ? [block.block_id] : []));

const firstInput = (view: ViewOutput): string | undefined => inputsOf(view)[0];

function valuesOf(view: ViewOutput): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const [blockId, elements] of Object.entries(view.state.values)) {
    const element = elements.value;
    const text = element?.selected_option?.value ?? element?.selected_date ?? element?.value;
    if (typeof text === 'string') values.set(blockId, [text]);
    const many = element?.selected_options?.map(({ value }) => value) ?? [];
    if (many.length > 0) values.set(blockId, many);
  }
  return values;
}
