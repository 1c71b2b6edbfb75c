import { type Context, Hono } from 'hono';
import type { ApiKey } from '../../core/api-key.ts';
import { Fault } from '../../core/fault.ts';
import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/new-id.ts';
import { inWorkspace } from '../../db/tx.ts';
import type { Logger } from '../../observe/logger.ts';
import { touchApiKey } from '../../pipeline/govern/touch-api-key.sql.ts';
import { keyProblem, shownKey, unknownKey } from './authenticate.ts';
import { openApi } from './openapi.ts';
import { type Pace, paceOf } from './pace.ts';
import { API_HEADERS, type Problem, problemResponse } from './problem.ts';
import { readQuery } from './read-query.ts';
import { type ApiWorkspace, inSnapshot, type Route } from './route.ts';
import { ROUTES } from './routes.ts';

export type ApiOptions = {
  readonly sql: Sql;
  readonly workspaces: readonly ApiWorkspace[];
  readonly logger: Logger;
  readonly routes?: readonly Route[];
};

/** Keys are secrets of 256 bits: nobody guesses one. This only keeps guessing from being work for the database. */
const STRANGERS_PER_SECOND = 50;
const TOUCH_MS = 60_000;

type Api = ApiOptions & {
  readonly byId: ReadonlyMap<string, ApiWorkspace>;
  readonly strangers: Pace;
  readonly paces: Map<string, Pace>;
  readonly touched: Map<string, number>;
  /** Hashes of secrets that opened what they asked for when last they asked. */
  readonly opened: Set<string>;
};

/** `GET /api/v1/…`: every route of the table, its description, and a problem in words for anything else. */
export function apiRoutes(options: ApiOptions): Hono {
  const { routes = ROUTES, workspaces } = options;
  const api: Api = {
    ...options,
    byId: new Map(workspaces.map((workspace) => [workspace.workspaceId, workspace])),
    strangers: paceOf(STRANGERS_PER_SECOND),
    paces: new Map(),
    touched: new Map(),
    opened: new Set(),
  };
  const site = new Hono();
  const description = JSON.stringify(openApi(routes), null, 2);
  site.get('/api/v1/openapi.json', () => answered(description));
  for (const route of routes) {
    site.get(route.path, (c) => serve(api, route, c));
    site.all(route.path, ({ req }) => notAllowed(route, req.method));
  }
  site.all('/api/*', () => problemResponse(nothingHere(routes)));
  return site;
}

const answered = (body: string): Response =>
  new Response(body, { headers: { ...API_HEADERS, 'content-type': 'application/json' } });

const notAllowed = (route: Route, method: string): Response =>
  problemResponse(
    { code: 'method_not_allowed', detail: `${method} is not; use GET.`, headers: { allow: 'GET, HEAD' } },
    route.refusedAs,
  );

const nothingHere = (routes: readonly Route[]): Problem => ({
  code: 'not_found',
  detail: `The API has: ${[...routes.map(({ path }) => path), '/api/v1/openapi.json'].join(', ')}.`,
});

async function serve(api: Api, route: Route, c: Context): Promise<Response> {
  try {
    const outcome = await answer(api, route, c);
    return 'problem' in outcome
      ? problemResponse(outcome.problem, route.refusedAs)
      : answered(JSON.stringify(outcome.body));
  } catch (error) {
    return problemResponse(troubleOf(api, error, route), route.refusedAs);
  }
}

type Outcome = { readonly body: unknown } | { readonly problem: Problem };

async function answer(api: Api, route: Route, c: Context): Promise<Outcome> {
  const now = new Date();
  const shown = shownKey(c.req.header('authorization'));
  const workspace = 'code' in shown ? undefined : api.byId.get(shown.workspaceId);
  if ('code' in shown || workspace === undefined) {
    const problem = 'code' in shown ? shown : unknownKey();
    return { problem: tooMany(api.strangers.wait('', now.getTime())) ?? problem };
  }
  const read = readQuery({ search: new URL(c.req.url).search, given: c.req.queries() }, route.query);
  const secretHash = shown.hash;
  const who = { workspace, secretHash, now };
  // A key that opened something before is held to its pace before anything is read for it.
  const wasOpened = api.opened.has(secretHash);
  const isPaced = wasOpened ? tooFast(api, who) : undefined;
  if (isPaced) return { problem: isPaced };
  const found = read.ok
    ? await route.answer({ ...who, sql: api.sql, query: read.query })
    : await inSnapshot({ ...who, sql: api.sql }, async () => undefined);
  const refused = keyProblem(found?.key, { scope: route.scope, now });
  if (found === undefined || refused) {
    api.opened.delete(secretHash);
    return { problem: tooMany(api.strangers.wait('', now.getTime())) ?? refused ?? unknownKey() };
  }
  api.opened.add(secretHash);
  const isPacedNow = wasOpened ? undefined : tooFast(api, who);
  if (isPacedNow) return { problem: isPacedNow };
  if (!read.ok) return { problem: read.problem };
  touchSoon(api, { workspaceId: workspace.workspaceId, key: found.key, now });
  return { body: found.body };
}

type Who = { readonly workspace: ApiWorkspace; readonly secretHash: string; readonly now: Date };

const tooFast = (api: Api, { workspace, secretHash, now }: Who): Problem | undefined =>
  tooMany(paceFor(api, workspace).wait(secretHash, now.getTime()));

function paceFor({ paces }: Api, { workspaceId, organisation }: ApiWorkspace): Pace {
  const pace = paces.get(workspaceId) ?? paceOf(organisation.api.requestsPerSecond);
  paces.set(workspaceId, pace);
  return pace;
}

function tooMany(waitMs: number | undefined): Problem | undefined {
  if (waitMs === undefined) return undefined;
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return {
    code: 'too_many',
    detail: `Ask again in ${seconds} s.`,
    headers: { 'retry-after': String(seconds) },
  };
}

/** Nobody waits for it, and once a minute is enough to tell a key that is used from one that is not. */
function touchSoon(api: Api, used: { workspaceId: string; key: ApiKey; now: Date }): void {
  const { workspaceId, key, now } = used;
  const { apiKeyId } = key;
  if (now.getTime() - (api.touched.get(apiKeyId) ?? 0) < TOUCH_MS) return;
  api.touched.set(apiKeyId, now.getTime());
  inWorkspace(api.sql, workspaceId, (tx) => touchApiKey(tx, { workspaceId, apiKeyId, now })).catch(
    (error: unknown) => api.logger.warn({ err: error, apiKeyId }, 'the use of a key could not be noted'),
  );
}

function troubleOf({ logger }: Api, error: unknown, route: Route): Problem {
  const reference = newId().slice(-12);
  logger.error({ err: error, reference, path: route.path }, 'a request of the API failed');
  if (error instanceof Fault) {
    const detail = `Ask again in a moment. If it stays so, tell an operator the reference ${reference}.`;
    return { code: 'unavailable', detail, headers: { 'retry-after': '1' } };
  }
  return { code: 'broken', detail: `Tell an operator the reference ${reference}.` };
}
