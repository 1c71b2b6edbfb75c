import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readInstant } from '../../src/core/instant.ts';
import type { HttpPull, Path, Pull } from '../../src/core/pull.ts';

type Json = { [key: string]: unknown };

export type ProviderOptions = {
  /** What it has; a test changes it between two pulls, as a source restates. */
  records: Json[];
  readonly pageSize: number;
  /** The declaration it answers to: pages, paths, authorization, `{since}`. */
  readonly pull: HttpPull & Pull;
  readonly token: string;
  /** Every so many requests it is busy once. */
  readonly busyEvery?: number;
  /** Seconds it asks for then. */
  readonly retryAfter?: number;
  /** A token works for so many requests. */
  readonly tokenLasts?: number;
  /** The first so many requests are answered together, when the last of them has come. */
  readonly together?: number;
};

export type Provider = {
  readonly origin: string;
  readonly options: ProviderOptions;
  /** What was asked, without what was turned away. */
  readonly answered: string[];
  readonly turnedAway: { busy: number; unauthorized: number };
  readonly stop: () => Promise<void>;
};

/**
 * A server that behaves as a declaration says a provider does: it checks who asks, filters by `{since}`, pages as declared, is busy now
 * and then, and lets tokens expire. It knows nothing of any provider.
 */
export async function startProvider(options: ProviderOptions): Promise<Provider> {
  const state = { requests: 0, tokens: 0, uses: 0, refresh: 0 };
  const provider = { options, answered: [] as string[], turnedAway: { busy: 0, unauthorized: 0 } };
  const waiting: (() => void)[] = [];
  const server: Server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const url = new URL(request.url ?? '/', origin());
    if (url.pathname === '/token') return token(response, new URLSearchParams(body), request);
    state.requests += 1;
    if (state.requests < (options.together ?? 1)) await new Promise<void>((go) => waiting.push(go));
    for (const go of waiting.splice(0)) go();
    if (options.busyEvery !== undefined && state.requests % options.busyEvery === 0) {
      provider.turnedAway.busy += 1;
      response
        .writeHead(429, { 'retry-after': String(options.retryAfter ?? 0) })
        .end('{"error":"slow down"}');
      return;
    }
    if (!isAllowed(request, url)) {
      provider.turnedAway.unauthorized += 1;
      response.writeHead(401).end('{"error":"token expired"}');
      return;
    }
    provider.answered.push(`${request.method} ${url.pathname}${url.search}`);
    answer(response, page(options, { url, body, headers: request.headers, origin: origin() }));
  };
  const token = (response: ServerResponse, form: URLSearchParams, request: IncomingMessage): void => {
    const { auth } = options.pull;
    if (auth.kind !== 'oauth' || form.get('grant_type') !== auth.grant)
      return void response.writeHead(400).end('{"error":"unsupported_grant_type"}');
    const isRefresh = auth.grant === 'refresh_token';
    const wanted = auth.rotates && state.refresh > 0 ? `refresh-${state.refresh}` : 'refresh-secret';
    const knowsClient =
      form.get('client_secret') === 'client-secret' || basicOf(request) === 'client-id:client-secret';
    if (!knowsClient || (isRefresh && form.get('refresh_token') !== wanted)) {
      return void response.writeHead(400).end('{"error":"invalid_grant"}');
    }
    state.tokens += 1;
    state.uses = 0;
    if (auth.rotates) state.refresh += 1;
    answer(response, {
      body: {
        access_token: `access-${state.tokens}`,
        ...(auth.rotates ? { refresh_token: `refresh-${state.refresh}` } : {}),
      },
    });
  };
  const isAllowed = (request: IncomingMessage, url: URL): boolean => {
    const { auth } = options.pull;
    if (auth.kind === 'none') return true;
    if (auth.kind === 'bearer') return request.headers.authorization === `Bearer ${options.token}`;
    if (auth.kind === 'basic') return basicOf(request)?.endsWith(`:${options.token}`) ?? false;
    if (auth.kind === 'header') return request.headers[auth.name.toLowerCase()] === options.token;
    if (auth.kind === 'query') return url.searchParams.get(auth.name) === options.token;
    state.uses += 1;
    const isFresh = state.uses <= (options.tokenLasts ?? Number.POSITIVE_INFINITY);
    return isFresh && request.headers.authorization === `Bearer access-${state.tokens}`;
  };
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...provider,
    origin: origin(),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The declaration with this server in the provider's place. */
export function pullFrom<P extends HttpPull & Pull>(pull: P, origin: string): P {
  const moved = (url: string): string =>
    `${origin}${url.replace(/^(?:https?:\/\/[^/]*|\$\{[^}]*\}(?=\/))/, '')}`;
  const auth = pull.auth.kind === 'oauth' ? { ...pull.auth, url: `${origin}/token` } : pull.auth;
  const lines = pull.lines?.url === undefined ? pull.lines : { ...pull.lines, url: moved(pull.lines.url) };
  return { ...pull, url: moved(pull.url), auth, lines, networks: ['127.0.0.1'], paceMs: 0 };
}

type Asked = { url: URL; body: string; headers: IncomingMessage['headers']; origin: string };
type Answered = { body: Json | Json[]; link?: string };

