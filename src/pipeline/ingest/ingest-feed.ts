import type { FeedContract } from '../../core/contract.ts';
import type { Versioned } from '../../core/versioned.ts';
import type { Sql } from '../../db/client.ts';
import { pendingFiles } from './files.ts';
import { ingestFile } from './ingest-file.ts';
import type { DeliveryReport } from './report.ts';

/** Reads every file that a feed's contract names, one after the other, and reports each; throws as `ingestFile`. */
export async function ingestFeed(
  sql: Sql,
  { workspaceId, contract }: { workspaceId: string; contract: FeedContract & Pick<Versioned, 'sha256'> },
): Promise<readonly DeliveryReport[]> {
  const reports: DeliveryReport[] = [];
  for (const path of await pendingFiles(contract)) {
    reports.push(await ingestFile(sql, { workspaceId, contract, from: { path } }));
  }
  return reports;
}
