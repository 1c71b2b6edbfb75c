import type { FeedContract } from '../../core/contract.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { Sql } from '../../db/client.ts';
import { pendingFiles } from './files.ts';
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
 * each; throws as `ingestFile`. What is not complete is left for the next time.
 */
export async function ingestFeed(sql: Sql, input: FeedInput): Promise<readonly DeliveryReport[]> {
  const { contract, watch } = input;
  const { ready, waiting } = await pendingFiles(contract, { now: new Date() });
  for (const { path, why } of waiting) watch?.waits(path, why);
  if (contract.isTogether) {
    if (waiting.length > 0) return [];
    const [path, ...others] = ready;
    const from = path !== undefined && others.length === 0 ? { path } : { paths: ready };
    return [await ingestFile(sql, { ...input, from })];
  }
  const reports: DeliveryReport[] = [];
  for (const path of ready) reports.push(await ingestFile(sql, { ...input, from: { path } }));
  return reports;
}