function page(options: ProviderOptions, asked: Asked): Answered {
  const { pull, pageSize } = options;
  const since = askedFor('since', pull, asked);
  const listed = recordsSince(options, since).filter((record) => isOfMonth(pull, record, asked));
  const from = startOf(pull, listed, asked);
  const size = pull.pages.kind === 'page' || pull.pages.kind === 'offset' ? pull.pages.size : pageSize;
  const shown = pull.pages.kind === 'one' ? listed : listed.slice(from, from + size);
  const hasMore = from + shown.length < listed.length && pull.pages.kind !== 'one';
  const body: Json | Json[] = pull.records.length === 0 ? shown : {};
  if (!Array.isArray(body)) put(body, pull.records, shown);
  const next = new URL(asked.url);
  next.searchParams.set('at_record', String(from + size));
  if (Array.isArray(body) || pull.pages.kind === 'link')
    return hasMore ? { body, link: `<${next.href}>; rel="next"` } : { body };
  if (pull.pages.kind === 'cursor') {
    if (pull.pages.more) put(body, pull.pages.more, hasMore);
    if (!pull.pages.fromLast && hasMore) put(body, pull.pages.from, `at-${from + size}`);
  }
  if (pull.pages.kind === 'next' && hasMore) put(body, pull.pages.from, next.href.replace(asked.origin, ''));
  return { body };
}

function recordsSince({ pull, records }: ProviderOptions, since: string | undefined): Json[] {
  const path = pull.since?.field;
  const from = readInstant(since ?? '');
  if (path === undefined || from === undefined) return records;
  return records.filter((record) => (readInstant(String(at(record, path) ?? '')) ?? 0) >= from);
}

function isOfMonth(pull: HttpPull, record: Json, asked: Asked): boolean {
  if (!pull.byMonth) return true;
  const when = new Date(readInstant(String(at(record, pull.since?.field ?? []))) ?? 0);
  const name = when.toLocaleString('en', { month: 'long', timeZone: 'UTC' }).toUpperCase();
  return (
    askedFor('year', pull, asked) === String(when.getUTCFullYear()) &&
    askedFor('month_name', pull, asked) === name
  );
}

function startOf(pull: HttpPull, listed: readonly Json[], asked: Asked): number {
  const { pages } = pull;
  if (pages.kind === 'cursor') {
    const given = placed(pages.to, asked);
    if (given === undefined) return 0;
    if (!pages.fromLast) return Number(given.replace('at-', ''));
    return listed.findIndex((record) => String(at(record, pages.from)) === given) + 1;
  }
  if (pages.kind === 'page' || pages.kind === 'offset') {
    const given = Number(
      (pages.to ? placed(pages.to, asked) : askedFor(pages.kind, pull, asked)) ?? pages.first,
    );
    return (given - pages.first) * (pages.kind === 'page' ? pages.size : 1);
  }
  return Number(asked.url.searchParams.get('at_record') ?? 0);
}

function placed(
  to: { in: 'query'; name: string } | { in: 'body'; path: Path },
  asked: Asked,
): string | undefined {
  if (to.in === 'query') return asked.url.searchParams.get(to.name) ?? undefined;
  const value = at(JSON.parse(asked.body) as Json, to.path);
  return value === undefined ? undefined : String(value);
}

/** What the request says where its template has `{since}` or the like. */
function askedFor(name: string, pull: HttpPull, { url, body, headers }: Asked): string | undefined {
  const texts: [template: string, text: string][] = [
    ...Object.entries(pull.query).map(([key, template]): [string, string] => [
      template,
      url.searchParams.get(key) ?? '',
    ]),
    ...Object.entries(pull.headers).map(([key, template]): [string, string] => [
      template,
      String(headers[key.toLowerCase()] ?? ''),
    ]),
    [(pull.body ?? '').replace(/\}$/, ''), body],
    [pull.url.replace(/^.*?\/(?=[^/])/, ''), decodeURIComponent(url.pathname + url.search)],
  ];
  for (const [template, text] of texts) {
    if (!template.includes(`{${name}}`)) continue;
    const pattern = template
      .split(/(\$?\{[A-Za-z_]+\})/)
      .map((part) => (part === `{${name}}` ? '(.+?)' : /^\$?\{/.test(part) ? '.*?' : escaped(part)))
      .join('');
    const found = new RegExp(`${pattern}(?:$|,"|\\})`, 's').exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const at = (value: unknown, path: Path): unknown =>
  path.reduce((inner: unknown, step) => (inner as Json | undefined)?.[step], value);

function put(target: Json, path: Path, value: unknown): void {
  let inner = target;
  for (const step of path.slice(0, -1)) {
    inner[step] ??= {};
    inner = inner[step] as Json;
  }
  inner[path.at(-1) ?? ''] = value;
}

function answer(response: ServerResponse, { body, link }: Answered): void {
  response.writeHead(200, { 'content-type': 'application/json', ...(link === undefined ? {} : { link }) });
  response.end(JSON.stringify(body));
}

const basicOf = (request: IncomingMessage): string | undefined => {
  const [, text] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  return text === undefined ? undefined : Buffer.from(text, 'base64').toString();
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
