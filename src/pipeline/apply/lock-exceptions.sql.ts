import type { Tx } from '../../db/tx.ts';

/**
 * Locks the exceptions a plan changes, in id order, and returns those that still stand at the planned version. Exceptions
 * before the audit head, here as in every press: one order of locks, no deadlock.
 */
export async function lockExceptions(
  tx: Tx,
  input: { workspaceId: string; planned: readonly { exceptionId: string; version: number }[] },
): Promise<Set<string>> {
  const rows = await tx<{ exception_id: string }[]>`
    select e.exception_id
    from exception e
    join unnest(${input.planned.map((row) => row.exceptionId)}::uuid[],
                ${input.planned.map((row) => row.version)}::integer[]) as p (exception_id, version)
      on p.exception_id = e.exception_id and p.version = e.version
    where e.workspace_id = ${input.workspaceId}
    order by e.exception_id
    for update of e`;
  return new Set(rows.map((row) => row.exception_id));
}
