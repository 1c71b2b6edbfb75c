import type { FeedContract } from '../../core/contract.ts';
import { Fault } from '../../core/fault.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { pendingFiles } from './files.ts';
import { hasDelivery } from './has-delivery.sql.ts';
import { ingestFile } from './ingest-file.ts';
import type { DeliveryReport } from './report.ts';
import type { Watch } from './watch.ts';

export type FeedInput = {
  readonly workspaceId: string;
  readonly contract: FeedContract & Pick<Versioned, 'sha256'>;
  readonly watch?: Watch | undefined;
};

/**
 * Reads every file that a feed's contract names and that is complete, one after the other or all together as the contract says, and reports
 * each; throws as `ingestFile`. What is not complete is left for the next time. Where there is nothing to read, what is on record counts.
 *
 * Throws: Fault('never_delivered') when nothing ever was on record either: all of the other side would count as missing.
 */
export async function ingestFeed(sql: Sql, input: FeedInput): Promise<readonly DeliveryReport[]> {
  const { contract, watch } = input;
  const { ready, waiting, absent } = await pendingFiles(contract, { now: new Date() });
  for (const { path, why } of waiting) watch?.waits(path, why);
  for (const pattern of absent) watch?.absent(pattern);
  if (ready.length === 0 && waiting.length === 0) await assertDelivered(sql, input, absent);
  if (contract.isTogether) {
    if (waiting.length > 0 || ready.length === 0) return [];
    const [path, ...others] = ready;
    const from = path !== undefined && others.length === 0 ? { path } : { paths: ready };
    return [await ingestFile(sql, { ...input, from })];
  }
  const reports: DeliveryReport[] = [];
  for (const path of ready) reports.push(await ingestFile(sql, { ...input, from: { path } }));
  return reports;
}

async function assertDelivered(
  sql: Sql,
  { workspaceId, contract }: FeedInput,
  absent: readonly string[],
): Promise<void> {
  const { feed, pull, webhook } = contract;
  if (pull !== undefined || webhook !== undefined) return;
  if (await inWorkspace(sql, workspaceId, (tx) => hasDelivery(tx, { workspaceId, feed }))) return;
  const why =
    absent.length === 0
      ? 'its file names no files'
      : `no file matches ${absent.join(' or ')}; check files: in its file, and the folder`;
  throw new Fault(
    'never_delivered',
    `Nothing was ever delivered to feed "${feed}", so that all of the other side would count as missing: ${why}. ` +
      `To bring a delivery by hand: tieout ingest ${feed} --file FILE`,
  );
}
