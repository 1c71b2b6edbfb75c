import { createHmac } from 'node:crypto';
import type { Json } from './blocks/checks.ts';
import { isObject } from './blocks/checks.ts';
import { again, type Envelope } from './socket/hub.ts';
import type { Delivery } from './types.ts';
import type { Workspace } from './workspace.ts';

/** How the app answered: status 0 when no answer came in time. */
export type Outcome = {
  status: number;
  ms: number;
  body: string;
  json: Json | undefined;
  problem: 'http_timeout' | 'connection_failed' | 'http_error' | undefined;
};

type Parcel = {
  kind: Delivery['kind'];
  type: string;
  payload: Json;
  retry?: { number: number; reason: string };
};

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** How each kind travels: as a request's body, or in an envelope. */
const WIRE = {
  interaction: {
    contentType: FORM_TYPE,
    body: (payload) => new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    envelope: 'interactive',
  },
  command: {
    contentType: FORM_TYPE,
    body: (payload) => new URLSearchParams(payload as Record<string, string>).toString(),
    envelope: 'slash_commands',
  },
  event: { contentType: JSON_TYPE, body: (payload) => JSON.stringify(payload), envelope: 'events_api' },
} satisfies Record<
  Delivery['kind'],
  { contentType: string; body: (payload: Json) => string; envelope: Envelope['type'] }
>;

/** The question of a menu whose options are searched. */
export const OPTIONS_TYPE = 'block_suggestion';

/** Over HTTP a press comes once; an envelope that nobody acknowledged comes this often again. */
const ENVELOPE_RETRIES = 2;

/** `v0=` and the HMAC-SHA256 of `v0:{timestamp}:{body}`, as the app recomputes it. */
function signature(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

type Send = () => Promise<Omit<Outcome, 'ms'>>;

/** Sends once and notes how it went. */
async function attempt(workspace: Workspace, parcel: Parcel, send: Send): Promise<Outcome> {
  const started = performance.now();
  const outcome = await send();
  const ms = Math.round(performance.now() - started);
  workspace.record(workspace.deliveries, {
    at: workspace.clock(),
    ms,
    kind: parcel.kind,
    type: parcel.type,
    status: outcome.status,
    retry: parcel.retry?.number ?? 0,
    ...(outcome.problem ? { problem: outcome.problem } : {}),
  });
  return { ...outcome, ms };
}

/** A press or a command, by the app's transport. The person waits for the first answer only. */
async function deliverOnce(workspace: Workspace, parcel: Parcel): Promise<Outcome> {
  if (workspace.app.appToken === undefined)
    return await attempt(workspace, parcel, () => overHttp(workspace, parcel));
  const envelope = envelopeOf(workspace, parcel);
  const outcome = await attempt(workspace, parcel, () => overSocket(workspace, envelope));
  if (outcome.problem) void redeliver(workspace, parcel, envelope);
  return outcome;
}

async function redeliver(workspace: Workspace, parcel: Parcel, first: Envelope): Promise<void> {
  let envelope = first;
  for (let number = 1; number <= ENVELOPE_RETRIES && !workspace.closing.signal.aborted; number += 1) {
    envelope = again(envelope);
    const retried = { ...parcel, retry: { number, reason: 'timeout' } };
    const sent = envelope;
    const { problem } = await attempt(workspace, retried, () => overSocket(workspace, sent));
    if (!problem) return;
  }
}

const envelopeOf = (workspace: Workspace, { kind, type, payload, retry }: Parcel): Envelope => ({
  envelope_id: workspace.newId('En'),
  type: WIRE[kind].envelope,
  payload,
  accepts_response_payload: kind === 'command' || type === 'view_submission' || type === OPTIONS_TYPE,
  ...(retry ? { retry_attempt: retry.number, retry_reason: retry.reason } : {}),
});

async function overSocket(workspace: Workspace, envelope: Envelope): Promise<Omit<Outcome, 'ms'>> {
  const answer = await workspace.sockets.deliver(envelope);
  if (answer.kind !== 'ack') {
    const problem = answer.kind === 'late' ? 'http_timeout' : 'connection_failed';
    return { status: 0, body: '', json: undefined, problem };
  }
  const hasAnswer = answer.payload !== undefined && Object.keys(answer.payload).length > 0;
  const json = hasAnswer ? answer.payload : undefined;
  return { status: 200, body: json ? JSON.stringify(json) : '', json, problem: undefined };
}

async function overHttp(workspace: Workspace, parcel: Parcel): Promise<Omit<Outcome, 'ms'>> {
  const timestamp = String(Math.floor(workspace.clock() / 1000));
  const { contentType, body: encode } = WIRE[parcel.kind];
  const sent = encode(parcel.payload);
  try {
    const response = await fetch(addressOf(workspace, parcel), {
      method: 'POST',
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (local)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature(workspace.app.signingSecret, timestamp, sent),
        ...(parcel.retry
          ? {
              'x-slack-retry-num': String(parcel.retry.number),
              'x-slack-retry-reason': parcel.retry.reason,
            }
          : {}),
      },
      body: sent,
      redirect: 'manual',
      signal: AbortSignal.timeout(workspace.ackMs),
    });
    const body = await response.text();
    const problem = response.ok ? undefined : ('http_error' as const);
    return { status: response.status, body, json: parsed(body), problem };
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    return { status: 0, body: '', json: undefined, problem: late ? 'http_timeout' : 'connection_failed' };
  }
}

