import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FeedContract } from '../../core/contract.ts';
import { Fault } from '../../core/fault.ts';
import { readInstant } from '../../core/instant.ts';
import { scalarOf, textAt } from '../../core/json-text.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { Webhook } from '../../core/webhook.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { pushedName } from '../ingest/delivery-name.ts';
import { ingestFile } from '../ingest/ingest-file.ts';
import type { DeliveryReport } from '../ingest/report.ts';
import { markTaken } from './mark-taken.sql.ts';
import { type StoredEvent, storedEvents } from './stored-events.sql.ts';

/** Events that become one delivery. */
const BATCH = 5_000;

type Taking = {
  readonly workspaceId: string;
  readonly contract: FeedContract & Pick<Versioned, 'sha256'>;
  readonly webhook: Webhook;
  /** Asks the feed's source, because an event told of news. */
  readonly onNews: () => Promise<readonly DeliveryReport[]>;
};

/**
 * Makes records of the events that were pushed to a feed and stored, in batches, in the order they came. An event is marked as taken in
 * the transaction that makes its record: none is lost, none enters twice.
 */
export async function takeEvents(sql: Sql, taking: Taking): Promise<readonly DeliveryReport[]> {
  const reports: DeliveryReport[] = [];
  for (;;) {
    const events = await inWorkspace(sql, taking.workspaceId, (tx) =>
      storedEvents(tx, { workspaceId: taking.workspaceId, feed: taking.contract.feed, limit: BATCH }),
    );
    if (events.length === 0) return reports;
    reports.push(...(await takeBatch(sql, taking, events)));
  }
}

async function takeBatch(
  sql: Sql,
  { workspaceId, contract, webhook, onNews }: Taking,
  events: readonly StoredEvent[],
): Promise<readonly DeliveryReport[]> {
  const eventIds = events.map(({ eventId }) => eventId);
  const feed = contract.feed;
  if (webhook.gives === 'news') {
    const reports = await onNews();
    await inWorkspace(sql, workspaceId, (tx) =>
      markTaken(tx, { workspaceId, feed, eventIds, deliveryId: undefined }),
    );
    return reports;
  }
  const lines = linesOf(webhook, events);
  const report = await ingestFile(sql, {
    workspaceId,
    contract,
    from: { stream: Readable.from(lines.map(({ text }) => text)) },
    name: pushedName(events.length),
    extent: 'pushed',
    asOf: (line) => lines[line - 1]?.at ?? 0,
    // The events' names count, not their content: A, then B, then A again is three things that happened.
    identify: (checksum) => hash('sha256', [checksum, ...eventIds].join('\n'), 'hex'),
    settle: async (tx, { deliveryId }) => {
      const taken = await markTaken(tx, { workspaceId, feed, eventIds, deliveryId });
      if (taken === events.length) return;
      throw new Fault(
        'events_taken',
        `Events of feed "${feed}" are being taken elsewhere; nothing was done twice.`,
        {
          retryable: true,
        },
      );
    },
  });
  return [report];
}

type Line = { readonly text: string; readonly at: number };

/** The records of events, in the order in which they happened as far as they say so, else in which they came. */
function linesOf(webhook: Webhook, events: readonly StoredEvent[]): readonly Line[] {
  const lines = events.map((event) => {
    const text = event.body.toString('utf8');
    // What has no record where it should be is kept out as a row, with what came.
    const record = textAt(text, webhook.record) ?? text;
    return { text: `${record.replaceAll(/[\r\n]+/g, ' ')}\n`, at: timeOf(text, { webhook, event }) };
  });
  return webhook.at === undefined ? lines : lines.sort((a, b) => a.at - b.at);
}

/** When an event happened. One that does not say it, or names a time to come, which nothing could follow, happened when it came. */
function timeOf(
  text: string,
  { webhook: { at, windowMs }, event }: { webhook: Webhook; event: StoredEvent },
): number {
  const received = event.receivedAt.getTime();
  const said = at && readInstant(scalarOf(textAt(text, at)) ?? '');
  return said === undefined || said > received + windowMs ? received : said;
}
