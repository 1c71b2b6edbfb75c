import type { BlockAction, Middleware, SlackActionMiddlewareArgs } from '@slack/bolt';
import { readCardFacts } from '../../../db/cards/card-facts.sql.ts';
import { inWorkspace } from '../../../db/tx.ts';
import { readPointer } from '../../guard/pointer.ts';
import { type Confirmed, confirm } from '../../link/confirm.ts';
import type { Pressed } from '../../link/pressed.ts';
import { inert } from '../../views/escape.ts';
import { richly } from '../../views/instants.ts';
import { actionLabel } from '../../views/link.ts';
import { personReader, type Reader, teamReader } from '../../views/reader.ts';
import { statusLine } from '../../views/words.ts';
import type { ListenerContext } from '../context.ts';
import { faultWords, withinDeadline } from '../deadline.ts';
import { placeOf } from '../press.ts';
import { tell } from '../tell.ts';
import { readLinkValue } from './value.ts';
import { putInPlace } from './vouch.ts';

type PressListener = Middleware<SlackActionMiddlewareArgs<BlockAction>>;
type PressArgs = Parameters<PressListener>[0];

/**
 * "Yes, I am …": the link is kept first, then acknowledged; then what was pressed before is carried out as if it were
 * pressed now, by the listener of its button and under its own name, and what came of it is told.
 */
export const onConfirmLink =
  (context: ListenerContext, listenerOf: (actionId: string) => PressListener | undefined): PressListener =>
  async (args) => {
    const { ack, body } = args;
    const said = await answer(context, body);
    await ack();
    if (typeof said === 'string') return await tell(context, placeOf(body), said);
    const { person, pressed } = said;
    const reader = personReader(context.organisation, {
      key: person.key,
      slackLocale: person.slack_locale ?? undefined,
      slackZone: person.slack_zone ?? undefined,
    });
    const linked = reader.words.link.linked(inert(person.name, 200));
    // The message goes with the token in it.
    if (!(await putInPlace(context, body, linked))) await tell(context, placeOf(body), linked);
    await carryOut(context, args, { pressed, listenerOf, reader });
  };

/** The person who is linked now, or words why nobody is. Nobody knows yet which language the reader of those speaks. */
async function answer(context: ListenerContext, body: BlockAction): Promise<Linked | string> {
  const reader = teamReader(context.organisation, undefined);
  const value = readLinkValue(body);
  if (value?.token === undefined) return reader.words.press.notMine;
  const { request: requestId, token } = value;
  const slackUserId = body.user.id;
  try {
    const confirmed = await withinDeadline(confirm(context, { requestId, token, slackUserId }));
    return confirmed.ok ? confirmed : problemWords(confirmed, reader);
  } catch (error) {
    return faultWords(context, error, { action: 'link_confirm', userId: slackUserId, reader });
  }
}

type Linked = Extract<Confirmed, { ok: true }>;

function problemWords(problem: Extract<Confirmed, { ok: false }>, { words }: Reader): string {
  return 'personName' in problem
    ? words.link[problem.kind](inert(problem.personName, 200))
    : words.link[problem.kind];
}

type CarryOut = {
  readonly pressed: Pressed | undefined;
  readonly listenerOf: (actionId: string) => PressListener | undefined;
  readonly reader: Reader;
};

async function carryOut(
  context: ListenerContext,
  args: PressArgs,
  { pressed, listenerOf, reader }: CarryOut,
): Promise<void> {
  const place = placeOf(args.body);
  const listener = pressed && listenerOf(pressed.action_id);
  const pointer = pressed && readPointer(pressed.value);
  if (!listener || !pointer) return await tell(context, place, reader.words.link.nothingKept);
  const { action_id, action_ts, value, label } = pressed;
  const action = { ...args.action, action_id, action_ts, value } as PressArgs['action'];
  const body = { ...args.body, actions: [action] } as PressArgs['body'];
  // Its own acknowledgement was given to the press that confirmed; a fault it has told by itself.
  await listener({ ...args, action, body, payload: action, ack: async () => undefined } as PressArgs);
  const { sql, workspaceId } = context;
  const ids = [pointer.exceptionId];
  const [facts] = await inWorkspace(sql, workspaceId, (tx) => readCardFacts(tx, workspaceId, ids));
  if (!facts) return;
  const status = statusLine(facts, richly(reader));
  await tell(context, place, reader.words.link.carriedOut(actionLabel(action_id, reader), label, status));
}
