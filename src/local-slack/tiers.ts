/** Calls that Slack lets through per minute, by tier. Methods of tier 5 (posting) have a pace of their own. */
const PER_MINUTE = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;

const TIER_OF: Record<string, keyof typeof PER_MINUTE> = {
  'users.list': 2,
  'usergroups.list': 2,
  'usergroups.users.list': 2,
  'conversations.list': 2,
  'chat.update': 3,
  'chat.delete': 3,
  'conversations.info': 3,
  'conversations.join': 3,
  'conversations.open': 3,
  'conversations.history': 3,
  'conversations.replies': 3,
  'users.lookupByEmail': 3,
  'users.conversations': 3,
  'reactions.add': 3,
  'team.info': 3,
  'bots.info': 3,
  'views.open': 4,
  'views.push': 4,
  'views.update': 4,
  'views.publish': 4,
  'chat.postEphemeral': 4,
  'users.info': 4,
  'conversations.members': 4,
  'files.getUploadURLExternal': 4,
  'files.completeUploadExternal': 4,
};

/** Slack's limit on calls of one method, as a bucket that fills again within a minute. */
export class Tiers {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  readonly #scale: number | null;
  readonly #clock: () => number;

  constructor({ scale, clock }: { scale: number | null; clock: () => number }) {
    this.#scale = scale;
    this.#clock = clock;
  }

  /** Null when the call may go through; else the seconds to wait. */
  take(method: string): number | null {
    const tier = TIER_OF[method];
    if (this.#scale === null || tier === undefined) return null;
    const perMinute = PER_MINUTE[tier] * this.#scale;
    const now = this.#clock();
    const bucket = this.#buckets.get(method) ?? { tokens: perMinute, at: now };
    const tokens = Math.min(perMinute, bucket.tokens + ((now - bucket.at) / 60_000) * perMinute);
    this.#buckets.set(method, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
    return tokens < 1 ? Math.max(1, Math.ceil(((1 - tokens) / perMinute) * 60)) : null;
  }
}
