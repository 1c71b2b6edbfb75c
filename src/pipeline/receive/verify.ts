import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Webhook } from '../../core/webhook.ts';

/** A request as it came: header names in lower case, the body's very bytes. */
export type Pushed = {
  readonly method: string;
  /** The whole address, as the sender wrote it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
};

/** What a good signature vouches for; `eventId` when the signature's headers name the event. */
export type Verified = { readonly eventId: string | undefined };

type Check = (push: Pushed, about: { webhook: Webhook; secret: string; now: number }) => Verified | undefined;

/** What the sender's signature vouches for; undefined when none of the secrets made it, or its clock is too far from ours. */
export function verify(
  push: Pushed,
  { webhook, secrets, now }: { webhook: Webhook; secrets: readonly string[]; now: number },
): Verified | undefined {
  const check = CHECKS[webhook.signing.kind];
  for (const secret of secrets) {
    const verified = secret === '' ? undefined : check(push, { webhook, secret, now });
    if (verified) return verified;
  }
  return undefined;
}

const CHECKS = {
  /** Standard Webhooks: `v1,<base64>` over id, timestamp and body; several when a secret is being changed. */
  standard: ({ headers, body }, { webhook, secret, now }) => {
    const [id, at] = [headers['webhook-id'], headers['webhook-timestamp']];
    if (id === undefined || at === undefined || !isInWindow(at, { webhook, now, digits: 10 }))
      return undefined;
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const wanted = hmac(key, [`${id}.${at}.`, body]);
    const given = (headers['webhook-signature'] ?? '').split(' ').filter((part) => part.startsWith('v1,'));
    return given.some((part) => isSame(part.slice(3), wanted, 'base64')) ? { eventId: id } : undefined;
  },
  /** `t=<seconds>,v1=<hex>` over timestamp and body. */
  stripe: ({ headers, body }, { webhook, secret, now }) => {
    const parts = (headers['stripe-signature'] ?? '').split(',').map((part) => part.trim());
    const at = parts.find((part) => part.startsWith('t='))?.slice(2);
    if (at === undefined || !isInWindow(at, { webhook, now, digits: 10 })) return undefined;
    const wanted = hmac(secret, [`${at}.`, body]);
    const given = parts.filter((part) => part.startsWith('v1='));
    return given.some((part) => isSame(part.slice(3), wanted, 'hex')) ? { eventId: undefined } : undefined;
  },
  /** Version 3: base64 over method, address, body and timestamp. */
  hubspot: ({ method, url, headers, body }, { webhook, secret, now }) => {
    const at = headers['x-hubspot-request-timestamp'];
    if (at === undefined || !isInWindow(at, { webhook, now, digits: 13 })) return undefined;
    const wanted = hmac(secret, [`${method}${url}`, body, at]);
    return isSame(headers['x-hubspot-signature-v3'] ?? '', wanted, 'base64')
      ? { eventId: undefined }
      : undefined;
  },
  /** Base64 over the body. It has no clock: a replay is known by the event's name alone. */
  shopify: ({ headers, body }, { secret }) =>
    isSame(headers['x-shopify-hmac-sha256'] ?? '', hmac(secret, [body]), 'base64')
      ? { eventId: headers['x-shopify-webhook-id'] }
      : undefined,
  hmac: ({ headers, body }, { webhook, secret }) => {
    if (webhook.signing.kind !== 'hmac') return undefined;
    const { header, prefix, encoding } = webhook.signing;
    const given = headers[header] ?? '';
    if (!given.startsWith(prefix)) return undefined;
    return isSame(given.slice(prefix.length), hmac(secret, [body]), encoding)
      ? { eventId: undefined }
      : undefined;
  },
} as const satisfies Record<Webhook['signing']['kind'], Check>;

function hmac(key: string | Buffer, parts: readonly (string | Buffer)[]): Buffer {
  const made = createHmac('sha256', key);
  for (const part of parts) made.update(part);
  return made.digest();
}

function isSame(given: string, wanted: Buffer, encoding: 'hex' | 'base64'): boolean {
  const bytes = Buffer.from(given, encoding);
  return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
}

/** Whether the sender's clock is near ours, either way: an old request may be a replay, one of the future is not to be kept valid. */
function isInWindow(
  text: string,
  { webhook, now, digits }: { webhook: Webhook; now: number; digits: 10 | 13 },
): boolean {
  if (!/^\d+$/.test(text) || text.length !== digits) return false;
  const at = Number(text) * (digits === 10 ? 1_000 : 1);
  return Math.abs(now - at) <= webhook.windowMs;
}