const addressOf = ({ app }: Workspace, { type }: Parcel): string =>
  type === OPTIONS_TYPE ? (app.optionsUrl ?? app.requestUrl) : app.requestUrl;

function parsed(body: string): Json | undefined {
  if (!body.trim().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A button, a menu, a modal. */
export function deliverInteraction(workspace: Workspace, payload: Json): Promise<Outcome> {
  return deliverOnce(workspace, { kind: 'interaction', type: String(payload.type), payload });
}

export function deliverCommand(workspace: Workspace, fields: Record<string, string>): Promise<Outcome> {
  return deliverOnce(workspace, { kind: 'command', type: fields.command ?? '', payload: fields });
}

/** Whether the app asked to be told of such events: of its Home alone, unless it said which. */
export const isSubscribed = ({ app }: Workspace, type: string): boolean =>
  (app.events ?? ['app_home_opened']).includes(type);

/** Sends an event, and again after each delay until the app acknowledges it. Resolves when that ends. */
export async function deliverEvent(workspace: Workspace, event: Json): Promise<void> {
  const type = subscriptionOf(event);
  if (!isSubscribed(workspace, type)) return;
  const payload = {
    token: 'local',
    team_id: workspace.team.id,
    api_app_id: workspace.app.appId,
    event,
    type: 'event_callback',
    event_id: workspace.newId('Ev'),
    event_time: Math.floor(workspace.clock() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.team.id,
        user_id: workspace.app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
  const parcel: Parcel = { kind: 'event', type, payload };
  const send = (sent: Parcel): Promise<Outcome> =>
    attempt(workspace, sent, () =>
      workspace.app.appToken === undefined
        ? overHttp(workspace, sent)
        : overSocket(workspace, envelopeOf(workspace, sent)),
    );
  let outcome = await send(parcel);
  for (const [index, delay] of workspace.retryDelaysMs.entries()) {
    if (!outcome.problem || !(await pause(delay, workspace.closing.signal))) return;
    outcome = await send({ ...parcel, retry: { number: index + 1, reason: outcome.problem } });
  }
}

/** The name under which an app subscribes to an event: messages go by the kind of channel. */
function subscriptionOf(event: Json): string {
  const type = String(event.type);
  if (type !== 'message') return type;
  const kinds: Record<string, string> = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };
  return `message.${kinds[String(event.channel_type)] ?? 'channels'}`;
}

/** True after `ms`; false when the workspace closes meanwhile. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      resolve(false);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
