import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../db/new-id.ts';
import { countMessages, type MessageCounts } from '../../db/outbox/count-messages.sql.ts';
import { releaseLane } from '../../db/outbox/release-lane.sql.ts';
import { takeLane } from '../../db/outbox/take-lane.sql.ts';
import { type Leased, takeMessage } from '../../db/outbox/take-message.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { appendAudit } from '../../pipeline/audit/append.sql.ts';
import { leaseMs, type SenderContext } from './context.ts';
import { deliver } from './deliver.ts';
import { shutOutFact } from './delivery-facts.ts';
import { startJanitor } from './janitor.ts';
import { startKeeper } from './keeper.ts';

export type Sender = {
  /** Looks now whether something is due, instead of within a second. */
  readonly wake: () => void;
  /** Resolves once nothing waits any more, or at the deadline, with what is left. */
  readonly drainUntilIdle: (limit: { deadlineMs: number }) => Promise<MessageCounts>;
  readonly counts: () => Promise<MessageCounts>;
  /** Slack's last word was that this app is not let in: a bad token, a missing scope. */
  readonly isShutOut: () => boolean;
  /** Takes nothing new and resolves when what is under way is recorded, or after 10 s. */
  readonly stop: () => Promise<void>;
};

const POLL_MS = 1_000;
const IN_FLIGHT = 8;
const SHUT_OUT_PAUSE_MS = 60_000;
const STOP_MS = 10_000;

/**
 * Sends what the outbox holds, until stopped: one message in flight per lane, several lanes at once.
 *
 * Any number of senders may run against one database; leases in Postgres keep them apart.
 */
export async function startSender(context: SenderContext): Promise<Sender> {
  const { logger } = context;
  const inFlight = new Set<Promise<void>>();
  let isStopping = false;
  let pausedUntil = 0;
  let isPumping = false;
  let isWoken = false;

  const run = async ({ leased, takenAt }: Taken): Promise<void> => {
    const delivered = await work(context, leased, takenAt);
    if (delivered.shutOut !== undefined) {
      const isFirst = pausedUntil === 0;
      pausedUntil = Date.now() + SHUT_OUT_PAUSE_MS;
      if (isFirst) await noteShutOut(context, delivered.shutOut);
      logger.error(
        'Slack does not let the app in; sending pauses for a minute. Check SLACK_BOT_TOKEN and the scopes.',
      );
    } else {
      pausedUntil = 0;
    }
    if (delivered.isInPlace) janitor.soon();
    // The lane's rest is over then, and the next of its messages is due.
    setTimeout(wake, Math.min(delivered.restMs, POLL_MS) + 5).unref();
  };

  const pump = async (): Promise<void> => {
    while (!isStopping && Date.now() >= pausedUntil && inFlight.size < IN_FLIGHT) {
      const taken = await take(context);
      if (!taken) return;
      const { outboxId } = taken.leased;
      const task: Promise<void> = run(taken)
        .catch((error: unknown) => logger.error({ err: error, outboxId }, 'sending failed'))
        .finally(() => {
          inFlight.delete(task);
          wake();
        });
      inFlight.add(task);
    }
  };

  const wake = (): void => {
    isWoken = true;
    if (isPumping || isStopping) return;
    isPumping = true;
    void (async () => {
      while (isWoken) {
        isWoken = false;
        await pump().catch((error: unknown) =>
          logger.warn({ err: error }, 'the outbox cannot be read; trying again'),
        );
      }
      isPumping = false;
    })();
  };

  const counts = () =>
    inWorkspace(context.sql, context.workspaceId, (tx) => countMessages(tx, context.workspaceId));
  const timer = setInterval(wake, POLL_MS);
  const janitor = startJanitor(context);
  const keeper = startKeeper(context);
  const unlisten = await listen(context, wake);
  wake();

  return {
    wake,
    counts,
    isShutOut: () => Date.now() < pausedUntil,
    drainUntilIdle: async ({ deadlineMs }) => {
      const deadline = performance.now() + deadlineMs;
      for (;;) {
        const now = await counts();
        if ((now.waiting === 0 && inFlight.size === 0) || performance.now() >= deadline) return now;
        wake();
        await sleep(50);
      }
    },
    stop: async () => {
      isStopping = true;
      clearInterval(timer);
      janitor.stop();
      await unlisten();
      await Promise.race([
        Promise.allSettled([...inFlight, keeper.stop()]),
        sleep(STOP_MS, undefined, { ref: false }),
      ]);
    },
  };
}

/** Without notifications the poll still finds everything, only later; so a failure to listen is no reason to stop. */
async function listen(
  { sql, workspaceId, logger }: SenderContext,
  wake: () => void,
): Promise<() => Promise<void>> {
  try {
    const subscription = await sql.listen('tieout_outbox', (woken) => {
      if (woken === workspaceId) wake();
    });
    return () => subscription.unlisten().catch(() => {}); // the connection is gone, and with it the subscription
  } catch (error) {
    logger.warn({ err: error }, 'cannot listen for outbox notifications; polling every second');
    return async () => {};
  }
}

/** Once per outage. An app that is not installed was uninstalled, which is on the trail already. */
async function noteShutOut({ sql, workspaceId, logger }: SenderContext, error: string): Promise<void> {
  if (error === 'not_installed') return;
  const facts = [shutOutFact(workspaceId, error)];
  await inWorkspace(sql, workspaceId, (tx) => appendAudit(tx, { workspaceId, facts })).catch((err: unknown) =>
    logger.error({ err, error }, 'that Slack shuts the app out could not be put on the trail'),
  );
}

/** A message, and when its lease began at the latest, by this process's own clock. */
type Taken = { readonly leased: Leased; readonly takenAt: number };

async function take(context: SenderContext): Promise<Taken | undefined> {
  const { sql, workspaceId } = context;
  const takenAt = performance.now();
  const terms = { workspaceId, token: newId(), leaseMs: leaseMs(context) };
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const address = await takeLane(tx, terms);
    if (address === undefined) return undefined;
    const leased = await takeMessage(tx, address, terms);
    if (!leased) await releaseLane(tx, { workspaceId, address, token: terms.token, restMs: 0 });
    return leased && { leased, takenAt };
  });
}

async function work(context: SenderContext, leased: Leased, takenAt: number) {
  const { sql, workspaceId } = context;
  const { address, token } = leased;
  const release = (restMs: number) =>
    inWorkspace(sql, workspaceId, (tx) => releaseLane(tx, { workspaceId, address, token, restMs }));
  try {
    const delivered = await deliver(context, leased, takenAt);
    await release(delivered.restMs);
    return delivered;
  } catch (error) {
    // The message stays leased, and is looked up when the lease ends; the lane need not wait for that.
    await release(context.timing.paceMs).catch(() => {});
    throw error;
  }
}
