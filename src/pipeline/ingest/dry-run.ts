import { hash } from 'node:crypto';
import type { Sql } from '../../db/client.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import type { IngestRequest } from './delivery.ts';
import { ingestInto, withDelivered } from './ingest-file.ts';
import type { DeliveryReport } from './report.ts';
import { firstStaged, hasStaged, refusedStaged, type StagedProblem, type StagedRow } from './staged.sql.ts';

/** What a delivery would come to. */
export type DryRun = {
  /** As if it had been taken; its id names nothing. */
  readonly report: DeliveryReport;
  /** The first rows that would be records, as the contract reads them. */
  readonly rows: readonly StagedRow[];
  /** Rows that would be quarantined, in the order of the file. */
  readonly problems: readonly StagedProblem[];
};

export type DryRunInput = {
  readonly request: IngestRequest;
  /** Brings what the delivery needs into the database, as long as the trial lasts. */
  readonly prepare: (tx: Tx) => Promise<unknown>;
  readonly rows: number;
  readonly problems: number;
};

/** Takes a delivery in exactly as `ingestFile` does, tells what came of it, and leaves nothing behind. */
export async function dryRun(sql: Sql, { request, prepare, rows, problems }: DryRunInput): Promise<DryRun> {
  // By a name of its own, so that bytes that were delivered before are read all the same.
  const named = {
    ...request,
    isTrial: true,
    identify: (checksum: string) => hash('sha256', `dry run ${checksum}`, 'hex'),
  };
  return await withDelivered(request, (file) =>
    rolledBack(sql, request.workspaceId, async (tx) => {
      await prepare(tx);
      const report = await ingestInto(tx, named, file);
      if (!(await hasStaged(tx))) return { report, rows: [], problems: [] };
      return {
        report,
        rows: await firstStaged(tx, rows),
        problems: await refusedStaged(tx, problems),
      };
    }),
  );
}

/** Carries what was found out of a transaction that must not commit. */
class Found<T> extends Error {
  readonly found: T;
  constructor(found: T) {
    super('a dry run ends here');
    this.found = found;
  }
}

async function rolledBack<T>(sql: Sql, workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await inWorkspace(sql, workspaceId, async (tx): Promise<T> => {
      throw new Found(await work(tx));
    });
  } catch (error) {
    if (error instanceof Found) return error.found as T;
    throw error;
  }
}
