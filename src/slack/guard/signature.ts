import { createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's clock and ours may differ by this much, either way. */
const WINDOW_S = 300;

export type SignedRequest = {
  readonly timestamp: string | string[] | undefined;
  readonly signature: string | string[] | undefined;
  readonly rawBody: Buffer;
};

/** Why a request is not Slack's, as a word for the log; undefined when it is. Compares over the raw bytes, in constant time. */
export function signatureProblem(
  request: SignedRequest,
  { secret, nowMs }: { secret: string; nowMs: number },
): string | undefined {
  const { timestamp, signature, rawBody } = request;
  // Number() would also take 0x…, 1e9 and blanks.
  if (typeof timestamp !== 'string' || !/^\d{10}$/.test(timestamp)) return 'timestamp_malformed';
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > WINDOW_S) return 'timestamp_outside_window';
  if (typeof signature !== 'string') return 'signature_missing';
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(rawBody).digest('hex');
  const expected = Buffer.from(`v0=${mac}`);
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'signature_wrong';
  return undefined;
}
