/** So many at once, and one more a second: faster than anybody types, slower than a script. */
const BURST = 60;
const PER_MS = 1 / 1_000;

/** Tells whether somebody may ask once more. Kept by this process: it guards the database, and nothing hangs on it. */
export function perPerson(now: () => number = Date.now): (userId: string) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (userId) => {
    const at = now();
    const { tokens, at: before } = buckets.get(userId) ?? { tokens: BURST, at };
    const left = Math.min(BURST, tokens + (at - before) * PER_MS);
    // The last one asked stands last; whoever stands first has a full bucket long since.
    buckets.delete(userId);
    buckets.set(userId, { tokens: left < 1 ? left : left - 1, at });
    const [oldest] = buckets.keys();
    if (buckets.size > MOST_PEOPLE && oldest !== undefined) buckets.delete(oldest);
    return left >= 1;
  };
}

const MOST_PEOPLE = 10_000;
