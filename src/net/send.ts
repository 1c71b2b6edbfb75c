import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createGunzip } from 'node:zlib';
import { Fault } from '../core/fault.ts';
import { checkUrl, guardedLookup, type Reach, type Resolve, shownAddress } from './reach.ts';

export type Outgoing = {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type SendOptions = {
  readonly reach: Reach;
  /** Longest answer in bytes, as sent and as unpacked. */
  readonly maxBytes: number;
  /** What an answer that is longer comes to: a fault, unless the rest is cut off. */
  readonly longer?: 'fault' | 'cut';
  /** Milliseconds from the first look-up to the last byte: a slow drip ends too. */
  readonly timeMs: number;
  /** Redirects that are followed, each judged like the first address; none unless said. */
  readonly redirects?: number;
  /** How host names become addresses; the system's way unless said. */
  readonly resolve?: Resolve | undefined;
};

export type Answer = {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Where it came from in the end. */
  readonly url: string;
};

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Sends one request over the one guarded way out of this program, and returns the answer whole, whatever its status.
 *
 * Throws: Fault('address_refused'), Fault('redirect_refused'), Fault('answer_too_large'); retryable Fault('answer_late') and
 *         Fault('host_unreachable'). No message holds a query, a header or a body: secrets travel in them.
 */
export async function send(outgoing: Outgoing, options: SendOptions): Promise<Answer> {
  const until = Date.now() + options.timeMs;
  let url = checkUrl(outgoing.url, options.reach);
  let headers = outgoing.headers ?? {};
  for (let redirect = 0; ; redirect += 1) {
    const answer = await once({ ...outgoing, headers }, url, { ...options, until });
    const location = answer.headers.location;
    if (!REDIRECTS.includes(answer.status) || location === undefined) return answer;
    const next = redirectTarget({ location, url, outgoing, left: (options.redirects ?? 0) - redirect });
    const target = checkUrl(next, options.reach);
    if (target.origin !== url.origin) headers = {};
    url = target;
  }
}

type Redirect = { location: string; url: URL; outgoing: Outgoing; left: number };

function redirectTarget({ location, url, outgoing, left }: Redirect): string {
  const isFollowed = left > 0 && (outgoing.method ?? 'GET') === 'GET' && URL.canParse(location, url.href);
  if (isFollowed) return new URL(location, url).href;
  const target = URL.canParse(location, url.href)
    ? shownAddress(new URL(location, url))
    : 'an unreadable address';
  throw new Fault(
    'redirect_refused',
    `${shownAddress(url)} redirects to ${target}, which is not followed: write the address that is meant.`,
  );
}

type Bounds = SendOptions & { readonly until: number };

function once(outgoing: Outgoing, url: URL, bounds: Bounds): Promise<Answer> {
  const { body, method = 'GET' } = outgoing;
  const options: RequestOptions = {
    method,
    headers: {
      'accept-encoding': 'gzip',
      'user-agent': 'tieout',
      ...outgoing.headers,
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    },
    lookup: guardedLookup(bounds.reach, { isClear: url.protocol === 'http:', resolve: bounds.resolve }),
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options);
    const timer = setTimeout(
      () => request.destroy(late(url, bounds.timeMs)),
      Math.max(bounds.until - Date.now(), 0),
    );
    const fail = (error: Error): void => {
      clearTimeout(timer);
      request.destroy();
      reject(error instanceof Fault ? error : unreachable(url, error));
    };
    request.on('error', fail);
    request.on('response', (response) => {
      readBody(response, url, bounds).then((bytes) => {
        clearTimeout(timer);
        if (bounds.longer === 'cut') request.destroy();
        resolve({ status: response.statusCode ?? 0, headers: flat(response), body: bytes, url: url.href });
      }, fail);
    });
    request.end(body);
  });
}

async function readBody(response: IncomingMessage, url: URL, bounds: Bounds): Promise<Buffer> {
  const { maxBytes, longer } = bounds;
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (longer !== 'cut' && Number(response.headers['content-length'] ?? 0) > maxBytes)
    throw tooLarge(url, maxBytes);
  if (encoding === 'identity') return await collect(response, url, bounds);
  if (encoding !== 'gzip') {
    throw new Fault(
      'host_unreachable',
      `${shownAddress(url)} answers packed as ${encoding.slice(0, 20)}, which nobody asked for.`,
    );
  }
  const unpacked = createGunzip();
  response.on('error', (error) => unpacked.destroy(error));
  return await collect(response.pipe(unpacked), url, bounds);
}

async function collect(
  chunks: AsyncIterable<Buffer>,
  url: URL,
  { maxBytes, longer }: Bounds,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes && longer !== 'cut') throw tooLarge(url, maxBytes);
    parts.push(chunk);
    if (bytes > maxBytes) break;
  }
  return Buffer.concat(parts).subarray(0, maxBytes);
}

const flat = (response: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );

const tooLarge = (url: URL, maxBytes: number): Fault =>
  new Fault(
    'answer_too_large',
    `${shownAddress(url)} answers with more than ${maxBytes} bytes: ask for smaller pages, or raise the limit.`,
  );

const late = (url: URL, timeMs: number): Fault =>
  new Fault('answer_late', `${shownAddress(url)} did not answer completely within ${timeMs} ms.`, {
    retryable: true,
  });

const unreachable = (url: URL, cause: Error): Fault =>
  new Fault('host_unreachable', `${shownAddress(url)} cannot be reached: ${reasonOf(cause)}.`, {
    cause,
    retryable: true,
  });

const reasonOf = (error: Error): string =>
  ('code' in error && typeof error.code === 'string' ? error.code : error.message).slice(0, 200);
