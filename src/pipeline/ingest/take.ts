import { randomBytes } from 'node:crypto';
import { has } from '../../core/intake/finding.ts';
import { printable } from '../../core/printable.ts';
import { columnKey, wantedColumns } from '../../core/row.ts';
import type { Tx } from '../../db/tx.ts';
import { analyzeStaged } from './analyze-staged.sql.ts';
import { toStaged } from './copy-binary.ts';
import { copyStaged } from './copy-staged.sql.ts';
import { createStaged } from './create-staged.sql.ts';
import type { Delivery } from './delivery.ts';
import { readHistory } from './history.sql.ts';
import { holdDelivery, isKept } from './hold.ts';
import { isExpected, isHeldBy, judgeDrift, policyOf } from './judge.ts';
import { keepBytes } from './keep-bytes.ts';
import { type Manner, recognise } from './open/recognise.ts';
import { textOf } from './open/text.ts';
import type { DeliveryProblem } from './problem.ts';
import { quarantineFile } from './quarantine-file.sql.ts';
import { copyDelivery, newReading, type Reading, seenOf } from './read-delivery.ts';
import { auditDelivery, putRow, toReport, toRow } from './record-delivery.ts';
import { recordIds } from './record-ids.ts';
import { type DeliveryReport, NO_ROWS } from './report.ts';
import { takeFirst } from './take-first.ts';
import { takeRows } from './take-rows.ts';
import { tellKeptOut, tellOwner } from './tell-owner.ts';

/** A delivery that was read to its end, with what came before it. */
export type ReadDelivery = {
  readonly reading: Reading;
  readonly manner: Manner;
  readonly history: Awaited<ReturnType<typeof readHistory>>;
  /** Its accepted rows are records already; `staged` holds the others. */
  readonly isWritten?: boolean;
};

/** Reads a delivery that is not on record as taken, and takes it, keeps it waiting, or keeps it out. */
export async function take(tx: Tx, delivery: Delivery): Promise<DeliveryReport> {
  const { request, file, feed } = delivery;
  const { workspaceId, contract } = request;
  const reading = newReading(request.contract);
  if (file.problem) return refuseFile(tx, delivery, { reading, problem: file.problem });
  const manner = recognise(file, contract);
  if (!manner.ok) return refuseFile(tx, delivery, { reading, problem: manner.refusal });
  await createStaged(tx);
  const textFor = (read: Reading): AsyncIterable<Buffer> => watchedText(delivery, manner.value, read);
  const taken = await takeFirst(tx, delivery, { manner: manner.value, textFor });
  if (taken !== undefined) return taken;
  reading.warnings.push(...manner.value.notes);
  const target = toStaged(recordIds(Date.now(), randomBytes));
  const rows = copyDelivery(textFor(reading), { contract: manner.value.contract, reading, target });
  await copyStaged(tx, rows);
  await analyzeStaged(tx);
  const { feedId } = feed;
  const { deliveryId, orderedAt } = delivery;
  const about = { workspaceId, feedId, deliveryId, zone: contract.zone, before: orderedAt };
  const history = await readHistory(tx, about);
  const problem = reading.problem ?? unexpected(reading, history, delivery);
  const read = { reading, manner: manner.value, history };
  return problem === undefined
    ? await takeRows(tx, delivery, read)
    : await refuseRead(tx, delivery, { ...read, problem });
}

/** The delivery's text; what goes wrong with it is the reading's problem. */
function watchedText({ request, file }: Delivery, manner: Manner, reading: Reading): AsyncIterable<Buffer> {
  const fail = (problem: DeliveryProblem): void => {
    reading.problem ??= problem;
  };
  const onBytes = (bytes: number): void =>
    request.watch?.read({ bytes, ofBytes: Number(file.bytes), rows: reading.rowsRead });
  onBytes(0);
  return textOf(file, manner, { fail, onBytes });
}

/** A column that no delivery before had either is a mistake of the contract or the file, not a change; a person may still let it in. */
function unexpected(
  { missing }: Reading,
  history: ReadDelivery['history'],
  { request, feed, released }: Delivery,
): DeliveryProblem | undefined {
  if (missing === undefined || released !== undefined) return undefined;
  const found = new Set((missing.columns ?? []).map(columnKey));
  const absent = wantedColumns(request.contract).filter((column) => !found.has(columnKey(column)));
  return isExpected(absent, history, feed) ? undefined : missing;
}

/** A file that lacks a column which deliveries before had is a change of its source: it waits, where the feed wants that. */
async function refuseRead(
  tx: Tx,
  delivery: Delivery,
  { problem, ...read }: ReadDelivery & { readonly problem: DeliveryProblem },
): Promise<DeliveryReport> {
  const { reading, manner, history } = read;
  const { contract } = delivery.request;
  const isChange = problem.code === 'column_missing' && history.length > 0 && delivery.released === undefined;
  const findings = isChange ? judgeDrift(contract, seenOf(reading, 0), history) : [];
  if (isHeldBy(findings, policyOf(contract), delivery.feed) && isKept(delivery.file)) {
    return await holdDelivery(tx, delivery, {
      reading,
      manner,
      findings,
      amounts: {},
      problem: problem.detail,
    });
  }
  return await refuseFile(tx, delivery, { reading, problem, findings });
}

/** Enough to see what it was. */
const HEAD = 4_096;

/** What a corrected contract can mend, so that the bytes are worth keeping. */
const MENDABLE: ReadonlySet<DeliveryProblem['code']> = new Set([
  'column_missing',
  'delimiter_undeclared',
  'delimiter_unclear',
  'file_not_utf8',
  'encoding_wrong',
  'rows_missing',
  'stream_missing',
]);

async function refuseFile(
  tx: Tx,
  delivery: Delivery,
  refused: {
    readonly reading: Reading;
    readonly problem: DeliveryProblem;
    readonly findings?: ReturnType<typeof judgeDrift>;
  },
): Promise<DeliveryReport> {
  const { reading, problem, findings = [] } = refused;
  const { workspaceId, contract } = delivery.request;
  const row = await toRow(delivery, {
    ...NO_ROWS,
    contractVersion: delivery.feed.contractVersion,
    status: 'quarantined',
    problem: problem.detail,
    rowsHeld: 0,
    recordsRemoved: 0,
    amounts: {},
    warnings: reading.warnings,
    findings,
    observed: undefined,
    manner: undefined,
  });
  await putRow(tx, delivery, row);
  const { deliveryId } = delivery;
  const head = delivery.file.head.subarray(0, HEAD);
  const detail = printable(problem.detail);
  await quarantineFile(tx, { workspaceId, deliveryId, reason: problem.code, detail, head });
  if (delivery.released === undefined) {
    if (MENDABLE.has(problem.code) && isKept(delivery.file))
      await keepBytes(tx, delivery.file, { workspaceId, deliveryId });
  }
  await auditDelivery(tx, delivery, row);
  if (has(findings, 'breaking') || delivery.released)
    await tellOwner(tx, { workspaceId, deliveryId, contract });
  else await tellKeptOut(tx, delivery, row);
  return toReport(delivery, row, {});
}
