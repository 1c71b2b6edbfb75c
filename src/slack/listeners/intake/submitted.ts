import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import { DECISIONS, type Decision } from '../../../core/intake/decision.ts';
import { inWorkspace } from '../../../db/tx.ts';
import { decideDelivery } from '../../../pipeline/ingest/decide.ts';
import { readPointer } from '../../guard/pointer.ts';
import type { View } from '../../views/blocks.ts';
import { decisionRefusalWords, REFUSED_INPUT } from '../../views/intake-refusals.ts';
import { tellModal } from '../../views/modals.ts';
import type { Reader } from '../../views/reader.ts';
import type { ListenerContext } from '../context.ts';
import { answerKnown, type KnownPerson } from '../known-person.ts';

type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
type Answer =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: View };

/** The form, sent: the decision is committed first, then the form closes; the message changes by the outbox. */
const onDecided =
  (decision: Decision) =>
  (context: ListenerContext) =>
  async ({ ack, body, view }: SubmitArgs): Promise<void> => {
    const asked = { slackUserId: body.user.id, about: { view: view.callback_id } };
    const said = await answerKnown(context, asked, (person) =>
      decide(context, view, { ...person, decision }),
    );
    const answer = said.ok ? said.answer : errorsAt('code', said.words);
    await (answer === undefined ? ack() : ack(answer as Parameters<typeof ack>[0]));
  };

async function decide(
  { sql, workspaceId }: ListenerContext,
  view: ViewOutput,
  { personId, reader, decision }: KnownPerson & { readonly decision: Decision },
): Promise<Answer | undefined> {
  const pointer = readPointer(view.private_metadata);
  if (!pointer) return told(reader, reader.words.press.formNotMine);
  const { values } = view.state;
  const decided = await inWorkspace(sql, workspaceId, (tx) =>
    decideDelivery(tx, {
      workspaceId,
      deliveryId: pointer.exceptionId,
      decision,
      code: values.code?.value?.selected_option?.value ?? '',
      note: values.note?.value?.value ?? undefined,
      personId,
    }),
  );
  if (decided.ok) return undefined;
  const words = decisionRefusalWords(decided.refusal, reader);
  const { code } = decided.refusal;
  return code in REFUSED_INPUT
    ? errorsAt(REFUSED_INPUT[code as keyof typeof REFUSED_INPUT], words)
    : told(reader, words);
}

const errorsAt = (block: string, words: string): Answer => ({
  response_action: 'errors',
  errors: { [block]: words },
});

const told = (reader: Reader, words: string): Answer => ({
  response_action: 'update',
  view: tellModal(reader, { title: reader.words.press.notDone, words }),
});

/** The listeners of the forms, by callback id. */
export const DELIVERY_FORMS = Object.fromEntries(
  DECISIONS.map((decision) => [`delivery_${decision}`, onDecided(decision)]),
) as Readonly<
  Record<`delivery_${Decision}`, (context: ListenerContext) => (args: SubmitArgs) => Promise<void>>
>;
