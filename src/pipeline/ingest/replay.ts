import { randomBytes } from 'node:crypto';
import type { FeedContract } from '../../core/contract.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { Sql } from '../../db/client.ts';
import { countChanges, refreshStatistics } from '../../db/refresh-statistics.sql.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { analyzeStaged } from './analyze-staged.sql.ts';
import { toStaged } from './copy-binary.ts';
import { copyStaged } from './copy-staged.sql.ts';
import { countPlanned } from './count-planned.sql.ts';
import { createStaged } from './create-staged.sql.ts';
import { isOwnName } from './delivery-name.ts';
import { lockedFeed } from './ingest-file.ts';
import { insertRecords } from './insert-records.sql.ts';
import { keepVersions } from './keep-versions.sql.ts';
import { noteSeen } from './note-seen.sql.ts';
import { openRows } from './open-rows.sql.ts';
import { orderOfVersions, planRows } from './plan-rows.sql.ts';
import { newReading, type Reading, rereader } from './read-delivery.ts';
import { recordIds } from './record-ids.ts';
import { removeRecords } from './remove-records.sql.ts';
import { type ReplayableDelivery, replayableDeliveries } from './replayable-deliveries.sql.ts';
import { settleRedelivered } from './settle-redelivered.sql.ts';
import { settleReplaced } from './settle-replaced.sql.ts';
import { settleReplayed } from './settle-replayed.sql.ts';
import { sumWritten } from './sum-written.sql.ts';
import { updateRecords } from './update-records.sql.ts';

type Contract = FeedContract & Pick<Versioned, 'sha256'>;

/** What became of a delivery's quarantined rows when they were read again. */
export type ReplayReport = {
  readonly deliveryId: string;
  readonly feed: string;
  readonly name: string;
  /** Why none of them could be read; undefined when they could. */
  readonly problem: string | undefined;
  readonly rowsRead: number;
  readonly rowsNew: number;
  readonly rowsChanged: number;
  readonly rowsUnchanged: number;
  /** Something newer is on record already. */
  readonly rowsSuperseded: number;
  /** The contract leaves them out by now. */
  readonly rowsSkipped: number;
  /** They stay where they are. */
  readonly rowsQuarantined: number;
  /** Of those that still break the contract, per reason. */
  readonly reasons: Readonly<Record<string, number>>;
};

/**
 * Reads a feed's quarantined rows again, by the contract in force and from the bytes that were kept, each delivery in a transaction of its
 * own and in its place: what was delivered later stands. Once more, it changes nothing.
 */
export async function replayQuarantine(
  sql: Sql,
  { workspaceId, contract }: { workspaceId: string; contract: Contract },
): Promise<readonly ReplayReport[]> {
  const deliveries = await inWorkspace(sql, workspaceId, async (tx) =>
    replayableDeliveries(tx, {
      workspaceId,
      feedId: (await lockedFeed(tx, { workspaceId, contract })).feedId,
    }),
  );
  const reports: ReplayReport[] = [];
  for (const delivery of deliveries) {
    const report = await inWorkspace(sql, workspaceId, async (tx) => {
      const replayed = await replayOne(tx, { workspaceId, contract, delivery });
      await countChanges(tx);
      return replayed;
    });
    if (report.rowsRead > 0 || report.problem !== undefined) reports.push(report);
  }
  if (reports.some(({ rowsNew, rowsChanged }) => rowsNew + rowsChanged > 0)) await refreshStatistics(sql);
  return reports;
}

type One = {
  readonly workspaceId: string;
  readonly contract: Contract;
  readonly delivery: ReplayableDelivery;
};

async function replayOne(tx: Tx, one: One): Promise<ReplayReport> {
  const { workspaceId, delivery } = one;
  const { feedId, contractVersion } = await lockedFeed(tx, one);
  const { deliveryId, name, orderedAt } = delivery;
  const times = new Map<number, string>();
  const contract = asDelivered(one, times);
  const reading = newReading(contract);
  await createStaged(tx);
  const skipped = await stage(tx, one, { contract, reading, contractVersion, times });
  const about = { deliveryId, feed: contract.feed, name };
  if (reading.problem !== undefined) return nothing(about, reading.problem.detail);
  const order = orderOfVersions(contract);
  const past = { orderedAt, isReread: false, replayOf: deliveryId };
  await planRows(tx, { workspaceId, feedId, order, isFirst: false, isOfMessages: false, past });
  const refused = sumOf(reading.reasons);
  const accepted = reading.rowsRead - reading.rowsSkipped - refused;
  const counts = await countPlanned(tx, { accepted, isFirst: false });
  const written = await sumWritten(tx);
  await keepVersions(tx, { workspaceId });
  await updateRecords(tx, { workspaceId, deliveryId });
  await removeRecords(tx, { workspaceId, deliveryId });
  await insertRecords(tx, { workspaceId, feedId, deliveryId, isFirst: false });
  const hasOwnName = isOwnName(name);
  await settleRedelivered(tx, { workspaceId, feedId, deliveryId, orderedAt, hasOwnName });
  await settleReplaced(tx, { workspaceId, deliveryId });
  await noteSeen(tx, { workspaceId, feedId, orderedAt });
  const settled = await settleReplayed(tx, { workspaceId, deliveryId, skipped });
  const report: ReplayReport = {
    ...about,
    problem: undefined,
    rowsRead: reading.rowsRead,
    rowsNew: counts.rowsNew,
    rowsChanged: counts.rowsChanged,
    rowsUnchanged: counts.rowsUnchanged,
    rowsSuperseded: counts.rowsDuplicate + counts.rowsOlder + counts.rowsSuperseded + counts.rowsPast,
    rowsSkipped: reading.rowsSkipped,
    rowsQuarantined: refused,
    reasons: reading.reasons,
  };
  if (settled > 0) await audit(tx, { workspaceId, contractVersion, report, written });
  return report;
}

