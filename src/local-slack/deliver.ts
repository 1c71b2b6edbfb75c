import { createHmac } from 'node:crypto';
import type { Json } from './blocks/checks.ts';
import { isObject } from './blocks/checks.ts';
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
  contentType: 'application/json' | 'application/x-www-form-urlencoded';
  body: string;
  retry?: { number: number; reason: string };
};

/** `v0=` and the HMAC-SHA256 of `v0:{timestamp}:{body}`, as the app recomputes it. */
function signature(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** Sends one signed request to the app over HTTP and waits for its acknowledgement. */
async function deliver(workspace: Workspace, parcel: Parcel): Promise<Outcome> {
  const timestamp = String(Math.floor(workspace.clock() / 1000));
  const started = performance.now();
  const outcome = await send(workspace, parcel, timestamp);
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

async function send(workspace: Workspace, parcel: Parcel, timestamp: string): Promise<Omit<Outcome, 'ms'>> {
  try {
    const response = await fetch(workspace.app.requestUrl, {
      method: 'POST',
      headers: {
        'content-type': parcel.contentType,
        'user-agent': 'Slackbot 1.0 (local)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature(workspace.app.signingSecret, timestamp, parcel.body),
        ...(parcel.retry
          ? {
              'x-slack-retry-num': String(parcel.retry.number),
              'x-slack-retry-reason': parcel.retry.reason,
            }
          : {}),
      },
      body: parcel.body,
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

function parsed(body: string): Json | undefined {
  if (!body.trim().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A button, a menu, a modal: one form field `payload`, never sent twice. */
export function deliverInteraction(workspace: Workspace, payload: Json): Promise<Outcome> {
  return deliver(workspace, {
    kind: 'interaction',
    type: String(payload.type),
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
  });
}

export function deliverCommand(workspace: Workspace, fields: Record<string, string>): Promise<Outcome> {
  return deliver(workspace, {
    kind: 'command',
    type: fields.command ?? '',
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(fields).toString(),
  });
}

/** Sends an event, and again after each delay until the app acknowledges it. Resolves when that ends. */
export async function deliverEvent(workspace: Workspace, event: Json): Promise<void> {
  const type = subscriptionOf(event);
  if (!(workspace.app.events ?? ['app_home_opened']).includes(type)) return;
  const body = JSON.stringify({
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
  });
  const parcel: Parcel = { kind: 'event', type, contentType: 'application/json', body };
  let outcome = await deliver(workspace, parcel);
  for (const [index, delay] of workspace.retryDelaysMs.entries()) {
    if (!outcome.problem || !(await pause(delay, workspace.closing.signal))) return;
    outcome = await deliver(workspace, { ...parcel, retry: { number: index + 1, reason: outcome.problem } });
  }
}

/** The name under which an app subscribes to an event: messages go by the kind of channel. */
function subscriptionOf(event: Json): string {
  const type = String(event.type);
  if (type !== 'message') return type;
  const kinds: Record<string, string> = { channel: 'channels', group: 'groups', im: 'im' };
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
