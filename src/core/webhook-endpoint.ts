import type { WebhookKind } from './webhook-message.ts';

/** Somebody outside who is told of events by signed webhooks. */
export type WebhookEndpoint = {
  readonly key: string;
  readonly url: string;
  readonly kinds: readonly WebhookKind[];
  /** Names of variables of the environment; each signs, so that a new secret can be put beside the old. */
  readonly secrets: readonly string[];
  /** Private networks (CIDR) that may be reached. */
  readonly networks: readonly string[];
  /** From the first look-up to the last byte of the answer. */
  readonly timeoutMs: number;
};

/** After so many attempts, about three days, a message is given up. */
export const MOST_ATTEMPTS = 16;

const FIRST_WAIT_MS = 5_000;
const GROWS_BY = 4;
const LONGEST_WAIT_MS = 8 * 3_600_000;
const LONGEST_ASKED_MS = 24 * 3_600_000;

/**
 * How long to wait after this many failed attempts: 5 s, 20 s, 80 s and so on up to 8 h, each a fifth more or less, so that
 * what failed together does not come back together; longer when the receiver asks for it, up to a day.
 *
 * Units: milliseconds; `chance` from 0 to below 1.
 */
export function retryWaitMs(
  attempts: number,
  { chance, askedMs }: { readonly chance: number; readonly askedMs: number | undefined },
): number {
  const grown = Math.min(FIRST_WAIT_MS * GROWS_BY ** (attempts - 1), LONGEST_WAIT_MS);
  const jittered = grown * (0.8 + chance * 0.4);
  return Math.round(Math.max(jittered, Math.min(askedMs ?? 0, LONGEST_ASKED_MS)));
}

/** What one attempt came to: an HTTP status, or the reason why there was none. */
export type Attempt = {
  readonly status: number | undefined;
  readonly problem: string | undefined;
  readonly askedMs: number | undefined;
};

export type Verdict =
  | { readonly state: 'sent' }
  | { readonly state: 'pending'; readonly waitMs: number }
  | { readonly state: 'dead' };

/** What becomes of a message after an attempt. 410 says that nobody wants it any more; everything else is tried again. */
export function judgeAttempt(
  { status, askedMs }: Attempt,
  { attempts, chance }: { readonly attempts: number; readonly chance: number },
): Verdict {
  if (status !== undefined && status >= 200 && status < 300) return { state: 'sent' };
  if (status === 410 || attempts >= MOST_ATTEMPTS) return { state: 'dead' };
  return { state: 'pending', waitMs: retryWaitMs(attempts, { chance, askedMs }) };
}
