import type { Tx } from '../../db/tx.ts';

/** Whether the policy under which the exception was promised lets its time stand still; undefined when it says nothing. */
export async function policyPauses(
  tx: Tx,
  { workspaceId, exceptionId }: { workspaceId: string; exceptionId: string },
): Promise<boolean | undefined> {
  const [row] = await tx<{ pauses: boolean | null }[]>`
    select (v.body ->> 'waitPauses')::boolean as pauses
    from promise p
    join sla_policy v on v.workspace_id = p.workspace_id and v.version = p.policy_version
    where p.workspace_id = ${workspaceId} and p.exception_id = ${exceptionId} and p.is_current`;
  return row?.pauses ?? undefined;
}
