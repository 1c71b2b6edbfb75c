/** What one call to Slack came to, sorted by what has to be done about it. */
export type Outcome =
  | { readonly kind: 'done'; readonly body: Readonly<Record<string, unknown>> }
  /** Slack wants a pause; nothing was taken. */
  | { readonly kind: 'rate_limited'; readonly waitMs: number }
  /** Nobody knows whether Slack took it. */
  | { readonly kind: 'unknown'; readonly error: string }
  /** The message to change is not there any more. */
  | { readonly kind: 'gone'; readonly error: string }
  /** Slack refuses how the message looks. */
  | { readonly kind: 'unshowable'; readonly error: string }
  /** The app is not let in at all: every other message would fare the same. */
  | { readonly kind: 'shut_out'; readonly error: string }
  /** This message can never be delivered there. */
  | { readonly kind: 'undeliverable'; readonly error: string }
  /** Surely not taken; may work later. */
  | { readonly kind: 'failed'; readonly error: string };

type Refused = Exclude<Outcome['kind'], 'done' | 'rate_limited'>;

/** Slack's error codes that need something else than another try. */
const CODES: Readonly<Record<string, Refused | 'rate_limited'>> = {
  ratelimited: 'rate_limited',
  rate_limited: 'rate_limited',
  message_limit_exceeded: 'rate_limited',
  // Documented as "some aspect of the operation may have succeeded": not a refusal, although ok is false.
  internal_error: 'unknown',
  fatal_error: 'unknown',
  request_timeout: 'unknown',
  service_unavailable: 'unknown',
  message_not_found: 'gone',
  invalid_blocks: 'unshowable',
  invalid_blocks_format: 'unshowable',
  msg_blocks_too_long: 'unshowable',
  msg_too_long: 'unshowable',
  metadata_too_large: 'unshowable',
  no_text: 'unshowable',
  invalid_auth: 'shut_out',
  not_authed: 'shut_out',
  token_revoked: 'shut_out',
  token_expired: 'shut_out',
  account_inactive: 'shut_out',
  org_login_required: 'shut_out',
  missing_scope: 'shut_out',
  channel_not_found: 'undeliverable',
  not_in_channel: 'undeliverable',
  is_archived: 'undeliverable',
  is_inactive: 'undeliverable',
  restricted_action: 'undeliverable',
  restricted_action_read_only_channel: 'undeliverable',
  cant_update_message: 'undeliverable',
  edit_window_closed: 'undeliverable',
  user_not_found: 'undeliverable',
  users_not_found: 'undeliverable',
  user_disabled: 'undeliverable',
  cannot_dm_bot: 'undeliverable',
};

/** Slack said no to this call, and will again: by one of its codes, not by failing. */
export const isFinal = (outcome: Exclude<Outcome, { kind: 'done' }>): boolean =>
  outcome.kind === 'undeliverable' ||
  outcome.kind === 'unshowable' ||
  (outcome.kind === 'failed' && /^[a-z0-9_]+$/.test(outcome.error));

const DEFAULT_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;

/** Before the request could leave this machine; everything else on the wire may have arrived. */
const NEVER_LEFT: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Sorts an answer that says ok. A post without a ts is no proof of anything. */
export function fromAnswer(body: Readonly<Record<string, unknown>>, needs: readonly string[]): Outcome {
  const missing = needs.find((field) => typeof body[field] !== 'string' || body[field] === '');
  if (missing !== undefined) return { kind: 'unknown', error: `the answer has no ${missing}` };
  return { kind: 'done', body };
}

/** Sorts what the Web API client threw. Unknown shapes count as unknown outcomes: looking is always safe, posting is not. */
export function fromError(error: unknown): Outcome {
  const { code, data, retryAfter, message } = shapeOf(error);
  if (code === 'slack_webapi_platform_error') return fromCode(data?.error);
  if (code === 'slack_webapi_rate_limited_error') return rateLimited(retryAfter);
  // The client has no class for a 429 whose Retry-After is not a number.
  if (message.startsWith('Retry header did not contain')) return rateLimited(undefined);
  if (innerCodes(error).some((inner) => NEVER_LEFT.has(inner))) return { kind: 'failed', error: message };
  return { kind: 'unknown', error: message };
}

function fromCode(given: unknown): Outcome {
  // An HTML page answered with 200 arrives here as the "code".
  if (typeof given !== 'string' || !/^[a-z0-9_]{1,80}$/.test(given)) {
    return { kind: 'unknown', error: 'the answer is not one of Slack' };
  }
  const kind = Object.hasOwn(CODES, given) ? CODES[given] : 'failed';
  if (kind === 'rate_limited') return rateLimited(undefined);
  return { kind: kind ?? 'failed', error: given };
}

function rateLimited(seconds: number | undefined): Outcome {
  const asked = seconds === undefined ? DEFAULT_WAIT_MS : seconds * 1_000;
  return { kind: 'rate_limited', waitMs: Math.min(Math.max(asked, 1_000), LONGEST_WAIT_MS) };
}

type ErrorShape = {
  readonly code: unknown;
  readonly data: { readonly error?: unknown } | undefined;
  readonly retryAfter: number | undefined;
  readonly message: string;
};

function shapeOf(error: unknown): ErrorShape {
  const { code, data, retryAfter } = error as {
    code?: unknown;
    data?: { error?: unknown };
    retryAfter?: unknown;
  };
  return {
    code,
    data,
    retryAfter: typeof retryAfter === 'number' && Number.isFinite(retryAfter) ? retryAfter : undefined,
    message: error instanceof Error ? error.message : String(error),
  };
}

function innerCodes(error: unknown): unknown[] {
  const codes: unknown[] = [];
  let link: unknown = error;
  for (let depth = 0; link instanceof Error && depth < 6; depth += 1) {
    codes.push((link as { code?: unknown }).code);
    if (link instanceof AggregateError)
      codes.push(...link.errors.map((inner: { code?: unknown }) => inner.code));
    link = (link as { original?: unknown }).original ?? link.cause;
  }
  return codes;
}
