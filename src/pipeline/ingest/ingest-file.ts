import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { FeedContract } from '../../core/contract.ts';
import { Fault } from '../../core/fault.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/new-id.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { copyStaged } from './copy-staged.sql.ts';
import { printable, recordIds } from './copy-text.ts';
import { countPlanned } from './count-planned.sql.ts';
import { createStaged } from './create-staged.sql.ts';
import { findDelivery } from './find-delivery.sql.ts';
import { hasRecords } from './has-records.sql.ts';
import { insertDelivery, type NewDelivery } from './insert-delivery.sql.ts';
import { insertRecords } from './insert-records.sql.ts';
import { keepLosers } from './keep-losers.ts';
import { keepVersions } from './keep-versions.sql.ts';
import { type FeedRow, lockFeed } from './lock-feed.sql.ts';
import { type DeliveredFile, withDeliveredFile } from './open/delivered-file.ts';
import { type Manner, recognise } from './open/recognise.ts';
import { textOf } from './open/text.ts';
import { planRows } from './plan-rows.sql.ts';
import type { DeliveryProblem } from './problem.ts';
import { quarantineFile } from './quarantine-file.sql.ts';
import { quarantineRows } from './quarantine-rows.sql.ts';
import { copyDelivery, newReading, type Reading } from './read-delivery.ts';
import { type DeliveryReport, type DeliveryRow, NO_ROWS, type RowCounts } from './report.ts';
import { sumSuperseded } from './sum-superseded.sql.ts';
import { totals } from './totals.ts';
import { updateRecords } from './update-records.sql.ts';

export type IngestRequest = {
  readonly workspaceId: string;
  readonly contract: FeedContract & Pick<Versioned, 'sha256'>;
  readonly from: { readonly path: string } | { readonly stream: Readable };
  /** How people know the delivery; the file's name when not given. */
  readonly name?: string;
  /** The name by which the delivery's bytes are known again, from their checksum; the checksum itself unless said. */
  readonly identify?: (checksum: string) => string;
  /** Does what belongs to the delivery, in its transaction: it stands or falls with it. */
  readonly settle?: (tx: Tx, report: DeliveryReport) => Promise<void>;
};

/**
 * Reads one delivery into records, in one transaction, and reports every row of it.
 *
 * Shape:  the same bytes under the same contract version again write nothing (`already_delivered`). Rows that break the
 *         contract are quarantined and the others go on; what may be half a file is quarantined whole.
 * Throws: Fault('feed_unknown'), Fault('contract_not_applied'), Fault('file_…'), and what the database throws.
 */
export async function ingestFile(sql: Sql, request: IngestRequest): Promise<DeliveryReport> {
  const { limits } = request.contract;
  return withDeliveredFile(request.from, limits === undefined ? {} : { limits }, (delivered) =>
    inWorkspace(sql, request.workspaceId, async (tx) => {
      const feed = await lockedFeed(tx, request);
      const file = { ...delivered, identity: request.identify?.(delivered.checksum) ?? delivered.checksum };
      const name = request.name ?? ('path' in request.from ? basename(request.from.path) : 'standard input');
      const delivery = { request, file, feed, name, deliveryId: newId() };
      const { workspaceId } = request;
      const before = await findDelivery(tx, { ...feed, workspaceId, checksum: file.identity });
      const report = before === undefined ? await take(tx, delivery) : repeated(delivery, before);
      await request.settle?.(tx, report);
      return report;
    }),
  );
}

/** Enough to see what it was. */
const KEPT_OF_REFUSED = 4_096;

type Delivery = {
  readonly request: IngestRequest;
  readonly file: DeliveredFile & { readonly identity: string };
  readonly feed: FeedRow;
  readonly name: string;
  readonly deliveryId: string;
};

