import type { FeedContract } from '../../core/contract.ts';
import { type Finding, gravityOf } from '../../core/intake/finding.ts';
import { findingWords } from '../../core/intake/finding-words.ts';
import { printable } from '../../core/printable.ts';
import type { Tx } from '../../db/tx.ts';
import { countPlanned } from './count-planned.sql.ts';
import type { Delivery } from './delivery.ts';
import { isOwnName } from './delivery-name.ts';
import { forgetWaiting } from './forget-waiting.sql.ts';
import { hasRecords } from './has-records.sql.ts';
import { holdDelivery, isKept } from './hold.ts';
import { insertRecords } from './insert-records.sql.ts';
import { isHeldBy, judgeDrift, judgeFigures, policyOf } from './judge.ts';
import { keepBytes } from './keep-bytes.ts';
import { keepLosers } from './keep-losers.ts';
import { keepRemovedKeys } from './keep-removed-keys.sql.ts';
import { keepVersions } from './keep-versions.sql.ts';
import { noteChanged } from './note-changed.sql.ts';
import { noteSeen } from './note-seen.sql.ts';
import { noteTimes } from './note-times.sql.ts';
import type { DeliveredFile } from './open/delivered-file.ts';
import type { Manner } from './open/recognise.ts';
import { textOf } from './open/text.ts';
import { orderOfVersions, planRows } from './plan-rows.sql.ts';
import type { DeliveryProblem } from './problem.ts';
import { quarantineRows } from './quarantine-rows.sql.ts';
import { type Reading, seenOf } from './read-delivery.ts';
import { auditDelivery, keptManner, putRow, toReport, toRow } from './record-delivery.ts';
import { refuseAll } from './refuse-all.ts';
import { removeRecords } from './remove-records.sql.ts';
import type { DeliveryReport, RowCounts } from './report.ts';
import { settleAccepted } from './settle-accepted.sql.ts';
import { settleFile } from './settle-file.sql.ts';
import { settleRedelivered } from './settle-redelivered.sql.ts';
import { settleReplaced } from './settle-replaced.sql.ts';
import { sumSuperseded } from './sum-superseded.sql.ts';
import { sumWritten } from './sum-written.sql.ts';
import type { ReadDelivery } from './take.ts';
import { tellKeptOut, tellOwner } from './tell-owner.ts';
import { totals } from './totals.ts';
import { updateRecords } from './update-records.sql.ts';

/** Judges the staged rows of a delivery against those before it, and makes records of them, or keeps them waiting. */
export async function takeRows(tx: Tx, delivery: Delivery, read: ReadDelivery): Promise<DeliveryReport> {
  const { reading, manner, history, isWritten = false } = read;
  const { contract } = manner;
  const { workspaceId, extent = 'whole' } = delivery.request;
  const drift = judgeDrift(contract, seenOf(reading, 0), history);
  const isRefused = await refuseByPolicy(tx, delivery, { reading, manner, drift });
  const { watch } = delivery.request;
  watch?.stage(`all ${reading.rowsRead} rows are read; comparing them with what is on record`);
  const planned = await plan(tx, delivery, { reading, manner, isWritten });
  const seen = seenOf(reading, planned.counts.rowsDuplicate);
  const rows = reading.rowsRead - reading.rowsSkipped;
  const { amounts } = planned;
  const { weekday } = delivery;
  const findings =
    extent === 'whole'
      ? [
          ...judgeDrift(contract, seen, history),
          ...judgeFigures(contract, { seen, rows, amounts, weekday }, history),
        ]
      : [];
  const isHeld = delivery.released === undefined && isHeldBy(findings, policyOf(contract), delivery.feed);
  if (isHeld && isKept(delivery.file)) {
    const duplicates = planned.counts.rowsDuplicate;
    return await holdDelivery(tx, delivery, { reading, manner, findings, amounts, duplicates });
  }
  const { counts, reasons, problem } = await keepLosing(tx, delivery, { reading, manner, planned });
  const row = await toRow(delivery, {
    ...counts,
    contractVersion: delivery.feed.contractVersion,
    status: problem === undefined ? 'accepted' : 'quarantined',
    problem: problem?.detail,
    rowsHeld: 0,
    recordsRemoved: planned.counts.recordsRemoved,
    amounts,
    warnings: told(reading, findings, history.length === 0),
    findings,
    observed: extent === 'whole' ? seen : undefined,
    manner: keptManner(delivery.file, contract, reading),
  });
  watch?.stage('writing what changed');
  await putRow(tx, delivery, row);
  const { deliveryId } = delivery;
  if (isRefused && isKept(delivery.file)) await keepBytes(tx, delivery.file, { workspaceId, deliveryId });
  await write(tx, delivery, { isFirst: planned.isFirst, isWritten, hasRemovals: reading.removals > 0 });
  await auditDelivery(tx, delivery, { ...row, written: planned.written });
  if (findings.length > 0 || delivery.released) {
    await tellOwner(tx, { workspaceId, deliveryId, contract });
  } else if (sumOf(reading.reasons) > 0) {
    await tellKeptOut(tx, delivery, row);
  }
  return toReport(delivery, row, reasons);
}

/**
 * Where the feed does not wait for a person: rows of a delivery without a column that its fields need, or with a key of another kind, are kept
 * out, all of them.
 */
