import { Hono } from 'hono';
import { Fault } from '../core/fault.ts';
import type { Sql } from '../db/client.ts';
import type { Logger } from '../observe/logger.ts';
import { EventStore } from '../pipeline/receive/event-store.ts';
import { type PushTarget, receive } from '../pipeline/receive/receive.ts';

export type WebhookOptions = {
  readonly sql: Sql;
  readonly targets: readonly PushTarget[];
  /** Where senders reach the service, for signatures that hold the address; by the request's own host when not set. */
  readonly publicUrl: string | undefined;
  readonly logger: Logger;
  readonly clock?: () => number;
};

const NOT_FOUND = { error: 'not_found', detail: 'there is no such address' } as const;

/**
 * POST /webhooks/<feed>: answered when what was pushed is on the record. A feed that is not there and one that takes no pushes are
 * answered alike.
 */
export function webhookRoutes({ sql, targets, publicUrl, logger, clock = Date.now }: WebhookOptions): Hono {
  const byFeed = new Map<string, PushTarget[]>();
  for (const target of targets) {
    const { feed } = target.contract;
    byFeed.set(feed, [...(byFeed.get(feed) ?? []), target]);
  }
  const store = new EventStore(sql);
  const site = new Hono();
  site.post('/webhooks/:feed', async (c) => {
    const known = byFeed.get(c.req.param('feed'));
    if (known === undefined) return c.json(NOT_FOUND, 404);
    const most = Math.max(...known.map(({ webhook }) => webhook.maxBytes));
    const body = await bodyOf(c.req.raw, most);
    if (body === undefined) return c.json({ error: 'too_large', detail: `more than ${most} bytes` }, 413);
    if (![undefined, '', 'identity'].includes(c.req.header('content-encoding'))) {
      return c.json({ error: 'encoding_unknown', detail: 'send the body as it is, not packed' }, 415);
    }
    const push = { method: 'POST', url: addressOf(c.req.raw, publicUrl), headers: c.req.header(), body };
    try {
      const received = await receive({ sql, store }, known, { push, now: clock() });
      if (received.ok) return c.json(received.value, received.value.status === 'parked' ? 202 : 200);
      const { status, code, detail } = received.refusal;
      logger.info({ feed: c.req.param('feed'), status, code }, 'a push was not taken');
      return c.json({ error: code, detail }, status);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      logger.error({ err: error, feed: c.req.param('feed') }, 'a push could not be stored');
      return c.json({ error: 'unavailable', detail: 'nothing was stored; send it again' }, 503, {
        'retry-after': '5',
      });
    }
  });
  return site;
}

/** Of a body that is too long so much is read and thrown away: a sender that is cut off sees no answer. */
const MOST_DRAINED = 32_000_000;

/** The body's bytes; undefined when there are more than may be. */
async function bodyOf(request: Request, most: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_DRAINED) return undefined;
    if (bytes <= most) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes > most ? undefined : Buffer.concat(chunks);
}

function addressOf(request: Request, publicUrl: string | undefined): string {
  const { pathname, search, host } = new URL(request.url);
  const base = publicUrl === undefined ? `https://${host}` : publicUrl.replace(/\/$/, '');
  return `${base}${pathname}${search}`;
}
