/** So many requests a second are let through, with as many again at once after a pause. */
export type Pace = {
  /** Milliseconds until the next may come; undefined when it may now, and is counted. */
  readonly wait: (who: string, nowMs: number) => number | undefined;
};

type Bucket = { tokens: number; atMs: number };

/** Buckets of callers that have been silent are full again and need not be remembered. */
const REMEMBERED = 10_000;

/** A pace of `perSecond` for each caller by itself. */
export function paceOf(perSecond: number): Pace {
  const most = perSecond * 2;
  const buckets = new Map<string, Bucket>();
  return {
    wait: (who, nowMs) => {
      const before = buckets.get(who) ?? { tokens: most, atMs: nowMs };
      const elapsed = Math.max(0, nowMs - before.atMs) / 1000;
      const tokens = Math.min(most, before.tokens + elapsed * perSecond);
      const isLetThrough = tokens >= 1;
      if (!buckets.has(who) && buckets.size >= REMEMBERED) buckets.clear();
      buckets.set(who, { tokens: isLetThrough ? tokens - 1 : tokens, atMs: nowMs });
      return isLetThrough ? undefined : ((1 - tokens) / perSecond) * 1000;
    },
  };
}
