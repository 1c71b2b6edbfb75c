import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AUTHORIZE_PATH, escaped, page } from './http/authorize.ts';
import { breakOff, hostIsLocal, readBody, sendJson } from './http/request.ts';
import { type LocalSlack, startLocalSlack } from './server.ts';
import type { LocalSlackOptions } from './types.ts';

export type LocalTeams = {
  url: string;
  /** One Web API root for all teams: a call belongs to the team of its token or code, as on Slack. */
  apiUrl: string;
  /** In the order they were given. */
  teams: LocalSlack[];
  close: () => Promise<void>;
};

type Team = { id: string; name: string; slack: LocalSlack };

/**
 * Several Slack teams on this machine behind one address. Each is a local Slack of its own, with its own page; users,
 * channels and tokens of one are unknown to the others. Over HTTP only: Socket Mode of one app for several teams is not
 * modelled.
 */
export async function startLocalTeams(
  all: readonly LocalSlackOptions[],
  { port = 0 }: { port?: number } = {},
): Promise<LocalTeams> {
  const teams: Team[] = [];
  const server = createServer((request, response) => {
    route(teams, request, response).catch(() => {
      // The team broke the connection off, as a fault asks: so does this.
      if (!request.socket.destroyed) breakOff(request);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (const options of all) {
    const { id, name } = options.seed.team;
    teams.push({ id, name, slack: await startLocalSlack({ ...options, hooksUrl: url }) });
  }
  return {
    url,
    apiUrl: `${url}api/`,
    teams: teams.map(({ slack }) => slack),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await Promise.all(teams.map(({ slack }) => slack.close()));
    },
  };
}

async function route(
  teams: readonly Team[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!hostIsLocal(request)) return sendJson(response, 403, { ok: false, error: 'not_local' });
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === AUTHORIZE_PATH) return chooseTeam(teams, url, response);
  if (url.pathname === '/') return showTeams(teams, response);
  const body = await readBody(request);
  if (body === null) return sendJson(response, 413, { ok: false, error: 'request_too_large' });
  const team = teamOf(teams, { url, body, authorization: request.headers.authorization ?? '' });
  if (!team) return sendJson(response, 200, { ok: false, error: 'invalid_auth' });
  await passOn(team, { request, response, body });
}

/** Tokens, codes and the addresses of answers all hold the id of their team. */
function teamOf(
  teams: readonly Team[],
  { url, body, authorization }: { url: URL; body: Buffer; authorization: string },
): Team | undefined {
  const hook = /^\/actions\/([^/]+)\//.exec(url.pathname)?.[1];
  if (hook !== undefined) return teams.find(({ id }) => id === hook);
  const form = new URLSearchParams(body.toString('utf8'));
  const proofs = [authorization, ...['token', 'code', 'refresh_token'].map((name) => form.get(name) ?? '')];
  return teams.find(({ id }) => proofs.some((proof) => proof.split(/[\s.-]/).includes(id)));
}

async function passOn(
  { slack }: Team,
  { request, response, body }: { request: IncomingMessage; response: ServerResponse; body: Buffer },
): Promise<void> {
  const { authorization, 'content-type': contentType } = request.headers;
  const answer = await fetch(new URL(request.url ?? '/', slack.url), {
    method: request.method ?? 'GET',
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    },
    ...(request.method === 'GET' ? {} : { body: new Uint8Array(body) }),
    redirect: 'manual',
  });
  const told = ['content-type', 'retry-after', 'x-oauth-scopes'].flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  response.writeHead(answer.status, Object.fromEntries(told));
  response.end(Buffer.from(await answer.arrayBuffer()));
}

/** As on Slack: first in which workspace, then whether. */
function chooseTeam(teams: readonly Team[], { search }: URL, response: ServerResponse): void {
  const rows = teams.map(({ name, slack }) => {
    const target = new URL(`${AUTHORIZE_PATH}${search}`, slack.url).href;
    return `<li><a href="${escaped(target)}">${escaped(name)}</a></li>`;
  });
  html(response, `<h1>Install in which workspace?</h1><ul>${rows.join('')}</ul>`);
}

function showTeams(teams: readonly Team[], response: ServerResponse): void {
  const rows = teams.map(
    ({ name, slack }) => `<li><a href="${escaped(slack.url)}">${escaped(name)}</a></li>`,
  );
  html(response, `<h1>Workspaces on this machine</h1><ul>${rows.join('')}</ul>`);
}

function html(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(page(body));
}
