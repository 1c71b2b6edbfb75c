import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { appMethods } from '../api/apps.ts';
import { chatMethods } from '../api/chat.ts';
import { conversationMethods } from '../api/conversations.ts';
import { fileMethods } from '../api/files.ts';
import type { Answer, Method } from '../api/method.ts';
import { fail, failWith, isRecord, text } from '../api/method.ts';
import { oauthMethods } from '../api/oauth.ts';
import { peopleMethods } from '../api/people.ts';
import { missingScope } from '../api/scopes.ts';
import { viewMethods } from '../api/views.ts';
import type { Json } from '../blocks/checks.ts';
import type { ApiFaultKind, Fault } from '../faults.ts';
import type { Workspace } from '../workspace.ts';
import { breakOff, readBody, sendJson } from './request.ts';

const METHODS = new Map<string, Method>(
  Object.entries({
    ...appMethods,
    ...chatMethods,
    ...conversationMethods,
    ...fileMethods,
    ...oauthMethods,
    ...peopleMethods,
    ...viewMethods,
  }),
);

type Call = {
  workspace: Workspace;
  request: IncomingMessage;
  response: ServerResponse;
  method: string;
  args: Json;
  answer: () => Answer;
};

/** Answers `/api/<method>` the way Slack does: almost always HTTP 200, with `ok` telling the rest. */
export async function answerWebApi(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const method = url.pathname.slice('/api/'.length);
  const { scopes } = workspace.app;
  if (scopes) response.setHeader('x-oauth-scopes', scopes.join(','));
  const at = workspace.clock();
  const started = performance.now();
  const read = await readArguments(request, url, METHODS.get(method));
  const args = 'ok' in read ? {} : read.args;
  const channels = 'ok' in read ? [] : channelsNamed(workspace, args);
  const fault = workspace.faults.strike(method, channels);

  let outcome: Answer | undefined;
  const answer = (): Answer => {
    outcome = 'ok' in read ? (read as Answer) : call(workspace, method, args, request);
    return outcome;
  };
  const note = (status: number) =>
    workspace.record(workspace.calls, {
      at,
      ms: Math.round(performance.now() - started),
      method,
      args: withoutToken(args),
      status,
      ok: status === 200 && (outcome?.ok ?? false),
      ...(outcome?.ok === false ? { error: outcome.error } : {}),
      ...(fault ? { fault: fault.kind } : {}),
    });

  const parts = { workspace, request, response, method, args, answer };
  note(fault ? await SPOILED[fault.kind](parts, fault) : reply(response, answer()));
}

/** Sends an answer and tells its HTTP status. */
function reply(response: ServerResponse, answer: Answer): number {
  if (answer.ok || answer.error !== 'ratelimited') {
    sendJson(response, 200, answer);
    return 200;
  }
  const { retryAfter, ...body } = answer as { retryAfter?: unknown };
  sendJson(response, 429, body, { 'retry-after': String(retryAfter ?? 1) });
  return 429;
}

/** Each way a call can go wrong. The HTTP status for the log comes back; 0 when nothing was answered. */
const SPOILED = {
  drop_after_store: async ({ request, answer }) => {
    answer();
    breakOff(request);
    return 0;
  },
  hang_after_store: async ({ workspace, request, response, answer }, fault) => {
    const held = answer();
    if (fault.ms === undefined) return 0;
    await sleep(workspace, fault.ms);
    return request.socket.destroyed ? 0 : reply(response, held);
  },
  status_after_store: async ({ response, answer }, fault) => {
    answer();
    return plainStatus(response, fault.status ?? 500);
  },
  status: async ({ response }, fault) => plainStatus(response, fault.status ?? 503),
  error: async ({ response, answer }, fault) => {
    if (fault.stored) answer();
    return reply(response, fail(fault.error ?? 'internal_error'));
  },
  html: async ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Maintenance</title><h1>Slack is down for maintenance</h1>');
    return 200;
  },
  rate_limited: async ({ response }, fault) => {
    sendJson(response, 429, fail('ratelimited'), { 'retry-after': String(fault.retryAfter ?? 1) });
    return 429;
  },
  answer: async ({ response, answer }, fault) => {
    if (fault.stored) answer();
    const status = fault.status ?? 200;
    const isJson = typeof fault.body !== 'string';
    response.writeHead(status, {
      'content-type': isJson ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
      ...fault.headers,
    });
    response.end(isJson ? JSON.stringify(fault.body ?? {}) : fault.body);
    return status;
  },
  latency: async ({ workspace, response, answer }, fault) => {
    await sleep(workspace, fault.ms ?? 1000);
    return reply(response, answer());
  },
  late_store: async ({ workspace, request, answer }, fault) => {
    breakOff(request);
    await sleep(workspace, fault.ms ?? 1000);
    if (!workspace.closing.signal.aborted) answer();
    return 0;
  },
} satisfies Record<ApiFaultKind, (call: Call, fault: Fault) => Promise<number>>;

