/** Slack's pace for posts: so many a second per channel, after a short burst. */
export class Pace {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  readonly #perSecond: number | null;
  readonly #burst: number;
  readonly #clock: () => number;

  constructor(options: { perSecond: number | null; burst: number; clock: () => number }) {
    this.#perSecond = options.perSecond;
    this.#burst = options.burst;
    this.#clock = options.clock;
  }

  /** Null when the post may go out; else the seconds to wait. */
  take(channel: string): number | null {
    if (this.#perSecond === null) return null;
    const now = this.#clock();
    const bucket = this.#buckets.get(channel) ?? { tokens: this.#burst, at: now };
    const tokens = Math.min(this.#burst, bucket.tokens + ((now - bucket.at) / 1000) * this.#perSecond);
    if (tokens < 1) {
      this.#buckets.set(channel, { tokens, at: now });
      return Math.max(1, Math.ceil((1 - tokens) / this.#perSecond));
    }
    this.#buckets.set(channel, { tokens: tokens - 1, at: now });
    return null;
  }
}
