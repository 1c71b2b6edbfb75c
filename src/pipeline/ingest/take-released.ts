import { Readable } from 'node:stream';
import type { FeedContract, Format } from '../../core/contract.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { Sql } from '../../db/client.ts';
import { countChanges, refreshStatistics } from '../../db/refresh-statistics.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import { wholeSecond, withTimes } from './as-of.ts';
import { lockedFeed } from './ingest-file.ts';
import { withDeliveredFile } from './open/delivered-file.ts';
import { readPart } from './read-part.sql.ts';
import { type ReleasedDelivery, releasedDeliveries } from './released-deliveries.sql.ts';
import type { DeliveryReport } from './report.ts';
import { take } from './take.ts';
import { weekdayOf } from './weekday-of.sql.ts';

type Contract = FeedContract & Pick<Versioned, 'sha256'>;

/**
 * Takes in the deliveries of these feeds that a person released, each in a transaction of its own, from the bytes that were kept and by the
 * contract in force. Whoever else does the same at the same time does nothing twice.
 *
 * Throws: what one of them failed with, after all were tried; it stays released.
 */
export async function takeReleased(
  sql: Sql,
  { workspaceId, feeds }: { workspaceId: string; feeds: ReadonlyMap<string, Contract> },
): Promise<readonly DeliveryReport[]> {
  const waiting = await inWorkspace(sql, workspaceId, (tx) => releasedDeliveries(tx, { workspaceId }));
  const reports: DeliveryReport[] = [];
  const errors: unknown[] = [];
  const failing = new Set<string>();
  for (const released of waiting) {
    const contract = feeds.get(released.feed);
    // Of one feed they are taken in their order, or not at all.
    if (contract === undefined || failing.has(released.feed)) continue;
    try {
      const report = await takeOne(sql, { workspaceId, contract, released });
      if (report) reports.push(report);
    } catch (error) {
      errors.push(error);
      failing.add(released.feed);
    }
  }
  if (reports.some(({ rowsNew, rowsChanged }) => rowsNew + rowsChanged > 0)) await refreshStatistics(sql);
  if (errors.length > 1)
    throw new AggregateError(errors, `released deliveries of ${errors.length} feeds could not be taken`);
  if (errors.length === 1) throw errors[0];
  return reports;
}

type One = { readonly workspaceId: string; readonly contract: Contract; readonly released: ReleasedDelivery };

async function takeOne(
  sql: Sql,
  { workspaceId, contract, released }: One,
): Promise<DeliveryReport | undefined> {
  const { deliveryId, name } = released;
  const stream = Readable.from(keptBytes(sql, { workspaceId, deliveryId }));
  return withDeliveredFile({ stream }, {}, (file) =>
    inWorkspace(sql, workspaceId, async (tx) => {
      const feed = await lockedFeed(tx, { workspaceId, contract });
      // Somebody else may have taken it, or a delivery have come, before the feed was ours.
      const [still] = await releasedDeliveries(tx, { workspaceId, deliveryId });
      if (still === undefined) return undefined;
      const { orderedAt, isPast, checksum, bytes, manner } = still;
      const arrived = wholeSecond(orderedAt.getTime());
      const delivered = {
        ...contract,
        ...(manner && { format: manner.format as Format }),
        ...(manner?.stream !== undefined && { stream: manner.stream }),
      };
      const report = await take(tx, {
        request: { workspaceId, contract: withTimes(delivered, () => arrived) },
        file: { ...file, ...(manner?.isUtf8 && { isUtf8: true, parts: manner.parts ?? [] }) },
        checksum: async () => checksum,
        feed,
        name,
        deliveryId,
        orderedAt,
        weekday: await weekdayOf(tx, { at: orderedAt, zone: contract.zone }),
        isFirst: false,
        past: isPast ? { orderedAt, isReread: false } : undefined,
        released: { bytes },
      });
      await countChanges(tx);
      return report;
    }),
  );
}

async function* keptBytes(
  sql: Sql,
  about: { readonly workspaceId: string; readonly deliveryId: string },
): AsyncGenerator<Buffer> {
  for (let part = 1; ; part += 1) {
    const bytes = await inWorkspace(sql, about.workspaceId, (tx) => readPart(tx, { ...about, part }));
    if (bytes === undefined) return;
    yield bytes;
  }
}
