import type { Sql } from '../src/db/client.ts';
import { inWorkspace } from '../src/db/tx.ts';
import type { SeededWorkspace } from '../test/support/ledger.ts';
import { bareClaim } from './bare-claim.sql.ts';
import { forEachOf } from './in-flight.ts';

type Bare = {
  readonly workspace: SeededWorkspace;
  readonly ids: readonly string[];
  readonly inFlight: number;
};

/** Bare claims per second: every transaction is a conditional update with its audit event and succeeds. */
export const floorOf = (sql: Sql, bare: Bare): Promise<number> => rateOf(sql, { ...bare, rivals: ['ana'] });

/** The same as double attempts: of two transactions at once on each exception, one finds nothing to do. Counts both. */
export const doubleFloorOf = (sql: Sql, bare: Bare): Promise<number> =>
  rateOf(sql, { ...bare, rivals: ['ana', 'ben'] });

async function rateOf(
  sql: Sql,
  { workspace, ids, inFlight, rivals }: Bare & { readonly rivals: readonly string[] },
): Promise<number> {
  const { workspaceId, people } = workspace;
  const attempt = (exceptionId: string, key: string) =>
    inWorkspace(sql, workspaceId, (tx) =>
      bareClaim(tx, { workspaceId, exceptionId, personId: people[key] ?? '' }),
    );
  const began = performance.now();
  await forEachOf(ids, inFlight / rivals.length, async (id) => {
    await Promise.all(rivals.map((key) => attempt(id, key)));
  });
  return (ids.length * rivals.length) / ((performance.now() - began) / 1000);
}
