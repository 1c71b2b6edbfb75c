import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Admin } from './admin.ts';
import { FILES_PATH, UPLOAD_PATH } from './api/files.ts';
import type { Json } from './blocks/checks.ts';
import { isObject } from './blocks/checks.ts';
import { deliverInteraction } from './deliver.ts';
import type { Faults } from './faults.ts';
import { AUTHORIZE_PATH, answerAuthorize } from './http/authorize.ts';
import { answerFiles } from './http/files.ts';
import { answerLocal } from './http/local-api.ts';
import { permalinkTarget, servePage, streamChanges } from './http/page.ts';
import { hostIsLocal, readBody, sendJson } from './http/request.ts';
import { answerWebApi } from './http/web-api.ts';
import { dismiss, type Submit, type Submitted, submit } from './modals.ts';
import type { Result } from './person.ts';
import { type Press, press } from './press.ts';
import { answerResponseUrl, issueResponseUrl } from './response-url.ts';
import { type UseShortcut, useShortcut } from './shortcuts.ts';
import { refuseUpgrade } from './socket/connection.ts';
import { SOCKET_PATH } from './socket/hub.ts';
import { type Suggest, type Suggested, suggest } from './suggest.ts';
import { openHome, say, slash } from './talk.ts';
import type { ApiCall, Delivery, LocalSlackOptions, Message, Notice, View } from './types.ts';
import { Workspace } from './workspace.ts';

type As<T extends { as: string }> = Omit<T, 'as'>;

/** What one person can do. */
type Person = {
  press: (request: As<Press>) => Promise<Result>;
  submit: (request?: As<Submit>) => Promise<Submitted>;
  close: (request?: { viewId?: string; all?: boolean }) => Promise<Result>;
  slash: (request: { channel: string; command: string; text?: string }) => Promise<Result>;
  say: (request: { channel: string; text: string; threadTs?: string }) => Message;
  openHome: () => Promise<void>;
  /** Types into a menu with searched options. */
  suggest: (request: As<Suggest>) => Promise<Suggested>;
  /** Uses a shortcut of the app, on a message when one is named. */
  shortcut: (request: As<UseShortcut>) => Promise<Result>;
};

export type LocalSlack = {
  /** The page, ending in a slash. */
  url: string;
  /** The Web API's root, ending in `/api/`. */
  apiUrl: string;
  port: number;
  faults: Faults;
  /** What workspace administrators do: archive, rename, remove the app, delete messages. */
  admin: Admin;
  setRequestUrl: (url: string) => void;
  /** Where the page on which the app is allowed may send a browser back to; for an app of OAuth. */
  setRedirectUrls: (...urls: string[]) => void;
  /** Messages of a channel (id or name), replies included, oldest first. */
  messages: (channel: string) => Message[];
  ephemerals: (userId: string) => Message[];
  /** An address for answers, as a press would carry it: for presses that are made elsewhere. */
  issueResponseUrl: (origin: { user: string; channel: string }) => string;
  calls: () => ApiCall[];
  deliveries: () => Delivery[];
  /** How many Socket Mode connections the app holds open. */
  connections: () => number;
  notices: (userId: string) => Notice[];
  /** The person's modal on top. */
  openViewOf: (userId: string) => View | undefined;
  homeOf: (userId: string) => View | undefined;
  press: (request: Press) => Promise<Result>;
  /** Delivers an interaction exactly as given: what no person could send. */
  forge: (payload: Json) => Promise<{ status: number; body: string }>;
  submit: (request: Submit) => Promise<Submitted>;
  as: (userId: string) => Person;
  /** Resolves with what `look` finds once it finds something; rejects at the deadline with `what` it waited for. */
  waitFor: <T>(
    look: () => T | undefined | false | null,
    options?: { within?: number; what?: string },
  ) => Promise<T>;
  close: () => Promise<void>;
};