/** The contract in force, with what the delivery itself was like; `times` is filled as its rows are read. */
function asDelivered(
  { contract, delivery: { manner } }: One,
  times: ReadonlyMap<number, string>,
): FeedContract {
  const format = (manner?.format as FeedContract['format'] | undefined) ?? contract.format;
  const isTimed = contract.webhook?.at !== undefined;
  const asOf = (line: number): string => times.get(line) ?? '';
  return {
    ...contract,
    format,
    delimiter: manner?.delimiter ?? contract.delimiter,
    ...(manner?.stream !== undefined && { stream: manner.stream }),
    ...(isTimed && { asOf }),
  };
}

/** Puts the rows into `staged`, under the lines they had; gives the lines that the contract leaves out by now. */
async function stage(
  tx: Tx,
  { workspaceId, delivery: { deliveryId, manner } }: One,
  given: {
    readonly contract: FeedContract;
    readonly reading: Reading;
    readonly contractVersion: number;
    /** Takes the times of the rows that are being read. */
    readonly times: Map<number, string>;
  },
): Promise<readonly number[]> {
  const { contract, reading, contractVersion, times } = given;
  const { columns } = manner ?? {};
  if (contract.format === 'csv' && contract.header === undefined && columns === undefined) {
    const detail = 'nobody kept its heading; deliver the file again';
    reading.problem = { code: 'column_missing', detail };
    return [];
  }
  const target = toStaged(recordIds(Date.now(), randomBytes));
  const read = rereader(contract, { reading, columns: columns ?? [], target });
  const mayBeCut = contract.finalLineEnd === 'required';
  const lacksColumn = reading.missing !== undefined;
  const skipped: number[] = [];
  for (let after = 0; ; ) {
    const rows = await openRows(tx, {
      workspaceId,
      deliveryId,
      after,
      mayBeCut,
      lacksColumn,
      contractVersion,
    });
    const last = rows.at(-1);
    if (last === undefined && after === 0) reading.problem = undefined;
    if (last === undefined || reading.problem !== undefined) break;
    after = last.line;
    times.clear();
    for (const { line, revision } of rows) times.set(line, revision ?? '');
    const { copied, skipped: leftOut } = read(rows);
    skipped.push(...leftOut);
    await copyStaged(tx, only(copied));
  }
  await analyzeStaged(tx);
  return skipped;
}

async function* only(copied: Buffer): AsyncGenerator<Buffer> {
  yield copied;
}

const nothing = (
  about: Pick<ReplayReport, 'deliveryId' | 'feed' | 'name'>,
  problem: string,
): ReplayReport => ({
  ...about,
  problem,
  rowsRead: 0,
  rowsNew: 0,
  rowsChanged: 0,
  rowsUnchanged: 0,
  rowsSuperseded: 0,
  rowsSkipped: 0,
  rowsQuarantined: 0,
  reasons: {},
});

async function audit(
  tx: Tx,
  given: {
    readonly workspaceId: string;
    readonly contractVersion: number;
    readonly report: ReplayReport;
    readonly written: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const { workspaceId, contractVersion, report, written } = given;
  await appendAudit(tx, {
    workspaceId,
    facts: [
      {
        action: 'delivery.replayed',
        entity: 'delivery',
        entityId: report.deliveryId,
        actor: { kind: 'program', name: 'ingest' },
        data: {
          feed: report.feed,
          name: report.name,
          contract_version: contractVersion,
          rows_read: report.rowsRead,
          rows_new: report.rowsNew,
          rows_changed: report.rowsChanged,
          rows_unchanged: report.rowsUnchanged,
          rows_superseded: report.rowsSuperseded,
          rows_skipped: report.rowsSkipped,
          rows_quarantined: report.rowsQuarantined,
          amounts_written: written,
        },
      },
    ],
  });
}

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