async function lockedFeed(tx: Tx, { workspaceId, contract }: IngestRequest): Promise<FeedRow> {
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

async function take(tx: Tx, delivery: Delivery): Promise<DeliveryReport> {
  const { request, file } = delivery;
  const reading = newReading();
  const manner = recognise(file, request.contract);
  if (!manner.ok) return refuseFile(tx, delivery, { reading, problem: manner.refusal });
  reading.warnings.push(...manner.value.notes);
  await createStaged(tx);
  const fail = (problem: DeliveryProblem): void => {
    reading.problem ??= problem;
  };
  const text = textOf(file, manner.value, { fail });
  const nextId = recordIds(Date.now(), randomBytes);
  await copyStaged(tx, copyDelivery(text, { contract: manner.value.contract, reading, nextId }));
  if (reading.problem !== undefined) return refuseFile(tx, delivery, { reading, problem: reading.problem });
  return takeRows(tx, delivery, { reading, manner: manner.value });
}

async function refuseFile(
  tx: Tx,
  delivery: Delivery,
  { reading, problem }: { reading: Reading; problem: DeliveryProblem },
): Promise<DeliveryReport> {
  const record = toRecord(delivery, { counts: NO_ROWS, amounts: {}, warnings: reading.warnings, problem });
  await insertDelivery(tx, record);
  const { workspaceId, deliveryId } = record;
  const head = delivery.file.head.subarray(0, KEPT_OF_REFUSED);
  await quarantineFile(tx, {
    workspaceId,
    deliveryId,
    reason: problem.code,
    detail: printable(problem.detail),
    head,
  });
  await audit(tx, record, delivery);
  return toReport(record, delivery, {});
}

async function takeRows(
  tx: Tx,
  delivery: Delivery,
  { reading, manner }: { reading: Reading; manner: Manner },
): Promise<DeliveryReport> {
  const { workspaceId } = delivery.request;
  const { deliveryId } = delivery;
  const { feedId } = delivery.feed;
  const { contract } = manner;
  const isFirst = !(await hasRecords(tx, { workspaceId, feedId }));
  await planRows(tx, { workspaceId, feedId, hasRevision: contract.revision !== undefined, isFirst });
  const accepted = reading.rowsRead - reading.rowsSkipped - sumOf(reading.reasons);
  const { rowsDuplicate, rowsOlder, ...planned } = await countPlanned(tx, { accepted, isFirst });
  const amounts = totals(reading.amounts, await sumSuperseded(tx));
  const hasLosers = rowsDuplicate + rowsOlder > 0;
  if (hasLosers) await keepLosers(tx, { text: readTwice(delivery.file, manner), contract });
  const reasons = withLosers(reading.reasons, { duplicate_key: rowsDuplicate, older_revision: rowsOlder });
  const counts = {
    ...planned,
    rowsRead: reading.rowsRead,
    rowsSkipped: reading.rowsSkipped,
    rowsQuarantined: sumOf(reasons),
  };
  const record = toRecord(delivery, {
    counts,
    amounts,
    warnings: reading.warnings,
    // A file of nothing but superseded rows was read, and is merely late.
    problem: hasLosers ? undefined : nothingReadable(counts, reading),
  });
  await insertDelivery(tx, record);
  await quarantineRows(tx, { workspaceId, deliveryId });
  await keepVersions(tx, { workspaceId });
  await updateRecords(tx, { workspaceId, deliveryId });
  await insertRecords(tx, { workspaceId, feedId, deliveryId, isFirst });
  await audit(tx, record, delivery);
  return toReport(record, delivery, reasons);
}

/** The same text once more: what was read without a problem has none. */
const readTwice = (file: DeliveredFile, manner: Manner): AsyncIterable<Buffer> =>
  textOf(file, manner, {
    fail: ({ detail }) => {
      throw new Error(`a delivery that was read cannot be read again: ${detail}`);
    },
  });

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** JSON lines may have refused rows as `duplicate_key` before. */
function withLosers(
  reasons: Readonly<Record<string, number>>,
  losers: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const found = Object.entries(losers).filter(([, count]) => count > 0);
  return { ...reasons, ...Object.fromEntries(found.map(([code, n]) => [code, n + (reasons[code] ?? 0)])) };
}

function nothingReadable(counts: RowCounts, reading: Reading): DeliveryProblem | undefined {
  const accepted = counts.rowsNew + counts.rowsChanged + counts.rowsUnchanged;
  if (accepted > 0 || counts.rowsQuarantined === 0) return undefined;
  const reasons = Object.entries(reading.reasons).map(([reason, count]) => `${reason} ${count}`);
  const detail =
    `none of the ${counts.rowsQuarantined} rows keeps the contract (${reasons.join(', ')}); the first is ` +
    `${reading.firstRefusal ?? ''}; see the quarantined rows, and correct the file or the contract`;
  return { code: 'no_row_readable', detail };
}

function toRecord(
  { request, file, feed, name, deliveryId }: Delivery,
  outcome: {
    readonly counts: RowCounts;
    readonly amounts: Readonly<Record<string, string>>;
    readonly warnings: readonly string[];
    readonly problem: DeliveryProblem | undefined;
  },
): NewDelivery {
  return {
    ...outcome.counts,
    workspaceId: request.workspaceId,
    deliveryId,
    feedId: feed.feedId,
    contractVersion: feed.contractVersion,
    checksum: file.identity,
    name,
    bytes: file.bytes,
    status: outcome.problem === undefined ? 'accepted' : 'quarantined',
    problem: outcome.problem && printable(outcome.problem.detail),
    amounts: outcome.amounts,
    warnings: outcome.warnings.map(printable),
  };
}

async function audit(tx: Tx, record: NewDelivery, { request }: Delivery): Promise<void> {
  const { workspaceId, deliveryId, status, problem } = record;
  await appendAudit(tx, {
    workspaceId,
    facts: [
      {
        action: `delivery.${status}`,
        entity: 'delivery',
        entityId: deliveryId,
        actor: { kind: 'program', name: 'ingest' },
        reason: problem,
        data: {
          feed: request.contract.feed,
          name: record.name,
          checksum: record.checksum,
          contract_version: record.contractVersion,
          rows_read: record.rowsRead,
          rows_new: record.rowsNew,
          rows_changed: record.rowsChanged,
          rows_unchanged: record.rowsUnchanged,
          rows_quarantined: record.rowsQuarantined,
          rows_skipped: record.rowsSkipped,
          amounts: record.amounts,
        },
      },
    ],
  });
}

function toReport(
  record: NewDelivery,
  { request, name }: Delivery,
  reasons: Readonly<Record<string, number>>,
): DeliveryReport {
  const { deliveryId, status, problem, amounts, warnings } = record;
  const { rowsRead, rowsNew, rowsChanged, rowsUnchanged, rowsQuarantined, rowsSkipped } = record;
  const counts = { rowsRead, rowsNew, rowsChanged, rowsUnchanged, rowsQuarantined, rowsSkipped };
  return {
    deliveryId,
    feed: request.contract.feed,
    name,
    status,
    problem,
    ...counts,
    amounts,
    warnings,
    reasons,
  };
}

/** Nothing was written, so nothing counts: the earlier delivery's numbers are its own. */
const repeated = ({ request, name }: Delivery, before: DeliveryRow): DeliveryReport => ({
  deliveryId: before.deliveryId,
  feed: request.contract.feed,
  name,
  status: 'already_delivered',
  problem: before.problem ?? undefined,
  ...NO_ROWS,
  amounts: before.amounts,
  warnings: [],
  reasons: {},
});