function plainStatus(response: ServerResponse, status: number): number {
  response.writeHead(status, { 'content-type': 'text/plain' });
  response.end('upstream error');
  return status;
}

/** Waits, or stops waiting when the workspace closes. */
const sleep = (workspace: Workspace, ms: number): Promise<void> =>
  wait(ms, undefined, { signal: workspace.closing.signal }).catch(() => undefined);

function call(workspace: Workspace, name: string, args: Json, request: IncomingMessage): Answer {
  const method = METHODS.get(name);
  if (!method) return fail('unknown_method', { req_method: name });
  if (!method.noToken) {
    const token = tokenOf(request, args);
    if (!token) return fail('not_authed');
    const objection = tokenObjection(workspace, method, token);
    if (objection) return fail(objection);
    const missing = missingScope(workspace, name, args);
    if (missing) return fail('missing_scope', missing);
    const wait = workspace.tiers.take(name);
    if (wait !== null) return fail('ratelimited', { retryAfter: wait });
  }
  const missing = method.required.filter((field) => args[field] === undefined || args[field] === '');
  if (missing.length > 0) {
    return failWith(
      'invalid_arguments',
      missing.map((field) => ({ message: `missing required field: ${field}`, pointer: '' })),
    );
  }
  return method.run(workspace, args, tokenOf(request, args) ?? '');
}

function tokenObjection({ app, grants }: Workspace, method: Method, token: string): string | undefined {
  if (grants.oauth && method.token !== 'app') return grants.objectionTo(token);
  const [right, other] = method.token === 'app' ? [app.appToken, app.botToken] : [app.botToken, app.appToken];
  if (token === app.botToken && app.refused) return app.refused;
  if (token === right) return undefined;
  return token === other ? 'not_allowed_token_type' : 'invalid_auth';
}

function tokenOf(request: IncomingMessage, args: Json): string | undefined {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '');
  return bearer?.[1] ?? text(args.token);
}

async function readArguments(
  request: IncomingMessage,
  url: URL,
  method: Method | undefined,
): Promise<{ args: Json } | Answer> {
  const query = Object.fromEntries(url.searchParams);
  const body = await readBody(request);
  if (body === null) return fail('request_too_large');
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (body.length === 0 || type === 'application/x-www-form-urlencoded') {
    return { args: { ...query, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) } };
  }
  if (type === 'multipart/form-data') return multipart(request, body, query);
  if (type !== 'application/json') return fail('invalid_post_type');
  // Slack ignores a JSON body for the methods that do not take one, and then misses the arguments.
  if (method && !method.json) return { args: query };
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isRecord(value) ? { args: { ...query, ...value } } : fail('json_not_object');
  } catch {
    return fail('invalid_json');
  }
}

async function multipart(
  request: IncomingMessage,
  body: Buffer,
  query: Json,
): Promise<{ args: Json } | Answer> {
  try {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    }).formData();
    const fields = [...form.entries()].filter(([, value]) => typeof value === 'string');
    return { args: { ...query, ...Object.fromEntries(fields) } };
  } catch {
    return fail('invalid_form_data');
  }
}

/** How a call may name its channel, for faults limited to one: by id, by name, by person. */
function channelsNamed(workspace: Workspace, args: Json): string[] {
  const named = text(args.channel)?.replace(/^#/, '');
  if (!named) return [];
  const channel = workspace.channels.get(named) ?? workspace.channelNamed(named);
  return channel ? [named, channel.id, channel.name] : [named];
}

const withoutToken = (args: Json): Json => {
  const { token: _, ...rest } = args;
  return rest;
};
