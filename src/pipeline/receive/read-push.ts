import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { itemTexts, scalarOf, textAt } from '../../core/json-text.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import type { Webhook } from '../../core/webhook.ts';
import { readObject } from '../ingest/formats/json-object.ts';
import { textProblem } from './text-problem.ts';
import type { Pushed, Verified } from './verify.ts';

/** One event of a push, as it is stored. */
export type PushedEvent = {
  readonly id: string;
  readonly type: string | undefined;
  readonly text: string;
  /** False for a type that the feed does not want: it is kept, and nothing follows from it. */
  readonly isWanted: boolean;
};

/** Why a push is not taken; the code of the answer, and words for whoever sends. */
export type PushRefusal = {
  readonly status: 400 | 403 | 413;
  readonly code: string;
  readonly detail: string;
};

/** A provider sends at most some hundreds at once. */
const MOST_EVENTS = 1_000;
const LONGEST_ID = 255;

type Bound = Webhook & {
  readonly boundTo: readonly { readonly path: readonly string[]; readonly value: string }[];
};

/**
 * The events of a push whose signature holds.
 *
 * Refuses: what is no JSON object (or list of them, where `events` says so), keys that stand twice or belong to an attack, broken
 *          characters, numbers beyond what can be counted, events of another account than the key is bound to, and too many of anything.
 */
export function readPush(
  { body }: Pushed,
  { webhook, verified }: { webhook: Bound; verified: Verified },
): Result<readonly PushedEvent[], PushRefusal> {
  const text = isUtf8(body) ? body.toString('utf8') : undefined;
  if (text === undefined) return malformed('not_utf8', 'the body is not UTF-8');
  const texts = eventTexts(text, webhook);
  if (!texts.ok) return texts;
  if (texts.value.length > MOST_EVENTS) {
    return refuse({
      status: 413,
      code: 'too_many_events',
      detail: `more than ${MOST_EVENTS} events; send fewer at once`,
    });
  }
  const events: PushedEvent[] = [];
  for (const event of texts.value) {
    const read = readEvent(event, { webhook, verified });
    if (!read.ok) return read;
    events.push(read.value);
  }
  return accept(events);
}

function eventTexts(text: string, { events }: Webhook): Result<readonly string[], PushRefusal> {
  const problem = textProblem(text);
  if (problem) return refuse(problem);
  if (events === undefined) return accept([text]);
  try {
    JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return malformed('not_json', 'the body is no JSON');
  }
  const list = textAt(text, events);
  const items = list === undefined ? undefined : itemTexts(list);
  if (items) return accept(items);
  const where = events.length === 0 ? 'the body is no list' : `there is no list at "${events.join('.')}"`;
  return malformed('events_missing', `${where} of events`);
}

function readEvent(
  text: string,
  { webhook, verified }: { webhook: Bound; verified: Verified },
): Result<PushedEvent, PushRefusal> {
  const members = readObject(text);
  if (!members.ok) return malformed(members.refusal.code, members.refusal.detail);
  for (const { path, value } of webhook.boundTo) {
    const given = scalarOf(textAt(text, path));
    // What says nothing of the account is vouched for by the key.
    if (given === undefined || given === value) continue;
    const detail = `${path.join('.')} is not the one that this key is for`;
    return refuse({ status: 403, code: 'other_account', detail });
  }
  const type = webhook.type && scalarOf(textAt(text, webhook.type));
  const isWanted = webhook.types === undefined || type === undefined || webhook.types.includes(type);
  const id = eventId(text, { webhook, verified });
  if (id === undefined) return malformed('id_missing', `the event has no name at "${webhook.id?.join('.')}"`);
  if (id.length > LONGEST_ID || !/^[\x21-\x7e]+$/.test(id)) {
    return malformed(
      'id_malformed',
      `the event's name has more than ${LONGEST_ID} characters, or some that do not belong in one`,
    );
  }
  return accept({ id, type: type?.slice(0, 200), text, isWanted });
}

/** What the provider calls the event; an event without a name is known by what it says. */
function eventId(
  text: string,
  { webhook, verified }: { webhook: Webhook; verified: Verified },
): string | undefined {
  if (webhook.id !== undefined) return scalarOf(textAt(text, webhook.id)) || undefined;
  return verified.eventId ?? `sha256:${hash('sha256', text, 'hex')}`;
}

const malformed = (code: string, detail: string): Result<never, PushRefusal> =>
  refuse({ status: 400, code, detail });
