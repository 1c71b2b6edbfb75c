import { OF_GROUP } from '../../core/classify.ts';
import type { RestingPasses } from '../../core/resting.ts';
import type { Tx } from '../../db/tx.ts';

type About = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly resting: RestingPasses;
};

/**
 * Leaves out of `stirred_match` the matches of the passes that rest of which an exception says what was found, and keeps those
 * exceptions in `standing_exception`: another look at the same records would change nothing about them, whatever people made
 * of them since. One that is cleared would be opened again, and one of other records be written anew.
 */
export async function leaveStanding(
  tx: Tx,
  { workspaceId, reconciliationId, resting }: About,
): Promise<void> {
  await tx`
    create temp table standing_exception (
      exception_id uuid not null, match_id uuid, record_id uuid, rule integer, group_key text
    ) on commit drop`;
  await tx`
    insert into standing_exception (exception_id, match_id)
    select e.exception_id, s.match_id
    from stirred_match s
    join exception e on e.workspace_id = ${workspaceId} and e.reconciliation_id = ${reconciliationId}
      and e.inputs_hash = s.inputs_hash and e.fingerprint = e.type || ${OF_GROUP}::text || s.pass || '|' || s.group_key
    where s.outcome = 'excepted' and s.pass = any(${resting.passes as string[]}::text[]) and e.status <> 'cleared'`;
  await tx`analyze standing_exception`;
  await tx`delete from stirred_match s using standing_exception e where e.match_id = s.match_id`;
}

/** Leaves in `standing_exception` those whose match rests: of the others it is to be said again what is found. */
export async function keepResting(tx: Tx): Promise<void> {
  await tx`delete from standing_exception e using stirred_match s where s.match_id = e.match_id`;
}
