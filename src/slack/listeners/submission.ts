import type { Middleware, SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import type { Refusal } from '../../core/refusal.ts';
import type { Result } from '../../core/result.ts';
import type { ActInput } from '../../pipeline/act/act.ts';
import { identify } from '../guard/identify.ts';
import { readPointer } from '../guard/pointer.ts';
import { requestKey } from '../guard/request-key.ts';
import type { View } from '../views/blocks.ts';
import { tellModal } from '../views/modals.ts';
import { type Reader, readerOf } from '../views/reader.ts';
import { REFUSED_FIELD, refusalWords } from '../views/refusals.ts';
import type { ListenerContext } from './context.ts';
import { faultWords, withinDeadline } from './deadline.ts';

export type Submission = ActInput & {
  /** Whoever submitted, as a reader. */
  readonly reader: Reader;
  /** What was entered in a block; undefined when nothing was. */
  readonly entry: (blockId: string) => string | undefined;
};

type Answer =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: View };
type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction>;

/**
 * A listener for a modal's submission: committed first, then acknowledged. A refusal about a field appears at the field
 * and keeps what was typed; any other one replaces the form by the words.
 */
export function onSubmission(
  context: ListenerContext,
  run: (submission: Submission) => Promise<Result<unknown, Refusal>>,
): Middleware<SubmitArgs> {
  return async ({ ack, body, view }) => {
    let answer: Answer | undefined;
    try {
      answer = await withinDeadline(answerTo(context, { body, view, run }));
    } catch (error) {
      // Nothing is confirmed by this: the modal stays open with the words, and what was typed is not lost.
      const words = faultWords(context, error, { view: view.callback_id, userId: body.user.id });
      answer = errorsAt(firstInput(view), words) ?? {
        response_action: 'update',
        view: tellModal('Not done', words),
      };
    }
    await (answer === undefined ? ack() : ack(answer as Parameters<typeof ack>[0]));
  };
}

async function answerTo(
  context: ListenerContext,
  {
    body,
    view,
    run,
  }: {
    body: ViewSubmitAction;
    view: ViewOutput;
    run: (submission: Submission) => Promise<Result<unknown, Refusal>>;
  },
): Promise<Answer | undefined> {
  const pointer = readPointer(view.private_metadata);
  if (!pointer)
    return tellInstead('This form is not one of mine any more. Close it and open it again from the card.');
  const identity = await identify(context, body.user.id);
  if (!identity.ok) return tellInstead(identity.words);
  const values = valuesOf(view);
  const acted = await run({
    workspaceId: context.workspaceId,
    personId: identity.personId,
    exceptionId: pointer.exceptionId,
    version: pointer.version,
    // The entries are part of the name: a corrected form is another request, though view and hash stay the same.
    requestKey: requestKey([
      context.teamId,
      body.user.id,
      view.callback_id,
      view.id,
      view.hash,
      JSON.stringify([...values.entries()].sort(([a], [b]) => (a < b ? -1 : 1))),
    ]),
    reader: readerOf(context.organisation.locale),
    entry: (blockId) => values.get(blockId),
  });
  return acted.ok ? undefined : answerOf(acted.refusal, view);
}

const OTHER_NAME: Readonly<Record<string, string>> = {
  note: 'reason',
  reason: 'note',
  target: 'person',
};

function answerOf(refusal: Refusal, view: ViewOutput): Answer {
  const words = refusalWords(refusal);
  const field = REFUSED_FIELD[refusal.code];
  const present = inputsOf(view);
  // A form has one text that says why, and one choice of whom; they are called differently.
  const other = field === undefined ? undefined : OTHER_NAME[field];
  const block = [field, other].find((name) => name !== undefined && present.includes(name));
  return errorsAt(block, words) ?? tellInstead(words);
}

const errorsAt = (block: string | undefined, words: string): Answer | undefined =>
  block === undefined ? undefined : { response_action: 'errors', errors: { [block]: words } };

const tellInstead = (words: string): Answer => ({
  response_action: 'update',
  view: tellModal('Not done', words),
});

const inputsOf = (view: ViewOutput): string[] =>
  view.blocks.flatMap((block) => (block.type === 'input' && block.block_id ? [block.block_id] : []));

const firstInput = (view: ViewOutput): string | undefined => inputsOf(view)[0];

function valuesOf(view: ViewOutput): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [blockId, elements] of Object.entries(view.state.values)) {
    const element = elements.value;
    const text = element?.selected_option?.value ?? element?.selected_date ?? element?.value;
    if (typeof text === 'string') values.set(blockId, text);
  }
  return values;
}
