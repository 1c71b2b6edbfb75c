import type { Tx } from '../../db/tx.ts';

/** A promise that was made when its exception was opened, and has no steps yet. */
export type Unplanned = {
  readonly exceptionId: string;
  readonly promisedAt: Date;
  readonly dueAt: Date;
  /** As it was promised: `4h`, `2bd`. */
  readonly sla: string;
  /** The policy that the deciding ownership row names; undefined means the default. */
  readonly policy: string | undefined;
};

/** So many are planned in one statement; a sweep goes on until none is left. */
const MOST = 10_000;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** Promises without steps, the oldest first, locked until the transaction ends. `after`: the last of those already planned. */
export async function unplannedPromises(
  tx: Tx,
  { workspaceId, after }: { workspaceId: string; after: Unplanned | undefined },
): Promise<Unplanned[]> {
  const rows = await tx<
    { exception_id: string; promised_at: Date; due_at: Date; sla: string; policy: string | null }[]
  >`
    select p.exception_id, p.promised_at, p.due_at, e.sla, e.routed_by ->> 'policy' as policy
    from promise p
    join exception e on e.workspace_id = p.workspace_id and e.exception_id = p.exception_id
    where p.workspace_id = ${workspaceId} and p.is_current and p.policy_version is null
      and (p.promised_at, p.exception_id) > (${after?.promisedAt.toISOString() ?? '-infinity'}::text::timestamptz,
                                             ${after?.exceptionId ?? NO_ID}::text::uuid)
    order by p.promised_at, p.exception_id
    limit ${MOST}
    for update of p skip locked`;
  return rows.map((row) => ({
    exceptionId: row.exception_id,
    promisedAt: row.promised_at,
    dueAt: row.due_at,
    sla: row.sla,
    policy: row.policy ?? undefined,
  }));
}
