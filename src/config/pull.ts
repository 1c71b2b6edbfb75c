import {
  type Authorization,
  DEFAULT_PULL_LIMITS,
  type HttpPull,
  type Pages,
  type Place,
  type Pull,
  type Since,
  type SqlPull,
} from '../core/pull.ts';
import type { HttpFile, PullFile } from './schema-pull.ts';
import type { KeyPath, YamlSource } from './yaml.ts';

const DAY_MS = 86_400_000;
const DELIVER_EVERY = 50_000;

/** How a feed is pulled, after noting on `source` whatever in it cannot hold. */
export function toPull(file: PullFile, source: YamlSource): Pull | undefined {
  const where: KeyPath = ['pull'];
  if ((file.http === undefined) === (file.postgres === undefined)) {
    source.problem(where, 'needs either http or postgres');
    return undefined;
  }
  const way = file.http ? toHttp(file.http, source) : toSql(file, source);
  if (way === undefined) return undefined;
  const { limits = {} } = file;
  return {
    ...way,
    everyMs: file.every,
    needsRecords: file.expect === 'records',
    limits: {
      answerBytes: limits.answer_bytes ?? DEFAULT_PULL_LIMITS.answerBytes,
      answerMs: limits.answer_time ?? DEFAULT_PULL_LIMITS.answerMs,
      pages: limits.pages ?? DEFAULT_PULL_LIMITS.pages,
      records: limits.records ?? DEFAULT_PULL_LIMITS.records,
      bytes: limits.bytes ?? DEFAULT_PULL_LIMITS.bytes,
      ms: limits.time ?? DEFAULT_PULL_LIMITS.ms,
    },
    deliverEvery: file.deliver_every ?? DELIVER_EVERY,
  };
}

function toHttp(file: HttpFile, source: YamlSource): HttpPull {
  checkTemplates(file, source);
  const pages = toPages(file, source);
  if (file.by_month && file.since === undefined) {
    source.problem(['pull', 'http', 'by_month'], 'needs since, which says where the months begin');
  }
  return {
    kind: 'http',
    url: file.url,
    method: file.method ?? 'GET',
    headers: file.headers ?? {},
    query: file.query ?? {},
    body: file.body === undefined ? undefined : JSON.stringify(file.body),
    auth: toAuth(file, source),
    records: file.records,
    mayLack: file.may_lack ?? false,
    lines: file.lines && { path: file.lines.path, more: file.lines.more, url: file.lines.url },
    pages,
    since: toSince(file),
    byMonth: file.by_month ?? false,
    hosts: file.hosts ?? [],
    networks: file.networks ?? [],
    redirects: file.redirects ?? 0,
    paceMs: file.rate ?? 0,
  };
}

const KNOWN = ['since', 'until', 'page', 'offset', 'size', 'year', 'month', 'month_name'];

/** `{sinse}` would be sent as it stands, and the source would answer with everything. */
function checkTemplates(file: HttpFile, source: YamlSource): void {
  const texts = [file.url, ...Object.values(file.headers ?? {}), ...Object.values(file.query ?? {})];
  const body = file.body === undefined ? [] : [JSON.stringify(file.body)];
  const used = [...texts, ...body].flatMap((text) => [...text.matchAll(/(?<!\$)\{([a-z_]+)\}/g)]);
  const unknown = used.map(([, name]) => name ?? '').filter((name) => !KNOWN.includes(name));
  for (const name of new Set(unknown)) {
    source.problem(
      ['pull', 'http'],
      `{${name}} is not known; there are ${KNOWN.map((word) => `{${word}}`).join(', ')}`,
    );
  }
  const isAsked = used.some(([, name]) => name === 'since' || name === 'until');
  if (isAsked && file.since === undefined) {
    source.problem(
      ['pull', 'http'],
      '{since} and {until} need since:, which says where the first pull begins',
    );
  }
  if (file.body !== undefined && file.method !== 'POST') {
    source.problem(['pull', 'http', 'body'], 'needs method: POST');
  }
}

function toSince({ since }: HttpFile): Since | undefined {
  if (since === undefined) return undefined;
  return {
    field: since.field,
    start: since.start.endsWith('d') ? Number.parseInt(since.start, 10) * DAY_MS : since.start,
    lookBackMs: since.look_back ?? 0,
    as: since.as ?? 'instant',
    beginAnewAfter: since.begin_anew_after,
  };
}

function toAuth({ auth = {} }: HttpFile, source: YamlSource): Authorization {
  const { bearer, basic, header, query, oauth } = auth;
  if (Object.keys(auth).length > 1) source.problem(['pull', 'http', 'auth'], 'holds several ways; keep one');
  if (bearer !== undefined) return { kind: 'bearer', token: bearer };
  if (basic) return { kind: 'basic', ...basic };
  if (header) return { kind: 'header', ...header };
  if (query) return { kind: 'query', ...query };
  if (!oauth) return { kind: 'none' };
  if (oauth.grant === 'refresh_token' && oauth.refresh_token === undefined) {
    source.problem(['pull', 'http', 'auth', 'oauth'], 'needs refresh_token, from the environment');
  }
  return {
    kind: 'oauth',
    grant: oauth.grant,
    url: oauth.url,
    clientId: oauth.client_id,
    clientSecret: oauth.client_secret,
    refreshToken: oauth.refresh_token,
    scope: oauth.scope,
    rotates: oauth.rotates ?? false,
    clientIn: oauth.client_in ?? 'body',
  };
}

function toPages({ pages = {}, url, query, body }: HttpFile, source: YamlSource): Pages {
  const { cursor, next, link, page, offset } = pages;
  if (Object.keys(pages).length > 1)
    source.problem(['pull', 'http', 'pages'], 'holds several ways; keep one');
  if (cursor) {
    const fromLast = cursor.from[0] === 'last';
    const from = fromLast ? cursor.from.slice(1) : cursor.from;
    return { kind: 'cursor', from, fromLast, to: toPlace(cursor.to), more: cursor.more };
  }
  if (next) return { kind: 'next', from: next };
  if (link) return { kind: 'link' };
  const counted = page ?? offset;
  if (counted === undefined) return { kind: 'one' };
  const kind = page ? 'page' : 'offset';
  const isInTemplate = JSON.stringify({ url, query, body }).includes(`{${kind}}`);
  if ((counted.to === undefined) !== isInTemplate) {
    source.problem(
      ['pull', 'http', 'pages', kind],
      `needs either to: (such as query.${kind}) or {${kind}} in the request`,
    );
  }
  return {
    kind,
    to: counted.to === undefined ? undefined : toPlace(counted.to),
    first: counted.first ?? (kind === 'page' ? 1 : 0),
    size: counted.size,
  };
}

function toPlace(text: string): Place {
  const [where, ...rest] = text.split('.');
  return where === 'body' ? { in: 'body', path: rest } : { in: 'query', name: rest.join('.') };
}

function toSql({ postgres }: PullFile, source: YamlSource): SqlPull | undefined {
  if (postgres === undefined) return undefined;
  const { since, query, url } = postgres;
  const isAsked = query.includes('{since}');
  if (isAsked !== (since !== undefined)) {
    source.problem(['pull', 'postgres'], 'since: and {since} in the query need each other');
  }
  return {
    kind: 'postgres',
    url,
    query,
    watermark: since && {
      column: since.column,
      holds: since.holds ?? 'instant',
      start: since.start,
      lookBackMs: since.look_back ?? 0,
    },
  };
}
