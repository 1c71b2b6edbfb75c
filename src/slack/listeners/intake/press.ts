import type { BlockAction, Middleware, SlackActionMiddlewareArgs } from '@slack/bolt';
import { DECISIONS, type Decision } from '../../../core/intake/decision.ts';
import { inWorkspace } from '../../../db/tx.ts';
import { whyNotDecide } from '../../../pipeline/ingest/decide.ts';
import { readDeliveries } from '../../../pipeline/report/delivery-facts.sql.ts';
import { type Pointer, readPointer } from '../../guard/pointer.ts';
import { decisionModal } from '../../views/intake.ts';
import { decisionRefusalWords } from '../../views/intake-refusals.ts';
import type { ListenerContext } from '../context.ts';
import { answerKnown, type KnownPerson } from '../known-person.ts';
import { openWhenRead, type Prepared } from '../open-modal.ts';
import { placeOf } from '../press.ts';
import { tell } from '../tell.ts';

type PressListener = Middleware<SlackActionMiddlewareArgs<BlockAction>>;

/** A button of a delivery's message: the form that asks why, or words why this person cannot decide it. */
const onDecision =
  (decision: Decision) =>
  (context: ListenerContext): PressListener =>
  async ({ ack, body, action }) => {
    const asked = { slackUserId: body.user.id, about: { action: action.action_id } };
    const said = await answerKnown(context, asked, async (person) => {
      const pointer = readPointer('value' in action ? action.value : undefined);
      if (!pointer) return person.reader.words.press.notMine;
      const prepared = prepare(context, person, { decision, pointer });
      const place = placeOf(body);
      const opening = { triggerId: body.trigger_id, reader: person.reader, place, isInModal: false };
      return await openWhenRead(context, opening, { name: action.action_id, prepared });
    });
    await ack();
    const words = said.ok ? said.answer : said.words;
    if (words !== undefined) await tell(context, placeOf(body), words);
  };

async function prepare(
  { sql, workspaceId }: ListenerContext,
  { personId, reader }: KnownPerson,
  { decision, pointer }: { decision: Decision; pointer: Pointer },
): Promise<Prepared> {
  const deliveryId = pointer.exceptionId;
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const refusal = await whyNotDecide(tx, { workspaceId, deliveryId, decision, personId });
    if (refusal) return { ok: false, words: decisionRefusalWords(refusal, reader) };
    const [facts] = await readDeliveries(tx, { workspaceId, deliveryId, limit: 1 });
    if (!facts) return { ok: false, words: reader.words.intake.refusals.delivery_unknown };
    return { ok: true, view: decisionModal(facts, { decision, reader }) };
  });
}

/** The listeners of a delivery's buttons, by action id. */
export const DELIVERY_ACTIONS = Object.fromEntries(
  DECISIONS.map((decision) => [`delivery_${decision}`, onDecision(decision)]),
) as Readonly<Record<`delivery_${Decision}`, (context: ListenerContext) => PressListener>>;
