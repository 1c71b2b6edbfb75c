import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { pointerTo, pressBody, SIGNING_SECRET } from '../support/slack-story.ts';
import { type Case, expanded } from './hostile-slack-cases.ts';

export type Answer = { status: number; body: string };

const FORM = 'application/x-www-form-urlencoded';

const TIMESTAMPS: Readonly<Record<string, (now: number) => string>> = {
  '$now-301': (now) => String(now - 301),
  '$now+31536000': (now) => String(now + 31_536_000),
  '$hex(now)': (now) => `0x${now.toString(16)}`,
};

const timestampOf = (ts: string | undefined, now: number): string =>
  ts === undefined ? String(now) : (TIMESTAMPS[ts]?.(now) ?? ts);

const signed = (timestamp: string, body: Buffer): string =>
  createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:`).update(body).digest('hex');

/** The body that a case names, with presses that this exception would take. */
function bodyOf(body: unknown, exceptionId: string): Buffer {
  const given = expanded(body ?? '');
  if (Buffer.isBuffer(given)) return given;
  if (typeof given !== 'string') return Buffer.from(JSON.stringify(given));
  const press = pressBody(
    { action_id: 'claim', value: pointerTo(exceptionId, 1) },
    { actionTs: `1700000000.${exceptionId.slice(-6)}` },
  );
  const pressed = given
    .replace('payload=$valid_click', press)
    .replace(/\$valid_click(?:_never_seen|_unique)?/, press)
    .replace('payload=$A', press)
    .replace('payload=$B', press);
  return Buffer.from(pressed);
}

/** Sends what a case of bad HTTP describes. The answer's status is 0 when the connection was closed without one. */
export async function sendHostile(
  url: string,
  input: Case['input'],
  exceptionId: string,
  { within = 15_000 } = {},
): Promise<Answer> {
  const now = Math.floor(Date.now() / 1000);
  const body = bodyOf(
    input.slow_body ? 'x'.repeat(input.slow_body.total) : (input.body ?? '$valid_click'),
    exceptionId,
  );
  const timestamp = timestampOf(input.ts, now);
  const mac = signed(input.sign === 'good-over-decimal' ? String(now) : timestamp, body);
  const isSigned = input.sign !== 'none' && input.method === undefined;
  const headers: Record<string, string> = {
    'content-type': input.content_type ?? (typeof input.body === 'object' ? 'application/json' : FORM),
    'content-length': String(body.length),
    ...(isSigned ? { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${mac}` } : {}),
    ...Object.fromEntries(
      Object.entries(input.headers ?? {}).map(([name, value]) => [name, String(value).replace('$sig', mac)]),
    ),
  };
  const sent = Buffer.from(body);
  if (input.tamper && sent.length > 0) sent[sent.length - 1] = (sent.at(-1) ?? 0) ^ 1;
  return await exchange(url, { ...input, headers, sent, within });
}

type Exchange = {
  method?: string;
  path?: string;
  headers: Record<string, string>;
  sent: Buffer;
  within: number;
  slow_body?: { bytes_per_s: number };
};

function exchange(
  url: string,
  { method = 'POST', path, headers, sent, within, slow_body }: Exchange,
): Promise<Answer> {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve) => {
    const outgoing = request({ hostname, port, path: path ?? pathname, method, headers, timeout: within });
    const end = (answer: Answer) => {
      resolve(answer);
      outgoing.destroy();
    };
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        end({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
      response.on('error', () => end({ status: response.statusCode ?? 0, body: '' }));
    });
    outgoing.on('error', () => end({ status: 0, body: '' }));
    outgoing.on('timeout', () => end({ status: -1, body: 'no answer in time' }));
    if (slow_body) void drip(outgoing, sent);
    else outgoing.end(sent);
  });
}

/** One byte a second, until the other side has had enough. */
async function drip(outgoing: ReturnType<typeof request>, bytes: Buffer): Promise<void> {
  for (const byte of bytes) {
    if (outgoing.destroyed) return;
    outgoing.write(Buffer.from([byte]));
    await wait(1_000);
  }
}