async function refuseByPolicy(
  tx: Tx,
  { feed, file, released }: Delivery,
  { reading, manner, drift }: { reading: Reading; manner: Manner; drift: readonly Finding[] },
): Promise<boolean> {
  // Where a column is there, each row says for itself whether it can be read.
  const [broken] = drift.filter(
    (finding) =>
      gravityOf(finding) === 'breaking' && ['column_removed', 'key_changed'].includes(finding.kind),
  );
  const isHeld = policyOf(manner.contract).breaking === 'hold' || feed.holdsDrift;
  if (broken === undefined || isHeld || released !== undefined) return false;
  const why = {
    reason: 'column_removed',
    field: 'fields' in broken ? broken.fields[0] : undefined,
    detail: printable(findingWords(broken)),
  } as const;
  const count = await refuseAll(tx, { text: readTwice(file, manner), contract: manner.contract, why });
  if (count === 0) return false;
  reading.reasons[why.reason] = count;
  reading.firstRefusal ??= why.detail;
  reading.removals = 0;
  reading.amounts.clear();
  return true;
}

/** Changes one after the other, of which several rows of one key are what the format is about. */
const isOfMessages = (format: FeedContract['format']): boolean => format === 'airbyte' || format === 'singer';

type Planned = {
  readonly isFirst: boolean;
  readonly counts: Awaited<ReturnType<typeof countPlanned>>;
  readonly amounts: Readonly<Record<string, string>>;
  /** Those of rows that become records or their next versions. */
  readonly written: Readonly<Record<string, string>>;
};

async function plan(
  tx: Tx,
  { request, feed, past }: Delivery,
  { reading, manner, isWritten }: { reading: Reading; manner: Manner; isWritten: boolean },
): Promise<Planned> {
  const { workspaceId } = request;
  const { feedId } = feed;
  const { contract } = manner;
  const isFirst = isWritten || (reading.removals === 0 && !(await hasRecords(tx, { workspaceId, feedId })));
  await planRows(tx, {
    workspaceId,
    feedId,
    order: orderOfVersions(contract),
    isFirst,
    isOfMessages: isOfMessages(contract.format) || request.extent === 'pushed',
    past,
  });
  const accepted = reading.rowsRead - reading.rowsSkipped - sumOf(reading.reasons);
  const counts = await countPlanned(tx, { accepted, isFirst });
  const amounts = totals(reading.amounts, await sumSuperseded(tx));
  return { isFirst, counts, amounts, written: isFirst ? amounts : await sumWritten(tx) };
}

async function keepLosing(
  tx: Tx,
  { file }: Delivery,
  { reading, manner, planned }: { reading: Reading; manner: Manner; planned: Planned },
): Promise<{
  counts: RowCounts;
  reasons: Readonly<Record<string, number>>;
  problem: DeliveryProblem | undefined;
}> {
  const { rowsDuplicate, rowsOlder, rowsSuperseded, rowsPast, rowsNew, rowsChanged, rowsUnchanged } =
    planned.counts;
  const losers = {
    duplicate_key: rowsDuplicate,
    older_revision: rowsOlder,
    superseded: rowsSuperseded,
    older_delivery: rowsPast,
  };
  const hasLosers = sumOf(losers) > 0;
  if (hasLosers) await keepLosers(tx, { text: readTwice(file, manner), contract: manner.contract });
  const reasons = withLosers(reading.reasons, losers);
  const { rowsRead, rowsSkipped } = reading;
  const counts = {
    rowsRead,
    rowsSkipped,
    rowsNew,
    rowsChanged,
    rowsUnchanged,
    rowsQuarantined: sumOf(reasons),
  };
  // A file of nothing but superseded rows was read, and is merely late.
  return { counts, reasons, problem: hasLosers ? undefined : nothingReadable(counts, reading) };
}

async function write(
  tx: Tx,
  delivery: Delivery,
  { isFirst, isWritten, hasRemovals }: { isFirst: boolean; isWritten: boolean; hasRemovals: boolean },
): Promise<void> {
  const { deliveryId, orderedAt, released } = delivery;
  const { workspaceId } = delivery.request;
  const { feedId } = delivery.feed;
  await quarantineRows(tx, { workspaceId, deliveryId });
  await keepVersions(tx, { workspaceId });
  await updateRecords(tx, { workspaceId, deliveryId });
  if (delivery.request.extent === 'pushed') await noteTimes(tx, { workspaceId, feedId });
  await removeRecords(tx, { workspaceId, deliveryId });
  if (!isWritten) await insertRecords(tx, { workspaceId, feedId, deliveryId, isFirst });
  if (!isFirst) await noteChanged(tx, { workspaceId, deliveryId });
  if (hasRemovals) await keepRemovedKeys(tx, { workspaceId, feedId });
  const hasOwnName = isOwnName(delivery.name);
  await settleRedelivered(tx, { workspaceId, feedId, deliveryId, orderedAt, hasOwnName });
  await settleReplaced(tx, { workspaceId, deliveryId });
  await noteSeen(tx, { workspaceId, feedId, orderedAt });
  if (released === undefined) return;
  await settleFile(tx, { workspaceId, deliveryId });
  await settleAccepted(tx, { workspaceId, deliveryId });
  await forgetWaiting(tx, { workspaceId, feedId, deliveryId });
}

/** The same text once more: what was read without a problem has none. */
const readTwice = (file: DeliveredFile, manner: Manner): AsyncIterable<Buffer> =>
  textOf(file, manner, {
    fail: ({ detail }) => {
      throw new Error(`a delivery that was read cannot be read again: ${detail}`);
    },
  });

/** The first delivery of a feed tells of columns that nobody reads; later ones only of new ones. */
const told = (
  { warnings, unread }: Reading,
  findings: readonly Finding[],
  isFirst: boolean,
): readonly string[] => [...(isFirst ? unread : []), ...warnings, ...findings.map(findingWords)];

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
