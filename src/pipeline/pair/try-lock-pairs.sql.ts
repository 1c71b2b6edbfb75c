import type { Tx } from '../../db/tx.ts';

/** Like `lockPairs`, for a person who waits: false when a run, or somebody else, has it at this moment. */
export async function tryLockPairs(tx: Tx, reconciliationId: string): Promise<boolean> {
  const [row] = await tx<{ taken: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended('tieout pairs ' || ${reconciliationId}, 0)) as taken`;
  return row?.taken === true;
}
