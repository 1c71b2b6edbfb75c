import type { IncomingMessage, ServerResponse } from 'node:http';
import { Admin } from '../admin.ts';
import type { Json } from '../blocks/checks.ts';
import { isObject } from '../blocks/checks.ts';
import { parseFault } from '../faults.ts';
import { dismiss, submit } from '../modals.ts';
import { channelFor, Impossible, personOf } from '../person.ts';
import { press } from '../press.ts';
import { useShortcut } from '../shortcuts.ts';
import { suggest } from '../suggest.ts';
import { openHome, say, slash } from '../talk.ts';
import type { Plain, PlainValues } from '../values.ts';
import type { Workspace } from '../workspace.ts';
import { administer } from './admin-api.ts';
import { homeOf, messagesFor, stateFor, threadFor, viewsOf } from './page-state.ts';
import { isForeign, readBody, sendJson } from './request.ts';

type Handler = (workspace: Workspace, args: Json, query: URLSearchParams) => unknown;

const str = (args: Json, name: string): string => {
  const value = args[name];
  if (typeof value !== 'string' || value === '')
    throw new Impossible(`"${name}" must be a text that is not empty.`);
  return value;
};
const optional = <K extends string>(args: Json, ...names: K[]): Partial<Record<K, string>> =>
  Object.fromEntries(
    names.filter((name) => typeof args[name] === 'string').map((name) => [name, args[name]]),
  ) as Partial<Record<K, string>>;
const values = (args: Json): { values?: PlainValues } =>
  isObject(args.values) ? { values: args.values as PlainValues } : {};
const asked = (query: URLSearchParams, name: string): string => str({ [name]: query.get(name) ?? '' }, name);

const GET: Record<string, Handler> = {
  people: (workspace) =>
    workspace.users
      .values()
      .filter((user) => !user.isBot && !user.deleted)
      .map(({ id, realName }) => ({ id, realName })),
  state: (workspace, _, query) => stateFor(workspace, personOf(workspace, asked(query, 'as'))),
  messages: (workspace, _, query) => {
    const user = personOf(workspace, asked(query, 'as'));
    const channel = channelFor(workspace, user, asked(query, 'channel'));
    const thread = query.get('thread');
    return thread
      ? threadFor(workspace, user, { channel, ts: thread })
      : messagesFor(workspace, user, channel);
  },
  views: (workspace, _, query) => viewsOf(workspace, personOf(workspace, asked(query, 'as'))),
  home: (workspace, _, query) => homeOf(workspace, personOf(workspace, asked(query, 'as'))),
  faults: (workspace) => workspace.faults.list(),
  calls: (workspace) => workspace.calls,
  deliveries: (workspace) => workspace.deliveries,
};

const spot = (args: Json) => ({
  as: str(args, 'as'),
  actionId: str(args, 'actionId'),
  ...optional(args, 'channel', 'ts', 'viewId', 'blockId'),
  ...values(args),
  ...(args.home === true ? { home: true } : {}),
});

const POST: Record<string, Handler> = {
  suggest: (workspace, args) =>
    suggest(workspace, { ...spot(args), query: typeof args.query === 'string' ? args.query : '' }),
  shortcut: (workspace, args) =>
    useShortcut(workspace, {
      as: str(args, 'as'),
      callbackId: str(args, 'callbackId'),
      ...optional(args, 'channel', 'ts'),
    }),
  press: (workspace, args) =>
    press(workspace, {
      ...spot(args),
      ...(args.value === undefined ? {} : { value: args.value as Plain }),
    }),
  submit: (workspace, args) =>
    submit(workspace, {
      as: str(args, 'as'),
      ...optional(args, 'viewId'),
      ...values(args),
      ...(args.unchecked === true ? { unchecked: true } : {}),
    }),
  close: (workspace, args) =>
    dismiss(workspace, {
      as: str(args, 'as'),
      ...optional(args, 'viewId'),
      ...(args.all === true ? { all: true } : {}),
    }),
  slash: (workspace, args) =>
    slash(workspace, {
      as: str(args, 'as'),
      channel: str(args, 'channel'),
      command: str(args, 'command'),
      ...optional(args, 'text'),
    }),
  message: (workspace, args) =>
    say(workspace, {
      as: str(args, 'as'),
      channel: str(args, 'channel'),
      text: str(args, 'text'),
      ...optional(args, 'threadTs'),
    }),
  home: (workspace, args) => {
    // Retries may take minutes; the page must not wait for them.
    void openHome(workspace, { as: str(args, 'as') });
    return { ok: true };
  },
  read: (workspace, args) => {
    const user = personOf(workspace, str(args, 'as'));
    const channel = channelFor(workspace, user, str(args, 'channel'));
    workspace.readMarks.put(`${user.id}:${channel.id}`, str(args, 'ts'));
    return { ok: true };
  },
  hide: (workspace, args) => {
    const message = workspace.ephemerals.get(str(args, 'ts'));
    if (message?.onlyFor === str(args, 'as')) workspace.removeMessage(message);
    return { ok: true };
  },
  disconnect: (workspace) => ({ connections: workspace.sockets.disconnect('refresh_requested') }),
  faults: (workspace, args) => {
    const fault = parseFault(args);
    if (typeof fault === 'string') throw new Impossible(fault);
    return { id: workspace.faults.add(fault) };
  },
};

const DELETE: Record<string, Handler> = {
  faults: (workspace, _, query) => {
    const id = query.get('id');
    if (id === null) workspace.faults.clear();
    else if (!workspace.faults.remove(id)) throw new Impossible(`There is no fault ${id}.`);
    return { ok: true };
  },
};

const TABLES: Record<string, Record<string, Handler>> = { GET, POST, DELETE };

const ADMIN = 'admin/';

function handlerOf(method: string, name: string): Handler | undefined {
  if (method !== 'POST' || !name.startsWith(ADMIN)) return TABLES[method]?.[name];
  return (workspace, args) => administer(new Admin(workspace), name.slice(ADMIN.length), args);
}

/** Answers `/local/...`, through which the page and tests act as people. */
export async function answerLocal(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (isForeign(request)) {
    sendJson(response, 403, { error: 'Only the page of this local Slack may ask this.' });
    return;
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  const name = url.pathname.slice('/local/'.length);
  const handler = handlerOf(request.method ?? '', name);
  if (!handler) return sendJson(response, 404, { error: `There is no ${request.method} /local/${name}.` });
  try {
    const args = request.method === 'POST' ? await readJson(request) : {};
    sendJson(response, 200, await handler(workspace, args, url.searchParams));
  } catch (error) {
    if (!(error instanceof Impossible)) throw error;
    sendJson(response, 400, { error: error.message });
  }
}

/** JSON only: a form that another site posts cannot carry this content type. */
async function readJson(request: IncomingMessage): Promise<Json> {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    throw new Impossible('Send JSON, with content-type application/json.');
  }
  const body = await readBody(request);
  if (body === null) throw new Impossible('The request is too large.');
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (isObject(value)) return value;
  } catch {
    // Falls through to the same refusal as JSON that is no object.
  }
  throw new Impossible('The body must be a JSON object.');
}
