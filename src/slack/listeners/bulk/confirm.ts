import { setTimeout as sleep } from 'node:timers/promises';
import type { Middleware, SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import type { Refusal } from '../../../core/refusal.ts';
import type { Bulk, Entered } from '../../../db/flood/bulk-row.ts';
import { confirm, runBulk } from '../../../pipeline/act/bulk-run.ts';
import { readBulkPointer } from '../../guard/bulk-pointer.ts';
import type { View } from '../../views/blocks.ts';
import { bulkFaultView, resultView, workingView } from '../../views/bulk-result.ts';
import type { Reader } from '../../views/reader.ts';
import { REFUSED_FIELD } from '../../views/refusals.ts';
import type { ListenerContext } from '../context.ts';
import { newReference } from '../deadline.ts';
import { answerKnown, type KnownPerson } from '../known-person.ts';
import { refusedFieldWords, refusedWords, withReference } from '../refused.ts';
import { type FormAnswer, instead } from './choose.ts';
import { entered } from './state.ts';

type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction>;

/** A result that is there within this time is the answer itself; a later one takes the place of "Working…". */
const QUICK_MS = 1_200;

/**
 * The confirmation, sent. That it was confirmed is committed before Slack is answered; then it is carried through, however
 * long that takes, and whatever happens to this process. The same form again shows the same result, and does nothing twice.
 */
export const onBulkConfirmed =
  (context: ListenerContext): Middleware<SubmitArgs> =>
  async ({ ack, body, view }) => {
    const asked = { slackUserId: body.user.id, about: { view: view.callback_id } };
    const later: Promise<View>[] = [];
    const answered = await answerKnown(context, asked, async (person) => {
      const kept = await keep(context, person, view);
      if ('answer' in kept) return kept.answer;
      const working = carryOut(context, kept.bulk, person.reader);
      const quick = await Promise.race([working, sleep(QUICK_MS, undefined)]);
      if (!quick) later.push(working);
      return update(quick ?? workingView(kept.bulk.exceptionIds.length, person.reader));
    });
    const answer = answered.ok ? answered.answer : instead(answered.reader, answered.words);
    await ack(answer as Parameters<typeof ack>[0]);
    for (const result of later) await showLater(context, view.id, await result);
  };

const update = (view: View): FormAnswer => ({ response_action: 'update', view });

async function keep(
  context: ListenerContext,
  { personId, reader }: KnownPerson,
  view: ViewOutput,
): Promise<{ bulk: Bulk } | { answer: FormAnswer }> {
  const bulkId = readBulkPointer(view.private_metadata);
  if (bulkId === undefined) {
    const words = withReference(context, reader.words.press.formNotMine, { reader, view: view.callback_id });
    return { answer: instead(reader, words) };
  }
  const { sql, workspaceId } = context;
  const given = { workspaceId, bulkId, personId, entered: enteredIn(view) };
  const confirmed = await confirm(sql, given, settingsOf(context));
  if (confirmed.ok) return { bulk: confirmed.value };
  return { answer: refused(context, confirmed.refusal, { view, reader }) };
}

const settingsOf = ({ organisation }: ListenerContext) => ({
  codes: organisation.resolutionCodes,
  acting: organisation.acting,
});

function enteredIn(view: ViewOutput): Entered {
  const fields = {
    code: 'code',
    note: 'note',
    reason: 'note',
    evidence: 'evidence',
    person: 'person',
  } as const;
  return Object.fromEntries(
    Object.entries(fields).flatMap(([blockId, field]) => {
      const text = entered(view, blockId);
      return text === '' ? [] : [[field, text]];
    }),
  );
}

/** At the field it is about, so that what was typed is not lost. */
function refused(
  context: ListenerContext,
  refusal: Refusal,
  { view, reader }: { view: ViewOutput; reader: Reader },
): FormAnswer {
  const about = { reader, view: view.callback_id };
  const present = view.blocks.flatMap((block) => (block.type === 'input' ? [block.block_id] : []));
  const field = REFUSED_FIELD[refusal.code];
  const block = [field, ...(OTHER_NAMES[field ?? ''] ?? [])].find((name) => present.includes(name));
  return block === undefined
    ? instead(reader, refusedWords(context, refusal, about))
    : { response_action: 'errors', errors: { [block]: refusedFieldWords(context, refusal, about) } };
}

/** A form has one text that says why, and one choice of whom; they are called differently. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  note: ['reason'],
  reason: ['note'],
  target: ['person'],
};

/** What there is to show in the end; never throws, because what was confirmed is carried on with by the sweep. */
async function carryOut(context: ListenerContext, { bulkId }: Bulk, reader: Reader): Promise<View> {
  const { sql, workspaceId, logger } = context;
  try {
    const { bulk, items } = await runBulk(sql, { workspaceId, bulkId }, settingsOf(context));
    return resultView({ action: bulk.action, items }, reader);
  } catch (error) {
    const reference = newReference();
    logger.error({ err: error, reference, bulkId }, 'a bulk action broke off; the sweep goes on with it');
    return bulkFaultView(reference, reader);
  }
}

async function showLater(context: ListenerContext, viewId: string, view: View): Promise<void> {
  const updated = await context.call('views.update', { view_id: viewId, view });
  // Whoever closed it sees on the group's card what came of it.
  if (updated.kind !== 'done')
    context.logger.info(
      { viewId, outcome: updated.kind },
      'the result of a bulk action found its form closed',
    );
}
