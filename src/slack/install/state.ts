import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long somebody may take on Slack's page. */
export const STATE_SECONDS = 600;

/** What goes to Slack and comes back, and what stays in the browser that began. */
export type Begun = { readonly state: string; readonly cookie: string };

export type StateProblem =
  | 'state_missing'
  | 'state_wrong'
  | 'state_expired'
  | 'cookie_missing'
  | 'cookie_wrong';
export type StateVerdict =
  | { readonly ok: true; readonly nonce: string }
  | { readonly ok: false; readonly problem: StateProblem };

/** A state for one installation, good for ten minutes and for this browser alone. */
export function beginState(secret: string, nowMs: number): Begun {
  const cookie = randomBytes(24).toString('base64url');
  const nonce = randomBytes(18).toString('base64url');
  const until = String(Math.floor(nowMs / 1000) + STATE_SECONDS);
  return { cookie, state: `${until}.${nonce}.${macOf(secret, { until, nonce, cookie })}` };
}

/** Whether the state that came back is ours, fresh, and of the browser that sends the cookie. */
export function judgeState(
  secret: string,
  given: { readonly state: string | undefined; readonly cookie: string | undefined },
  nowMs: number,
): StateVerdict {
  const { state, cookie } = given;
  if (!state) return { ok: false, problem: 'state_missing' };
  if (!cookie) return { ok: false, problem: 'cookie_missing' };
  const parts = /^(\d{10})\.([\w-]{24})\.([\w-]{43})$/.exec(state);
  const [, until = '', nonce = '', mac = ''] = parts ?? [];
  if (!parts) return { ok: false, problem: 'state_wrong' };
  // The cookie is part of what is signed, so a wrong cookie and a forged state look alike; both are refused.
  if (!isSame(mac, macOf(secret, { until, nonce, cookie }))) return { ok: false, problem: 'cookie_wrong' };
  if (Number(until) * 1000 < nowMs) return { ok: false, problem: 'state_expired' };
  return { ok: true, nonce };
}

const macOf = (secret: string, signed: { until: string; nonce: string; cookie: string }): string =>
  createHmac('sha256', secret)
    .update(`tieout install:${signed.until}:${signed.nonce}:${signed.cookie}`)
    .digest('base64url');

const isSame = (given: string, expected: string): boolean =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