/** Starts a Slack workspace on this machine. Listens on 127.0.0.1 only. */
export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const workspace = new Workspace(options);
  const server = createServer((request, response) => {
    route(workspace, request, response).catch((error: unknown) => {
      console.error('local Slack:', error);
      if (!response.headersSent) sendJson(response, 500, { ok: false, error: 'internal_error' });
      else response.end();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (hostIsLocal(request) && request.url?.startsWith(SOCKET_PATH)) {
      workspace.sockets.connect(request, { socket, head });
    } else refuseUpgrade(socket, '404 Not Found');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  workspace.url = `http://127.0.0.1:${port}/`;

  const close = async () => {
    workspace.close();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return { ...handle(workspace), url: workspace.url, apiUrl: `${workspace.url}api/`, port, close };
}

function handle(workspace: Workspace): Omit<LocalSlack, 'url' | 'apiUrl' | 'port' | 'close'> {
  const idOf = (channel: string) =>
    workspace.channels.get(channel)?.id ?? workspace.channelNamed(channel)?.id;
  return {
    faults: workspace.faults,
    admin: new Admin(workspace),
    setRequestUrl: (url) => {
      workspace.app.requestUrl = url;
    },
    setRedirectUrls: (...urls) => {
      if (workspace.app.oauth) workspace.app.oauth = { ...workspace.app.oauth, redirectUrls: urls };
    },
    messages: (channel) => workspace.messages(idOf(channel) ?? channel).values(),
    issueResponseUrl: (origin) => issueResponseUrl(workspace, origin),
    ephemerals: (userId) => workspace.ephemerals.values().filter((message) => message.onlyFor === userId),
    calls: () => [...workspace.calls],
    deliveries: () => [...workspace.deliveries],
    connections: () => workspace.sockets.size,
    notices: (userId) => workspace.notices.get(userId) ?? [],
    openViewOf: (userId) => workspace.stackOf(userId).at(-1),
    homeOf: (userId) => workspace.homes.get(userId),
    press: (request) => press(workspace, request),
    forge: async (payload) => {
      const { status, body } = await deliverInteraction(workspace, payload);
      return { status, body };
    },
    submit: (request) => submit(workspace, request),
    as: (userId) => ({
      press: (request) => press(workspace, { ...request, as: userId }),
      submit: (request = {}) => submit(workspace, { ...request, as: userId }),
      close: (request = {}) => dismiss(workspace, { ...request, as: userId }),
      slash: (request) => slash(workspace, { ...request, as: userId }),
      say: (request) => say(workspace, { ...request, as: userId }),
      openHome: () => openHome(workspace, { as: userId }),
      suggest: (request) => suggest(workspace, { ...request, as: userId }),
      shortcut: (request) => useShortcut(workspace, { ...request, as: userId }),
    }),
    waitFor: (look, limits) => waitFor(workspace, look, limits),
  };
}

async function waitFor<T>(
  workspace: Workspace,
  look: () => T | undefined | false | null,
  limits: { within?: number; what?: string } = {},
): Promise<T> {
  const { within = 5000, what = 'what was expected' } = limits;
  const deadline = performance.now() + within;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false && found !== null) return found;
    const left = deadline - performance.now();
    if (left <= 0) throw new Error(`The local Slack did not see ${what} within ${within} ms.`);
    await nextChange(workspace, Math.min(left, 50));
  }
}

/** Resolves at the next change of the workspace, or after `ms`: some things waited for are no changes. */
function nextChange(workspace: Workspace, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(done, ms);
    const unsubscribe = workspace.live.subscribe(done);
  });
}

async function route(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!hostIsLocal(request)) {
    return sendJson(response, 403, { ok: false, error: 'Only localhost and 127.0.0.1 are served.' });
  }
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname.startsWith('/api/')) return answerWebApi(workspace, request, response);
  if (pathname === '/local/events') return streamChanges(workspace, request, response);
  if (pathname.startsWith('/local/')) return answerLocal(workspace, request, response);
  if (pathname === AUTHORIZE_PATH) return answerAuthorize(workspace, request, response);
  if (pathname.startsWith('/actions/')) return answerHook(workspace, request, response);
  if (pathname.startsWith(UPLOAD_PATH) || pathname.startsWith(FILES_PATH)) {
    return answerFiles(workspace, request, response);
  }
  const target = permalinkTarget(pathname);
  if (target !== null) {
    response.writeHead(302, { location: target });
    response.end();
    return;
  }
  if (request.method === 'GET' && (await servePage(pathname, response))) return;
  sendJson(response, 404, { error: `Nothing is served at ${pathname}.` });
}

async function answerHook(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const key = pathname.slice(pathname.lastIndexOf('/') + 1);
  const body = request.method === 'POST' ? await readBody(request) : null;
  const args = body === null ? undefined : readHookBody(body.toString('utf8'));
  if (!args) return sendJson(response, 400, { ok: false, error: 'invalid_payload' });
  const answer = answerResponseUrl(workspace, key, args);
  sendJson(response, answer.status, answer.body);
}

/** JSON, or a form with the JSON in `payload`. */
function readHookBody(text: string): Json | undefined {
  try {
    const source = text.startsWith('payload=') ? (new URLSearchParams(text).get('payload') ?? '') : text;
    const value: unknown = JSON.parse(source);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
