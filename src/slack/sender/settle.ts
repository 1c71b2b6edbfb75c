import type { LeaseKey } from '../../db/outbox/mark-attempt.sql.ts';
import { recordDead } from '../../db/outbox/record-dead.sql.ts';
import { recordRetry } from '../../db/outbox/record-retry.sql.ts';
import { recordSent, type Standing } from '../../db/outbox/record-sent.sql.ts';
import { recordUnknown } from '../../db/outbox/record-unknown.sql.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { type SenderContext, settledMs } from './context.ts';
import type { Outcome } from './outcome.ts';
import { elsewhere } from './trouble.ts';

/** How long the lane must rest now. */
export type Delivered = {
  readonly restMs: number;
  /** Slack's word, when it shuts the whole app out. */
  readonly shutOut?: string;
  /** A post took the place of one that a look-up did not find: should that one come late, there are two. */
  readonly isInPlace?: boolean;
};

export type Refused = Exclude<Outcome, { kind: 'done' }>;

const ATTEMPTS = 8;
const SHUT_OUT_MS = 60_000;

/** Records what else than success came of a call, and says how long the lane rests. */
export async function settle(context: SenderContext, message: Leased, outcome: Refused): Promise<Delivered> {
  const settler = SETTLERS[outcome.kind] as (c: SenderContext, m: Leased, o: Refused) => Promise<Delivered>;
  return await settler(context, message, outcome);
}

const SETTLERS = {
  rate_limited: async (context, message, outcome) => {
    await retry(context, message, { error: 'ratelimited', delayMs: 0, counts: false });
    return { restMs: outcome.waitMs };
  },
  unknown: async (context, message, outcome) => {
    await record(context, (tx) =>
      recordUnknown(tx, keyOf(context, message), {
        error: outcome.error,
        delayMs: 0,
        settleMs: settledMs(context),
      }),
    );
    context.logger.warn(
      { outboxId: message.outboxId, error: outcome.error },
      'outcome unknown; will look before sending again',
    );
    return paced(context);
  },
  shut_out: async (context, message, outcome) => {
    await retry(context, message, { error: outcome.error, delayMs: 0, counts: false });
    return { restMs: SHUT_OUT_MS, shutOut: outcome.error };
  },
  undeliverable: async (context, message, outcome) => {
    const goesElsewhere = await elsewhere(context, message, outcome.error);
    if (!goesElsewhere) return await bury(context, message, outcome.error);
    await retry(context, message, { error: outcome.error, delayMs: 0, counts: false });
    return paced(context);
  },
  unshowable: (context, message, outcome) => bury(context, message, outcome.error),
  gone: (context, message, outcome) => again(context, message, outcome.error),
  failed: (context, message, outcome) => again(context, message, outcome.error),
} satisfies {
  [Kind in Refused['kind']]: (
    context: SenderContext,
    message: Leased,
    outcome: Extract<Refused, { kind: Kind }>,
  ) => Promise<Delivered>;
};

/** A look-up that got no answer: the message stays unknown. Never guessed, because guessing wrong posts twice. */
export async function holdBack(
  context: SenderContext,
  message: Leased,
  outcome: Refused,
): Promise<Delivered> {
  const waitMs = outcome.kind === 'rate_limited' ? outcome.waitMs : backoffMs(message.attempts + 3);
  const error = `look-up: ${outcome.kind === 'rate_limited' ? 'ratelimited' : outcome.error}`;
  await record(context, (tx) =>
    recordUnknown(tx, keyOf(context, message), { error, delayMs: waitMs, settleMs: 0 }),
  );
  context.logger.error(
    { outboxId: message.outboxId, error },
    'cannot look up whether a message was sent; holding it back',
  );
  return { ...paced(context), ...(outcome.kind === 'shut_out' ? { shutOut: outcome.error } : {}) };
}

async function again(context: SenderContext, message: Leased, error: string): Promise<Delivered> {
  if (message.attempts >= ATTEMPTS) return await bury(context, message, error);
  await retry(context, message, { error, delayMs: backoffMs(message.attempts), counts: true });
  return paced(context);
}

/** Gives the message up, with the reason: it is a dead letter until it is wanted again or somebody has it retried. */
export async function bury(context: SenderContext, message: Leased, error: string): Promise<Delivered> {
  await record(context, (tx) => recordDead(tx, keyOf(context, message), error));
  const { outboxId, address, kind } = message;
  context.logger.error({ outboxId, address, kind, error }, 'message given up');
  return paced(context);
}

/** The message stands there, showing that revision. */
export async function sent(context: SenderContext, message: Leased, standing: Standing): Promise<Delivered> {
  const isRecorded = await record(context, (tx) => recordSent(tx, keyOf(context, message), standing));
  if (!isRecorded)
    context.logger.warn(
      { outboxId: message.outboxId },
      'lease had passed on; its holder will find the message',
    );
  return paced(context);
}

const retry = (
  context: SenderContext,
  message: Leased,
  how: { error: string; delayMs: number; counts: boolean },
): Promise<void> => record(context, (tx) => recordRetry(tx, keyOf(context, message), how));

export const record = <T>({ sql, workspaceId }: SenderContext, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inWorkspace(sql, workspaceId, work);

export const keyOf = ({ workspaceId }: SenderContext, { outboxId, token }: Leased): LeaseKey => ({
  workspaceId,
  outboxId,
  token,
});

export const paced = ({ timing }: SenderContext): Delivered => ({ restMs: timing.paceMs });

/** From one second, doubling to five minutes; half of it random, so that many do not return together. */
const backoffMs = (attempts: number): number =>
  Math.min(1_000 * 2 ** Math.max(0, attempts - 1), 300_000) * (0.5 + Math.random() / 2);
