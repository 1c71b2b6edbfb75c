import type { NeverPair } from '../../core/hand-match.ts';
import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';

export type SaidNever = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly exceptionId: string;
  readonly note: string;
  readonly personId: string;
  readonly now: Date;
};

/** Remembers which records are kept apart. What says so already stands, unless `never` outlasts it. */
export async function insertNever(tx: Tx, said: SaidNever, pairs: readonly NeverPair[]): Promise<void> {
  const now = said.now.toISOString();
  const firm = pairs.filter(({ kind }) => kind === 'never');
  await tx`
    update never_pair n set lifted_at = ${now}::timestamptz, lifted_by = ${said.personId}
    from unnest(${firm.map(({ expectedId }) => expectedId)}::uuid[], ${firm.map(({ actualId }) => actualId)}::uuid[])
      as f (expected_id, actual_id)
    where n.workspace_id = ${said.workspaceId} and n.reconciliation_id = ${said.reconciliationId} and n.lifted_at is null
      and n.kind = 'unmatched' and n.expected_id = f.expected_id and n.actual_id = f.actual_id`;
  await tx`
    insert into never_pair (workspace_id, never_pair_id, reconciliation_id, kind, expected_id, actual_id, expected_hash,
                            actual_hash, exception_id, note, said_by, said_at)
    select ${said.workspaceId}, p.id, ${said.reconciliationId}, p.kind, p.expected_id, p.actual_id, p.expected_hash,
           p.actual_hash, ${said.exceptionId}, ${said.note}, ${said.personId}, ${now}::timestamptz
    from unnest(${pairs.map(newId)}::uuid[], ${pairs.map(({ kind }) => kind)}::text[],
                ${pairs.map(({ expectedId }) => expectedId)}::uuid[], ${pairs.map(({ actualId }) => actualId)}::uuid[],
                ${pairs.map(({ expectedHash }) => expectedHash)}::text[],
                ${pairs.map(({ actualHash }) => actualHash)}::text[])
      as p (id, kind, expected_id, actual_id, expected_hash, actual_hash)
    on conflict (workspace_id, reconciliation_id, expected_id, actual_id) where lifted_at is null do nothing`;
}
