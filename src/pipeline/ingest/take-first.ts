import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FeedContract } from '../../core/contract.ts';
import { has } from '../../core/intake/finding.ts';
import { violates } from '../../db/errors.ts';
import type { Tx } from '../../db/tx.ts';
import { ByteWriter } from './byte-writer.ts';
import { toRecords } from './copy-binary.ts';
import { copyRecords } from './copy-records.sql.ts';
import { copyStaged } from './copy-staged.sql.ts';
import type { Delivery } from './delivery.ts';
import { isHeldBy, judgeDrift, policyOf } from './judge.ts';
import type { Manner } from './open/recognise.ts';
import { copyDelivery, newReading, type Reading, seenOf } from './read-delivery.ts';
import { recordIds } from './record-ids.ts';
import type { DeliveryReport } from './report.ts';
import { SpareMemory } from './spare-memory.ts';
import { stageCorrected } from './stage-corrected.sql.ts';
import { takeRows } from './take-rows.ts';

/** Something that asks for all rows to be compared before the first is written. */
class NotPlain extends Error {}

/** Bytes of refused rows that wait in memory before they are copied. */
const MOST_KEPT_OUT = 4 * 1024 ** 2;
/** Blocks that are read ahead while the database writes records, about 300 kB each. */
const AHEAD = 48;

/**
 * Takes the first delivery of a feed as it is read: there is nothing to compare its rows with, so that they are copied into
 * `record` while the next are being read. Undefined, with nothing to be seen, when it is not that plain after all: a key
 * comes twice, a row takes one back, or the delivery as a whole is refused or has to wait. Then it is read once more.
 *
 * Measured 2026-11-30 for a million rows of CSV: it costs the database 3.9 to 4.2 s of its processor, and both work at once.
 */
export async function takeFirst(
  tx: Tx,
  delivery: Delivery,
  {
    manner,
    textFor,
  }: { readonly manner: Manner; readonly textFor: (reading: Reading) => AsyncIterable<Buffer> },
): Promise<DeliveryReport | undefined> {
  if (!isPlain(delivery, manner.contract)) return undefined;
  const reading = newReading(delivery.request.contract);
  reading.warnings.push(...manner.notes);
  try {
    return await tx.savepoint(async (inner) => {
      await writeAsRead(inner, delivery, { reading, text: textFor(reading), contract: manner.contract });
      if (mustBeJudged(reading, delivery)) throw new NotPlain();
      return await takeRows(inner, delivery, { reading, manner, history: [], isWritten: true });
    });
  } catch (error) {
    if (error instanceof NotPlain || violates(error, 'record_source_ref_unique')) return undefined;
    throw error;
  }
}

/** Messages and rows that take others back are about several rows of one key. */
const isPlain = ({ isFirst, request, released }: Delivery, { format }: FeedContract): boolean =>
  isFirst && released === undefined && !request.isTrial && format !== 'airbyte' && format !== 'singer';

function mustBeJudged(reading: Reading, { request, feed }: Delivery): boolean {
  const { problem, missing, removals } = reading;
  if (problem !== undefined || missing !== undefined || removals > 0) return true;
  const { contract } = request;
  const findings = judgeDrift(contract, seenOf(reading, 0), []);
  return has(findings, 'breaking') || isHeldBy(findings, policyOf(contract), feed);
}

async function writeAsRead(
  tx: Tx,
  { request, feed, deliveryId }: Delivery,
  given: { readonly reading: Reading; readonly text: AsyncIterable<Buffer>; readonly contract: FeedContract },
): Promise<void> {
  const { reading, text, contract } = given;
  const { workspaceId } = request;
  const { feedId } = feed;
  let keptOut = new ByteWriter(0);
  const keepOut = (bytes: string): void => keptOut.write(bytes);
  const target = toRecords({ feedId, deliveryId }, { nextId: recordIds(Date.now(), randomBytes), keepOut });
  const memory = new SpareMemory();
  const lines = Readable.from(copyDelivery(text, { contract, reading, target, memory }), {
    objectMode: true,
    highWaterMark: AHEAD,
  });
  const blocks = lines.iterator({ destroyOnReturn: true });
  try {
    for (let isLast = false; !isLast; ) {
      isLast = await copyUntil(
        tx,
        { blocks, memory },
        () => isOver(reading) || keptOut.length > MOST_KEPT_OUT,
      );
      if (isOver(reading)) throw new NotPlain();
      if (keptOut.length === 0) continue;
      const refused = keptOut.take();
      keptOut = new ByteWriter(0);
      await copyStaged(tx, only(refused));
    }
  } finally {
    lines.destroy();
  }
  if (hasRefused(reading)) await stageCorrected(tx, { workspaceId, feedId });
}

const isOver = ({ problem, removals }: Reading): boolean => problem !== undefined || removals > 0;

const hasRefused = ({ reasons }: Reading): boolean => Object.keys(reasons).length > 0;

/** Copies blocks until they should stop; says whether there are no more. */
async function copyUntil(
  tx: Tx,
  { blocks, memory }: { readonly blocks: AsyncIterator<Buffer>; readonly memory: SpareMemory },
  mustStop: () => boolean,
): Promise<boolean> {
  let isLast = false;
  async function* copied(): AsyncGenerator<Buffer> {
    while (!mustStop()) {
      const next = await blocks.next();
      if (next.done === true) {
        isLast = true;
        return;
      }
      yield next.value;
    }
  }
  await copyRecords(tx, copied(), memory);
  return isLast;
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
