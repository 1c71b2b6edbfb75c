import type { Tx } from '../../db/tx.ts';

/** Two of the records asked for that a person keeps apart. */
export type StandingNever = {
  readonly neverPairId: string;
  readonly kind: 'never' | 'unmatched';
  readonly expectedId: string;
  readonly actualId: string;
  readonly saidBy: string;
  readonly saidAt: Date;
};

/** What keeps apart any two of these records, whatever they hold now. */
export async function standingNever(
  tx: Tx,
  {
    workspaceId,
    reconciliationId,
    recordIds,
  }: { workspaceId: string; reconciliationId: string; recordIds: readonly string[] },
): Promise<StandingNever[]> {
  return await tx<StandingNever[]>`
    select n.never_pair_id as "neverPairId", n.kind, n.expected_id::text as "expectedId", n.actual_id::text as "actualId",
           p.name as "saidBy", n.said_at as "saidAt"
    from never_pair n
    join person p on p.workspace_id = n.workspace_id and p.person_id = n.said_by
    where n.workspace_id = ${workspaceId} and n.reconciliation_id = ${reconciliationId} and n.lifted_at is null
      and n.expected_id = any(${recordIds as string[]}::uuid[]) and n.actual_id = any(${recordIds as string[]}::uuid[])
    order by n.never_pair_id`;
}
