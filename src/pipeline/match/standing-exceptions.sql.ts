import { OF_GROUP } from '../../core/classify.ts';
import type { RestingPasses } from '../../core/resting.ts';
import type { Tx } from '../../db/tx.ts';

type About = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly resting: RestingPasses;
};

/**
 * Keeps in `standing_exception` the exceptions that say of a live match of the passes that rest what was found of it: another
 * look at the same records would change nothing about them, whatever people made of them since. One that is cleared would be
 * opened again, and one of other records be written anew.
 */
export async function findStanding(tx: Tx, { workspaceId, reconciliationId, resting }: About): Promise<void> {
  await tx`create temp table standing_exception (exception_id uuid not null, match_id uuid not null) on commit drop`;
  await tx`
    insert into standing_exception (exception_id, match_id)
    select e.exception_id, m.match_id
    from match m
    join exception e on e.workspace_id = ${workspaceId} and e.reconciliation_id = ${reconciliationId}
      and e.inputs_hash = m.inputs_hash and e.fingerprint = e.type || ${OF_GROUP}::text || m.pass || '|' || m.group_key
    where m.workspace_id = ${workspaceId} and m.reconciliation_id = ${reconciliationId} and m.is_live
      and m.outcome = 'excepted' and m.pass = any(${resting.passes as string[]}::text[]) and e.status <> 'cleared'`;
  await tx`analyze standing_exception`;
}

/** Leaves in `standing_exception` those whose match rests: of the others it is to be said again what is found. */
export async function keepResting(tx: Tx): Promise<void> {
  await tx`delete from standing_exception e using stirred_match s where s.match_id = e.match_id`;
}
