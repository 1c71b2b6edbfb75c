import { basename } from 'node:path';
import { Fault } from '../../core/fault.ts';
import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/new-id.ts';
import { wantDeliveryAgain } from '../../db/outbox/want-delivery-again.sql.ts';
import { countChanges, refreshStatistics } from '../../db/refresh-statistics.sql.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { wholeSecond, withTimes } from './as-of.ts';
import type { IngestRequest } from './delivery.ts';
import { STANDARD_INPUT } from './delivery-name.ts';
import { findDelivery } from './find-delivery.sql.ts';
import { hasDelivery } from './has-delivery.sql.ts';
import { type FeedRow, lockFeed } from './lock-feed.sql.ts';
import { checksumOf, type DeliveredFile, withDeliveredFile } from './open/delivered-file.ts';
import { withFilesMerged } from './open/merge-files.ts';
import { orderOf } from './order-of.sql.ts';
import { type DeliveryReport, type DeliveryRow, NO_ROWS } from './report.ts';
import { supersedeHeld } from './supersede-held.sql.ts';
import { take } from './take.ts';

/**
 * Reads one delivery into records, in one transaction, and reports every row of it.
 *
 * Shape:  the same bytes under the same contract version again write nothing (`already_delivered`). Rows that break the
 *         contract are quarantined and the others go on; what may be half a file is quarantined whole; what differs too
 *         much from the deliveries before it waits for a person (`held`).
 * Throws: Fault('feed_unknown'), Fault('contract_not_applied'), Fault('file_…'), and what the database throws.
 */
export async function ingestFile(sql: Sql, request: IngestRequest): Promise<DeliveryReport> {
  const report = await withDelivered(request, (file) =>
    inWorkspace(sql, request.workspaceId, async (tx) => {
      const taken = await ingestInto(tx, request, file);
      await countChanges(tx);
      return taken;
    }),
  );
  if (report.rowsNew + report.rowsChanged > 0) await refreshStatistics(sql);
  return report;
}

/** Hands `use` what was delivered as one regular file. Throws: as `ingestFile`. */
export function withDelivered<T>(
  { from, contract, watch }: IngestRequest,
  use: (file: DeliveredFile) => Promise<T>,
): Promise<T> {
  if ('paths' in from) return withFilesMerged(from.paths, contract, use);
  return withDeliveredFile(from, { limits: contract.limits, watch }, use);
}

/** The same within a transaction of the caller's. */
export async function ingestInto(
  tx: Tx,
  request: IngestRequest,
  file: DeliveredFile,
): Promise<DeliveryReport> {
  const feed = await lockedFeed(tx, request);
  const name = request.name ?? nameOf(request.from);
  const { workspaceId, contract } = request;
  const { feedId } = feed;
  const identified = async (): Promise<string> => {
    const bytes = await checksumOf(file);
    return request.identify?.(bytes) ?? bytes;
  };
  // Where nothing was ever delivered, nothing is the same: a large file is read once, and not for its checksum before.
  const isNew = !(await hasDelivery(tx, { workspaceId, feed: contract.feed }));
  const known = isNew ? undefined : await identified();
  if (known !== undefined) {
    const before = await findDelivery(tx, { ...feed, workspaceId, checksum: known });
    if (before !== undefined) return await settled(tx, request, repeated({ request, name }, before));
    await closeHeld(tx, { workspaceId, feedId, checksum: known });
  }
  const about = { workspaceId, feedId, checksum: known, zone: contract.zone };
  const { isPast, isReread, ...order } = await orderOf(tx, about);
  const past = isPast ? { orderedAt: order.orderedAt, isReread } : undefined;
  const arrived = wholeSecond(order.orderedAt.getTime());
  const report = await take(tx, {
    request: { ...request, contract: withTimes(contract, request.asOf ?? (() => arrived)) },
    file,
    checksum: identified,
    feed,
    name,
    deliveryId: newId(),
    ...order,
    past,
    released: undefined,
  });
  return await settled(tx, request, report);
}

/** How people know a delivery that nobody named. */
function nameOf(from: IngestRequest['from']): string {
  if ('stream' in from) return STANDARD_INPUT;
  if ('path' in from) return basename(from.path);
  const names = [...from.paths].sort().map((path) => basename(path));
  return names.length <= 3 ? names.join(' + ') : `${names[0]} + ${names.length - 1} more`;
}

/** With what belongs to the delivery done in its transaction. */
async function settled(tx: Tx, { settle }: IngestRequest, report: DeliveryReport): Promise<DeliveryReport> {
  await settle?.(tx, report);
  return report;
}

/** The same bytes that wait under an earlier contract wait no longer: they are read again now. */
async function closeHeld(
  tx: Tx,
  about: { workspaceId: string; feedId: string; checksum: string },
): Promise<void> {
  const { workspaceId } = about;
  const closed = await supersedeHeld(tx, about);
  for (const deliveryId of closed) await wantDeliveryAgain(tx, { workspaceId, deliveryId });
  await appendAudit(tx, {
    workspaceId,
    facts: closed.map((deliveryId) => ({
      action: 'delivery.rejected' as const,
      entity: 'delivery' as const,
      entityId: deliveryId,
      actor: { kind: 'program' as const, name: 'ingest' },
      reason: 'read_again',
    })),
  });
}

/** The feed, locked; throws when it is not on record as the configuration has it. */
export async function lockedFeed(
  tx: Tx,
  { workspaceId, contract }: Pick<IngestRequest, 'workspaceId' | 'contract'>,
): Promise<FeedRow> {
  const feed = await lockFeed(tx, { workspaceId, feed: contract.feed });
  if (feed === undefined) {
    throw new Fault(
      'feed_unknown',
      `Feed "${contract.feed}" is not in the database yet: apply the configuration first.`,
    );
  }
  if (feed.sha256 !== contract.sha256) {
    const message = `The contract of feed "${contract.feed}" differs from the one in force: apply the configuration first.`;
    throw new Fault('contract_not_applied', message);
  }
  return feed;
}

/** Nothing was written, so nothing counts: the earlier delivery's numbers are its own. What became of it is told again. */
const repeated = (
  { request, name }: { readonly request: IngestRequest; readonly name: string },
  { deliveryId, problem, status, decidedBy, decidedAt, reasonCode, note, isKept, amounts }: DeliveryRow,
): DeliveryReport => ({
  deliveryId,
  feed: request.contract.feed,
  name,
  status: 'already_delivered',
  earlier: { status, decidedBy, decidedAt, reasonCode, note, isKept },
  problem: problem ?? undefined,
  ...NO_ROWS,
  rowsHeld: 0,
  recordsRemoved: 0,
  amounts,
  warnings: [],
  findings: [],
  reasons: {},
});
