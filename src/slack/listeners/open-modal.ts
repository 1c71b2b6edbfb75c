import { setTimeout as sleep } from 'node:timers/promises';
import { checkPress } from '../../core/act.ts';
import { configured } from '../../core/configured.ts';
import { Fault } from '../../core/fault.ts';
import type { PersonAction } from '../../core/permission.ts';
import { inWorkspace } from '../../db/tx.ts';
import { actFacts } from '../../pipeline/act/act-facts.sql.ts';
import { type Details, readDetails } from '../../pipeline/act/details.ts';
import type { View } from '../views/blocks.ts';
import { loadingModal } from '../views/loading.ts';
import { tellModal } from '../views/modals.ts';
import type { ListenerContext } from './context.ts';
import { faultWords } from './deadline.ts';
import type { Press, Words } from './press.ts';
import { refusedWords, withReference } from './refused.ts';
import { tell } from './tell.ts';

export type ModalKind = {
  readonly action: PersonAction;
  readonly render: (details: Details) => View | Promise<View>;
};

/** Who opens it and where; the exception, when it is about one. */
export type Opening = Pick<Press, 'triggerId' | 'reader' | 'place' | 'isInModal'> &
  Partial<Pick<Press, 'exceptionId'>>;

export type Prepared =
  | { readonly ok: true; readonly view: View }
  | { readonly ok: false; readonly words: string };

/** A read that takes longer shows the loading view first: the trigger of a press is good for three seconds only. */
const QUICK_MS = 400;

/** Opens a modal about the exception as it is now, or returns why the person cannot use it. */
export async function openModal(context: ListenerContext, press: Press, kind: ModalKind): Promise<Words> {
  return await openWhenRead(context, press, { name: kind.action, prepared: prepare(context, press, kind) });
}

/**
 * Opens the view once it is read; when that is not at once, a loading view that it replaces, or words that say why not.
 * Returns words when nothing was opened.
 */
export async function openWhenRead(
  context: ListenerContext,
  press: Opening,
  { name, prepared }: { name: string; prepared: Promise<Prepared> },
): Promise<Words> {
  const quick = await quickly(prepared);
  if (quick && !quick.ok) return quick.words;
  const view = quick?.view ?? loadingModal(press.reader);
  // Opened over a form, it would take that one's place, and what was chosen there would be gone.
  const method = press.isInModal ? 'views.push' : 'views.open';
  const opened = await context.call(method, { trigger_id: press.triggerId, view });
  if (opened.kind === 'done') {
    if (!quick) void fillIn(context, press, { name, prepared, loading: opened.body.view });
    return undefined;
  }
  const error = opened.kind === 'rate_limited' ? 'ratelimited' : opened.error;
  const { reader, exceptionId } = press;
  if (error.endsWith('_trigger_id')) {
    return withReference(context, reader.words.press.expired, { reader, view: name, exceptionId, error });
  }
  // Nobody knows whether it opened: saying that it failed would be wrong as often as not.
  if (opened.kind === 'unknown') {
    return withReference(context, reader.words.press.mayBeOpen, { reader, view: name, exceptionId, error });
  }
  throw new Fault('slack_refused', `${method} for ${name}: ${error}. Press again.`);
}

/** What is there within the first moment; undefined when it takes longer. Throws what the work throws by then. */
async function quickly(prepared: Promise<Prepared>): Promise<Prepared | undefined> {
  const cancel = new AbortController();
  const late = sleep(QUICK_MS, undefined, { signal: cancel.signal }).catch(() => undefined);
  prepared.catch(() => {}); // told by whoever waits for it
  try {
    return await Promise.race([prepared, late]);
  } finally {
    cancel.abort();
  }
}

type Filling = { readonly name: string; readonly prepared: Promise<Prepared>; readonly loading: unknown };

/** Puts the view, or why there is none, in the place of the loading one. Nobody waits for it, so it tells its own faults. */
async function fillIn(
  context: ListenerContext,
  press: Opening,
  { name, prepared, loading }: Filling,
): Promise<void> {
  const { reader } = press;
  const { id, hash } = loading as { id?: string; hash?: string };
  const said = (words: string): View => tellModal(reader, { title: reader.words.press.notDone, words });
  const fault = (error: unknown): string =>
    faultWords(context, error, { reader, view: name, exceptionId: press.exceptionId });
  const view = await prepared.then(
    (read) => (read.ok ? read.view : said(read.words)),
    (error: unknown) => said(fault(error)),
  );
  const updated = await context.call('views.update', { view_id: id, hash, view });
  // Closed meanwhile: whoever closed it does not want it any more.
  if (updated.kind === 'done' || (updated.kind !== 'rate_limited' && updated.error === 'not_found')) return;
  const why = updated.kind === 'rate_limited' ? 'ratelimited' : updated.error;
  const words = fault(new Fault('slack_refused', `views.update for ${name}: ${why}. Press again.`));
  await tell(context, press.place, words);
}

async function prepare(
  context: ListenerContext,
  press: Press,
  { action, render }: ModalKind,
): Promise<Prepared> {
  const refused = await whyNot(context, press, action);
  if (refused !== undefined) return { ok: false, words: refused };
  const details = await readDetails(context.sql, press);
  if (!details) {
    const about = { reader: press.reader, exceptionId: press.exceptionId };
    return { ok: false, words: refusedWords(context, { code: 'not_found' }, about) };
  }
  const facts = configured(details.facts, context.organisation);
  return { ok: true, view: await render({ ...details, facts }) };
}

/** Told before a form opens, not after it is filled in. The act decides again when it is sent. */
async function whyNot(context: ListenerContext, press: Press, action: PersonAction): Promise<Words> {
  if (action === 'details') return undefined;
  const facts = await inWorkspace(context.sql, context.workspaceId, (tx) => actFacts(tx, press));
  // The form shows the exception as it is now, so an old card is no obstacle to opening it.
  const refusal = facts ? checkPress(facts, { action, version: facts.version }) : NOT_FOUND;
  const { reader, exceptionId } = press;
  if (refusal?.code === 'not_permitted') {
    const { teamId: slackTeamId } = context;
    context.noteDenied({ why: refusal.code, slackUserId: press.place.userId, slackTeamId, wanted: action });
  }
  return refusal && refusedWords(context, refusal, { reader, action, exceptionId });
}

const NOT_FOUND = { code: 'not_found' } as const;
