import type { TriageCase } from '../../core/triage.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * What no policy has a step left for and nobody closed, the most at stake first, in whole units of whatever currency: what belongs on the next agenda. What
 * waits for a day, or for an approval, does not. `count` tells how many there are beyond `limit`, too.
 */
export async function dueCases(
  tx: Tx,
  { workspaceId, limit }: { workspaceId: string; limit: number },
): Promise<{ readonly cases: readonly TriageCase[]; readonly count: number }> {
  const rows = await tx<Row[]>`
    select e.exception_id, r.key || ' ' || e.type || ' ' || e.reason as pattern, e.at_stake_minor, e.currency,
           e.owner_id is not null as has_owner,
           (select count(*)::integer from hand_over h
            where h.workspace_id = e.workspace_id and h.exception_id = e.exception_id and h.state = 'accepted') as hand_overs,
           count(*) over ()::integer as all_of_them
    from promise p
    join exception e on e.workspace_id = p.workspace_id and e.exception_id = p.exception_id
    join reconciliation r on r.workspace_id = e.workspace_id and r.reconciliation_id = e.reconciliation_id
    join currency c on c.code = e.currency
    where p.workspace_id = ${workspaceId} and p.is_current and p.finished_at is not null
      and e.status in ('open', 'claimed')
    order by e.at_stake_minor / (10::numeric ^ c.exponent) desc, e.opened_at, e.exception_id
    limit ${limit}`;
  return {
    count: rows[0]?.all_of_them ?? 0,
    cases: rows.map((row) => ({
      exceptionId: row.exception_id,
      pattern: row.pattern,
      atStake: { minor: row.at_stake_minor, currency: row.currency },
      hasOwner: row.has_owner,
      handOvers: row.hand_overs,
    })),
  };
}

type Row = {
  exception_id: string;
  pattern: string;
  at_stake_minor: bigint;
  currency: string;
  has_owner: boolean;
  hand_overs: number;
  all_of_them: number;
};
