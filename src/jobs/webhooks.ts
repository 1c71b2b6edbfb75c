import { setTimeout as sleep } from 'node:timers/promises';
import type { WebhookEndpoint } from '../core/webhook-endpoint.ts';
import type { Sql } from '../db/client.ts';
import type { Logger } from '../observe/logger.ts';
import type { Sending } from '../pipeline/webhook/attempt.ts';
import { type SentOnce, sendDue } from '../pipeline/webhook/send-due.ts';

type WebhookOptions = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly endpoints: readonly WebhookEndpoint[];
  readonly keysOf: (endpoint: WebhookEndpoint) => readonly Buffer[];
  readonly logger: Logger;
  /** How host names become addresses; the system's way unless said. */
  readonly resolve?: Sending['resolve'];
};

/** A hold is told of within a second or so; a look that finds nothing costs one look-up in an index. */
const POLL_MS = 1_000;
const STOP_MS = 10_000;

/** Sends what endpoints are to be told, each in a loop of its own: one that hangs delays no other. Leases keep instances apart. */
export function startWebhooks(options: WebhookOptions): { stop: () => Promise<void> } {
  const ending = new AbortController();
  const loops = options.endpoints.map((endpoint) => tell(endpoint, { ...options, signal: ending.signal }));
  return {
    stop: async () => {
      ending.abort();
      await Promise.race([Promise.all(loops), sleep(STOP_MS, undefined, { ref: false })]);
    },
  };
}

async function tell(
  endpoint: WebhookEndpoint,
  { sql, workspaceId, keysOf, logger, signal, resolve }: WebhookOptions & { readonly signal: AbortSignal },
): Promise<void> {
  const keys = keysOf(endpoint);
  const terms = { workspaceId, endpoint, keys, resolve, clock: () => new Date(), chance: Math.random };
  while (!signal.aborted) {
    const sent = await sendDue(sql, terms).catch((error: unknown) => {
      logger.error(
        { err: error, workspaceId, endpoint: endpoint.key },
        'webhooks could not be sent; they wait',
      );
      return [];
    });
    for (const one of sent) note(logger, { workspaceId, endpoint: endpoint.key }, one);
    if (sent.length === 0) await sleep(POLL_MS, undefined, { signal }).catch(() => {}); // woken by the end
  }
}

function note(
  logger: Logger,
  about: { readonly workspaceId: string; readonly endpoint: string },
  { verdict, ...one }: SentOnce,
): void {
  const facts = { ...about, ...one };
  if (verdict.state === 'sent') logger.info(facts, 'webhook sent');
  else if (verdict.state === 'pending')
    logger.warn({ ...facts, waitMs: verdict.waitMs }, 'webhook not taken; it is tried again');
  else
    logger.error(
      facts,
      'webhook given up: mend the receiver, then run "tieout webhooks replay" with its message',
    );
}
