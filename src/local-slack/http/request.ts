import type { IncomingMessage, ServerResponse } from 'node:http';

const MOST_BYTES = 2_000_000;

/** The whole body as bytes; null when it is larger than anything Slack would take. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(text);
}

/** The connection breaks without a word, as when a network fails. */
export function breakOff(request: IncomingMessage): void {
  request.socket.resetAndDestroy();
}

const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** Refuses names that merely resolve to this machine: a page elsewhere could use one to reach it. */
export function hostIsLocal(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return LOCAL_NAMES.includes(host.toLowerCase());
}

/** A request made by a web page of another origin. Programs send no Origin and are let through. */
export function isForeign(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) return true;
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
